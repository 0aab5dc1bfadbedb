using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Whoever manages a stopped account lets it go on, for a reason that stands in the audit. It begins to count anew.</summary>
public sealed class LetLooksOn(Db db)
{
    public const int ReasonMost = 200;

    public Task<Outcome<Nothing>> RunAsync(AccountId id, string? reason, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await db.FindAsync<Account>([id], ct) is null) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, id, ct) is { } fault) return fault;
        if (VietnameseText.Clean(reason) is not { Length: >= 3 } why) return Problems.ReasonToLetOn();
        if (Inputs.TooLong("reason", why, ReasonMost) is { } tooLong) return tooLong;
        var stop = await db.Connection.ValueAsync<Guid?>("UPDATE pt.account_stop SET let_on_at = $2, let_on_by = $3, reason = $4 WHERE account_id = $1 AND let_on_at IS NULL RETURNING id",
            ct, id.Value, db.Clock.GetUtcNow(), db.Visitor!.Account.Value, why);
        if (stop is not { } open) return Nothing.Value; // somebody else was faster
        db.Tell(new AccountLetOn(id, open), why);
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);
}
