using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager suspends an account below, or lets it in again. Its sessions end, and stay ended: let in again, it signs in anew.</summary>
public sealed class SuspendAccount(Db db)
{
    public Task<Outcome<Nothing>> RunAsync(AccountId id, bool suspend, CancellationToken ct) => db.WholeAsync(() => SuspendAsync(id, suspend, ct), ct);

    private async Task<Outcome<Nothing>> SuspendAsync(AccountId id, bool suspend, CancellationToken ct)
    {
        var account = await db.FindAsync<Account>([id], ct);
        if (account is null) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, id, ct) is { } fault) return fault;
        if (account.State == (suspend ? AccountState.Suspended : AccountState.Active)) return Nothing.Value;
        if (suspend) await StopAsync(db, account, ct);
        else
        {
            account.State = AccountState.Active;
            db.Tell(new AccountSuspended(id, false));
        }
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>Suspends it and ends its sessions; still to be saved.</summary>
    internal static async Task StopAsync(Db db, Account account, CancellationToken ct)
    {
        account.State = AccountState.Suspended;
        await db.Connection.RunAsync("UPDATE pt.account_session SET ended_at = $2, ended_by = $3 WHERE account_id = $1 AND ended_at IS NULL", ct, account.Id.Value, db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        db.Tell(new AccountSuspended(account.Id, true));
    }
}
