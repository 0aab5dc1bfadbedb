using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

/// <summary>The work of somebody who leaves goes to the colleague with their roles, and back when the hand-over is taken back.</summary>
public sealed class HandWorkOver(Db db) : IHear<AccountHandedOver>
{
    public Task HearAsync(AccountHandedOver told, CancellationToken ct) =>
        db.Connection.RunAsync("SELECT pt.worklist_handed_over($1, $2, $3, $4, $5)", ct, told.Account.Value, told.To.Value, told.Handover, told.Undone, db.Clock.GetUtcNow());
}
