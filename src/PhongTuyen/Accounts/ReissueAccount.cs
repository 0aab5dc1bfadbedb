using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager hands out a new first password after a loss. The second factor is reset and every session ends.</summary>
public sealed class ReissueAccount(Db db)
{
    /// <summary>Answers the password, to be shown once.</summary>
    public async Task<Outcome<string>> RunAsync(AccountId id, CancellationToken ct)
    {
        if (id == db.Visitor!.Account) return Problems.NotYourself();
        db.Tell(new AccountReissued(id));
        await db.SaveChangesAsync(ct);
        return await IssueAsync(db, id, ct) is { } password ? password : Refusals.NotFound();
    }

    /// <summary>Null where the account does not lie in the visitor's units.</summary>
    internal static async Task<string?> IssueAsync(Db db, AccountId id, CancellationToken ct)
    {
        var password = Passwords.Suggest();
        var stamp = Guid.CreateVersion7(db.Clock.GetUtcNow()).ToString("N");
        return await db.Connection.ValueAsync<bool>("SELECT pt.issue_secret($1, $2, $3, $4)", ct, id.Value, Passwords.Hash(password), stamp, db.Clock.GetUtcNow()) ? password : null;
    }
}
