using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Roles of people of other organisations over the visitor's places; and those that people of the visitor's units hold elsewhere.</summary>
public sealed class GuestRolesList(Db db)
{
    public const int Page = 20;

    /// <param name="Home">The unit that the colleague belongs to.</param>
    /// <param name="UnitName">What the role is over: a unit, or an area.</param>
    /// <param name="GivenUnit">In whose name it was given.</param>
    public sealed record Row(Guid Id, AccountId Account, string Name, string UserName, string Home, Role Role, string? UnitName, AreaId? Area, DateTimeOffset Since, DateTimeOffset Until, string Purpose, string? Paper, string GivenBy, string GivenUnit, DateTimeOffset? RevokedAt, string? RevokedBy, string? Reason);

    /// <param name="More">The row behind which the next page begins.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, Guid? More);

    /// <summary>The newest first.</summary>
    /// <param name="ours">Of the visitor's own people, over places of others.</param>
    /// <param name="ended">Those that are over, or those in force.</param>
    public async Task<Found> FindAsync(bool ours, bool ended, Guid? behind, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync("SELECT * FROM pt.guest_roles($1, $2, $3, $4, $5)", r => new Row(r.GetGuid(0), new AccountId(r.GetGuid(1)), r.GetString(2), r.GetString(3), r.GetString(4), (Role)r.GetInt16(5), r.Text(6),
            r.Maybe<int>(7) is { } area ? new AreaId(area) : null, r.GetFieldValue<DateTimeOffset>(8), r.GetFieldValue<DateTimeOffset>(9), r.GetString(10), r.Text(11), r.GetString(12), r.GetString(13), r.Maybe<DateTimeOffset>(14), r.Text(15), r.Text(16)),
            ct, ours, ended, behind, Page + 1, db.Clock.GetUtcNow());
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null);
    }
}
