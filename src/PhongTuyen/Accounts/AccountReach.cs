using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// Whether the visitor may act on an account: not their own, and none that holds a role which they could not give. Otherwise whoever may
/// hand out passwords could hand themselves the password of the administrator who sits in the same unit.
/// </summary>
internal static class AccountReach
{
    /// <summary>In SQL: whether the account holds a role that the visitor could not give, or one over a unit or area that is not the visitor's: its password would open what the visitor may not see.</summary>
    /// <param name="roles">The roles that the visitor may give.</param>
    /// <param name="guests">Roles that another organisation gave count as well: for acts that hand the account itself to somebody.</param>
    internal static string Farther(string account, string now, string roles, bool guests = true) => $"""
        EXISTS (SELECT 1 FROM pt.account_grant g LEFT JOIN pt.area a ON a.id = g.area_id WHERE g.account_id = {account} AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > {now}){(guests ? "" : " AND g.given_unit IS NULL")}
          AND (g.role <> ALL ({roles}) OR NOT CASE WHEN g.unit_id IS NOT NULL THEN g.unit_id = ANY ((SELECT pt.ints('pt.units'))::int[])
            WHEN a.level = 0 THEN 0 = ANY ((SELECT pt.ints('pt.provinces'))::int[]) ELSE pt.in_scope(0, a.province_id, a.district_id, a.commune_id) END))
        """;

    /// <summary>The roles that the visitor may give, as the database knows them.</summary>
    internal static short[] MayGive(Db db) => [.. Roles.MayGive(db.Visitor!.Roles).Select(role => (short)role)];

    /// <summary>What another organisation gave the account does not keep its own managers from correcting, suspending or judging it.</summary>
    public static async Task<Problem?> FaultAsync(Db db, AccountId id, CancellationToken ct)
    {
        if (id == db.Visitor!.Account) return Problems.NotYourself();
        return await db.Connection.ValueAsync<bool>($"SELECT {Farther("$1", "$2", "$3", guests: false)}", ct, id.Value, db.Clock.GetUtcNow(), MayGive(db)) ? Problems.AboveYou() : null;
    }

    /// <summary>The same for a new password: it would open the places of the other organisation too, so that such a role is ended first.</summary>
    public static async Task<Problem?> FaultOfPasswordAsync(Db db, AccountId id, CancellationToken ct)
    {
        if (await FaultAsync(db, id, ct) is { } fault) return fault;
        return await db.Connection.ValueAsync<bool>($"SELECT {Farther("$1", "$2", "$3")}", ct, id.Value, db.Clock.GetUtcNow(), MayGive(db)) ? Problems.GuestRoleFirst() : null;
    }
}
