using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Signs a browser out, from afar too: one's own, or one of an account that one manages.</summary>
public sealed class EndSession(Db db, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> RunAsync(Guid id, CancellationToken ct)
    {
        var session = await db.Set<AccountSession>().FirstOrDefaultAsync(s => s.Id == id, ct);
        if (session is null) return Refusals.NotFound();
        if (session.EndedAt is not null) return Nothing.Value;
        (session.EndedAt, session.EndedBy) = (clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new OwnAccountChanged(session.AccountId, OwnChange.SessionEnded));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>Sessions that still answer, newest first.</summary>
    public static Task<List<AccountSession>> OpenAsync(Db db, AccountId account, DateTimeOffset now, CancellationToken ct) =>
        db.Set<AccountSession>().Where(s => s.AccountId == account && s.EndedAt == null && s.ExpiresAt > now).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
}
