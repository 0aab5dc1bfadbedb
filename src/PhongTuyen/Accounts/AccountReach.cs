using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// Whether the visitor may act on an account: not their own, and none that holds a role which they could not give. Otherwise whoever may
/// hand out passwords could hand themselves the password of the administrator who sits in the same unit.
/// </summary>
internal static class AccountReach
{
    private const string Elsewhere = """
        NOT CASE WHEN g.unit_id IS NOT NULL THEN g.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
            WHEN a.level = 0 THEN 0 = ANY ((SELECT pt.ints('pt.provinces'))::int[]) ELSE pt.in_scope(0, a.province_id, a.district_id, a.commune_id) END
        """;

    /// <summary>A grant in force over a unit or area that is not the visitor's: its password would open what the visitor may not see.</summary>
    public static Task<bool> ReachesFartherAsync(Db db, AccountId id, CancellationToken ct) => db.Connection.ValueAsync<bool>($"""
        SELECT EXISTS (SELECT 1 FROM pt.account_grant g LEFT JOIN pt.area a ON a.id = g.area_id WHERE g.account_id = $1 AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > $2)
          AND {Elsewhere})
        """, ct, id.Value, db.Clock.GetUtcNow());

    /// <summary>In SQL: whether the account holds a role that the visitor could not give, or one over a place that is not the visitor's.</summary>
    /// <param name="roles">The roles that the visitor may give.</param>
    internal static string Farther(string account, string now, string roles) => $"""
        EXISTS (SELECT 1 FROM pt.account_grant g LEFT JOIN pt.area a ON a.id = g.area_id WHERE g.account_id = {account} AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > {now}) AND (g.role <> ALL ({roles}) OR {Elsewhere}))
        """;

    public static async Task<Problem?> FaultAsync(Db db, AccountId id, CancellationToken ct)
    {
        if (id == db.Visitor!.Account) return Problems.NotYourself();
        var held = await db.Connection.RowsAsync("SELECT DISTINCT role FROM pt.account_grant WHERE account_id = $1 AND revoked_at IS NULL AND (until IS NULL OR until > $2)",
            r => (Role)r.GetInt16(0), ct, id.Value, db.Clock.GetUtcNow());
        return held.Except(Roles.MayGive(db.Visitor.Roles)).Any() || await ReachesFartherAsync(db, id, ct) ? Problems.AboveYou() : null;
    }
}
