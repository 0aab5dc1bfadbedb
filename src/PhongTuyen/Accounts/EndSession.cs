using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Signs a browser out, from afar too: one's own, or one of an account that one manages.</summary>
public sealed class EndSession(Db db, AccountSettings settings, TimeProvider clock)
{
    /// <param name="of">The account whose session it must be.</param>
    public async Task<Outcome<Nothing>> RunAsync(Guid id, AccountId of, CancellationToken ct)
    {
        var session = await db.Set<AccountSession>().FirstOrDefaultAsync(s => s.Id == id && s.AccountId == of, ct);
        if (session is null) return Refusals.NotFound();
        if (of != db.Visitor!.Account && await AccountReach.FaultAsync(db, of, ct) is { } fault) return fault;
        if (session.EndedAt is not null) return Nothing.Value;
        (session.EndedAt, session.EndedBy) = (clock.GetUtcNow(), db.Visitor.Account);
        db.Tell(new OwnAccountChanged(of, OwnChange.SessionEnded));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>Signs every other browser of the visitor out. Answers how many there were.</summary>
    public async Task<int> OthersAsync(CancellationToken ct)
    {
        var me = db.Visitor!.Account;
        var others = await db.Set<AccountSession>().Where(s => s.AccountId == me && s.EndedAt == null && s.Id != db.Visitor.Session).ToListAsync(ct);
        if (others.Count == 0) return 0;
        foreach (var session in others) (session.EndedAt, session.EndedBy) = (clock.GetUtcNow(), me);
        db.Tell(new OwnAccountChanged(me, OwnChange.SessionEnded));
        await db.SaveChangesAsync(ct);
        return others.Count;
    }

    /// <summary>Sessions that still answer, the last used first.</summary>
    public Task<List<AccountSession>> OpenAsync(AccountId account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var idle = now.AddMinutes(-settings.IdleMinutes);
        return db.Set<AccountSession>().AsNoTracking().Where(s => s.AccountId == account && s.EndedAt == null && s.ExpiresAt > now && s.LastSeenAt > idle).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
    }
}
