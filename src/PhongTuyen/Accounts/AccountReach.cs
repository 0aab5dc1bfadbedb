using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// Whether the visitor may act on an account: not their own, and none that holds a role which they could not give. Otherwise whoever may
/// hand out passwords could hand themselves the password of the administrator who sits in the same unit.
/// </summary>
internal static class AccountReach
{
    public static async Task<Problem?> FaultAsync(Db db, AccountId id, CancellationToken ct)
    {
        if (id == db.Visitor!.Account) return Problems.NotYourself();
        var held = await db.Connection.RowsAsync("SELECT DISTINCT role FROM pt.account_grant WHERE account_id = $1 AND revoked_at IS NULL AND (until IS NULL OR until > $2)",
            r => (Role)r.GetInt16(0), ct, id.Value, db.Clock.GetUtcNow());
        return held.Except(Roles.MayGive(db.Visitor.Roles)).Any() ? Problems.AboveYou() : null;
    }
}
