using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Accounts;

/// <summary>How the accounts of a unit stand: exactly one of these.</summary>
public enum AccountCoverage
{
    /// <summary>Chưa có: none that could sign in and do anything.</summary>
    Lacking = 0,
    /// <summary>Đã cấp, chưa dùng: handed out, and nobody has replaced the first password yet.</summary>
    Given = 1,
    /// <summary>Đang dùng.</summary>
    Used = 2,
}

/// <summary>What narrows the report.</summary>
public sealed record CoverageFilter
{
    /// <summary>Only the units below this one; 0: all of the visitor's.</summary>
    public UnitId Under { get; init; }
    public UnitKind? Kind { get; init; }
    /// <summary>Only those that stand in this district (or, where there is none, province); 0: everywhere.</summary>
    public AreaId Area { get; init; }
    public AccountCoverage? Standing { get; init; }
}

/// <summary>Which of the visitor's units have accounts that work, by district, against the deadlines that papers set (R2).</summary>
public sealed class CoverageReport(Db db, TimeProvider clock)
{
    public const int Page = 50;

    /// <param name="UnitName">Who set it.</param>
    /// <param name="Own">Whether the visitor may take it back.</param>
    public sealed record Deadline(Guid Id, UnitId Unit, string UnitName, UnitKind? Kind, DateOnly Due, string Paper, bool Own);

    /// <param name="Name">Null: where they stand is not known.</param>
    public sealed record District(AreaId Area, string? Name, int Used, int Given, int Lacking)
    {
        public int All => Used + Given + Lacking;
    }

    /// <param name="Usable">Accounts that could sign in.</param>
    public sealed record Row(UnitId Id, string Name, string Code, UnitKind Kind, string? Parent, string? Place, string? Telephone, AccountCoverage Standing, int Usable);

    /// <param name="More">The key behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <summary>The deadlines that ask for units of the visitor's: set by one of theirs, or above them. The next one first, those that have passed last.</summary>
    public Task<List<Deadline>> DeadlinesAsync(CancellationToken ct) => db.Connection.RowsAsync("""
        WITH RECURSIVE up AS (SELECT id, parent_id FROM pt.unit WHERE id = $2 UNION ALL SELECT u.id, u.parent_id FROM pt.unit u JOIN up ON u.id = up.parent_id)
        SELECT d.id, d.unit_id, u.name, d.kind, d.due, d.paper, d.unit_id = ANY ($1) FROM pt.account_deadline d JOIN pt.unit u ON u.id = d.unit_id
        WHERE d.withdrawn_at IS NULL AND (d.unit_id = ANY ($1) OR d.unit_id IN (SELECT id FROM up))
        ORDER BY d.due < $3, CASE WHEN d.due >= $3 THEN d.due END, d.due DESC, d.id LIMIT 50
        """, r => new Deadline(r.GetGuid(0), new UnitId(r.GetInt32(1)), r.GetString(2), (UnitKind?)r.Maybe<short>(3), r.GetFieldValue<DateOnly>(4), r.GetString(5), r.GetBoolean(6)), ct, Own, db.Visitor!.Unit.Value, clock.Today());

    /// <summary>District, or where there is none province, of a unit <c>u</c>; of one that covers a commune <c>c</c> and stands nowhere yet, what it looks after says where it is.</summary>
    internal const string AreaOfUnit = "coalesce(nullif(coalesce(nullif(u.district_id, 0), c.district_id), 0), nullif(coalesce(nullif(u.province_id, 0), c.province_id), 0), 0)";

    /// <summary>Name of the area of a row <c>e</c>: looked up for the rows that are shown. A join would read all fifteen thousand.</summary>
    internal const string AreaName = "(SELECT a.name FROM pt.area a WHERE a.id = e.area)";

    /// <summary>Rows <c>sums</c> of districts with these columns behind area and name, in the order of names.</summary>
    internal static string InOrder(string columns) => $"""
        SELECT e.area, {AreaName} AS name, {columns} FROM sums e ORDER BY (SELECT a.level FROM pt.area a WHERE a.id = e.area) NULLS LAST, {AreaName} COLLATE "vi-x-icu", e.area
        """;

    private const string Units = $"""
        WITH RECURSIVE below AS (SELECT id FROM pt.unit WHERE parent_id = $3 UNION ALL SELECT u.id FROM pt.unit u JOIN below b ON u.parent_id = b.id),
        every AS (
          SELECT u.id, u.parent_id, u.name, u.name_folded, u.code, u.kind, u.telephone, coalesce(w.best, 0) AS standing, coalesce(w.usable, 0) AS usable,
            {AreaOfUnit} AS area
          FROM pt.unit u LEFT JOIN pt.own_units_with_accounts($2) w ON w.unit_id = u.id LEFT JOIN pt.area c ON c.id = u.covers_area_id
          WHERE u.id = ANY ($1) AND u.valid_to IS NULL AND ($3 = 0 OR u.id IN (SELECT id FROM below)) AND ($4 = 0 OR u.kind = $4))
        """;

    /// <summary>By district, in the order of names; the narrowing by district and standing is left aside, so that the table stays whole.</summary>
    public Task<List<District>> DistrictsAsync(CoverageFilter filter, CancellationToken ct) => db.Connection.RowsAsync($"""
        {Units}, sums AS (SELECT e.area, (count(*) FILTER (WHERE e.standing = 2))::int AS used, (count(*) FILTER (WHERE e.standing = 1))::int AS given, (count(*) FILTER (WHERE e.standing = 0))::int AS lacking FROM every e GROUP BY e.area)
        {InOrder("e.used, e.given, e.lacking")}
        """, r => new District(new AreaId(r.GetInt32(0)), r.Text(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct, Own, clock.GetUtcNow(), filter.Under.Value, (int)(filter.Kind ?? 0));

    /// <param name="behind">Folded name and id of the last row of the page before.</param>
    public async Task<Found> FindAsync(CoverageFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var cut = behind?.LastIndexOf('_') ?? -1;
        var rows = await db.Connection.RowsAsync($"""
            {Units}, page AS (SELECT * FROM every e WHERE ($5 = 0 OR e.area = $5) AND ($6 < 0 OR e.standing = $6) AND (e.name_folded, e.id) > ($7, $8) ORDER BY e.name_folded, e.id LIMIT {page + 1})
            SELECT e.id, e.name, e.code, e.kind, (SELECT p.name FROM pt.unit p WHERE p.id = e.parent_id), {AreaName}, e.telephone, e.standing, e.usable, e.name_folded FROM page e ORDER BY e.name_folded, e.id
            """, r => (Row: Read(r), Folded: r.GetString(9)), ct, Own, clock.GetUtcNow(), filter.Under.Value, (int)(filter.Kind ?? 0), filter.Area.Value, (int?)filter.Standing ?? -1,
            cut > 0 ? behind![..cut] : "", cut > 0 && UnitId.TryParse(behind![(cut + 1)..], out var id) ? id.Value : 0);
        return new Found([.. rows.Take(page).Select(row => row.Row)], rows.Count > page ? $"{rows[page - 1].Folded}_{rows[page - 1].Row.Id}" : null);
    }

    private int[] Own => [.. db.Scope.Units.Select(unit => unit.Value)];

    private static Row Read(NpgsqlDataReader r) => new(new UnitId(r.GetInt32(0)), r.GetString(1), r.GetString(2), (UnitKind)r.GetInt16(3), r.Text(4), r.Text(5), r.Text(6), (AccountCoverage)r.GetInt32(7), r.GetInt32(8));
}
