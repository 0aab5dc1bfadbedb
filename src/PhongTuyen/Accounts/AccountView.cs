using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>One account with its roles, for the page of its manager and for its owner.</summary>
public sealed class AccountView(Db db)
{
    public sealed record Grant(Guid Id, Role Role, UnitId? Unit, string? UnitName, AreaId? Area, DateTimeOffset Since, DateTimeOffset? Until, string? GivenBy, DateTimeOffset GivenAt, DateTimeOffset? RevokedAt, string? RevokedBy, string? Reason, string? GivenUnit, string? Purpose)
    {
        /// <summary>Given by another organisation.</summary>
        public bool Guest => GivenUnit is not null;

        public bool InForce(DateTimeOffset now) => RevokedAt is null && (Until is null || Until > now);
    }

    /// <param name="Covers">The area that its unit looks after.</param>
    public sealed record Shown(Account Account, string UnitName, AreaId? Covers, string? MadeBy, DateTimeOffset? LastSignIn, SecondFactors Second, IReadOnlyList<Grant> Grants)
    {
        /// <summary>Whether the visitor may act on it: not their own, and no role above theirs. What another organisation gave does not count.</summary>
        public bool Within(Visitor visitor, DateTimeOffset now) => Account.Id != visitor.Account && Grants.Where(grant => grant.InForce(now) && !grant.Guest).All(grant => Roles.MayGive(visitor.Roles).Contains(grant.Role));
    }

    /// <summary>Null where the account lies outside of the visitor's units and is not their own.</summary>
    public async Task<Shown?> OfAsync(AccountId id, CancellationToken ct)
    {
        var account = await db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, ct);
        if (account is null || (id != db.Visitor!.Account && !db.Scope.Units.Contains(account.UnitId))) return null;
        var (unit, covers, madeBy, lastSignIn) = await db.Connection.RowAsync("""
            SELECT u.name, u.covers_area_id, (SELECT m.display_name FROM pt.account m WHERE m.id = $2),
              (SELECT e.at FROM pt.audit_event e WHERE e.subject_kind = 'account' AND e.subject_id = $3 AND e.act = 'account.signed-in' ORDER BY e.at DESC LIMIT 1)
            FROM pt.unit u WHERE u.id = $1
            """, r => (r.GetString(0), r.Maybe<int>(1), r.Text(2), r.Maybe<DateTimeOffset>(3)), ct, account.UnitId.Value, account.CreatedBy?.Value, id.ToString());
        return new Shown(account, unit, covers is { } area ? new AreaId(area) : null, madeBy, lastSignIn, await SecondFactorsAsync(db, id, ct), await GrantsAsync(id, ct));
    }

    /// <summary>Whether there are codes and passkeys, and nothing of them: of one's own account and of those of one's units.</summary>
    internal static async Task<SecondFactors> SecondFactorsAsync(Db db, AccountId id, CancellationToken ct) =>
        await db.Connection.RowAsync("SELECT code, passkeys FROM pt.second_factors($1)", r => new SecondFactors(r.GetBoolean(0), r.GetInt32(1)), ct, id.Value) ?? new SecondFactors(false, 0);

    /// <summary>Roles in force first, then the newest of those that ended.</summary>
    private Task<List<Grant>> GrantsAsync(AccountId id, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT g.id, g.role, g.unit_id, u.name, g.area_id, g.since, g.until, by.display_name, g.given_at, g.revoked_at, off.display_name, g.reason, gu.name, g.purpose
        FROM pt.account_grant g LEFT JOIN pt.unit u ON u.id = g.unit_id LEFT JOIN pt.unit gu ON gu.id = g.given_unit LEFT JOIN pt.account by ON by.id = g.given_by LEFT JOIN pt.account off ON off.id = g.revoked_by
        WHERE g.account_id = $1 ORDER BY g.revoked_at DESC NULLS FIRST, g.role, g.given_at LIMIT 50
        """, r => new Grant(r.GetGuid(0), (Role)r.GetInt16(1), r.Maybe<int>(2) is { } unit ? new UnitId(unit) : null, r.Text(3), r.Maybe<int>(4) is { } area ? new AreaId(area) : null,
            r.GetFieldValue<DateTimeOffset>(5), r.Maybe<DateTimeOffset>(6), r.Text(7), r.GetFieldValue<DateTimeOffset>(8), r.Maybe<DateTimeOffset>(9), r.Text(10), r.Text(11), r.Text(12), r.Text(13)), ct, id.Value);
}
