using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager hands out a new first password after a loss. The second factor is reset and every session ends.</summary>
public sealed class ReissueAccount(Db db)
{
    /// <param name="Intent">Made by the sender.</param>
    public sealed record Input(Guid Intent, AccountId Id);

    /// <param name="Password">Shown once. Null when the same form was sent again: it was shown then.</param>
    public sealed record Issued(string? Password);

    public async Task<Outcome<Issued>> RunAsync(Input input, CancellationToken ct)
    {
        string? password = null;
        var outcome = await db.OnceAsync(input.Intent, "account.reissue", input, async () =>
        {
            if (await db.FindAsync<Account>([input.Id], ct) is null) return Refusals.NotFound();
            if (await AccountReach.FaultOfPasswordAsync(db, input.Id, ct) is { } fault) return fault;
            db.Tell(new AccountReissued(input.Id));
            await db.SaveChangesAsync(ct);
            password = await IssueAsync(db, input.Id, ct);
            // What is kept for a second sending holds no password.
            return password is null ? (Outcome<Issued>)Refusals.NotFound() : new Issued(null);
        }, ct);
        return outcome.Done ? new Issued(password) : outcome;
    }

    /// <summary>Null where the account does not lie in the visitor's units.</summary>
    internal static async Task<string?> IssueAsync(Db db, AccountId id, CancellationToken ct)
    {
        var password = Passwords.Suggest();
        var stamp = Guid.CreateVersion7(db.Clock.GetUtcNow()).ToString("N");
        return await db.Connection.ValueAsync<bool>("SELECT pt.issue_secret($1, $2, $3, $4)", ct, id.Value, Passwords.Hash(password), stamp, db.Clock.GetUtcNow()) ? password : null;
    }
}
