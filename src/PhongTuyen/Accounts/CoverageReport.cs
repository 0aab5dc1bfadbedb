using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Units.Contract;

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
    public const int Page = 30;

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

    /// <param name="Districts">In the order of names; the narrowing by district and standing is left aside, so that the table stays whole.</param>
    /// <param name="More">The key behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<District> Districts, IReadOnlyList<Row> Rows, string? More);

    /// <summary>The deadlines that ask for units of the visitor's: set by one of theirs, or above them. The next one first, those that have passed last.</summary>
    public Task<List<Deadline>> DeadlinesAsync(CancellationToken ct) => db.Connection.RowsAsync("""
        WITH RECURSIVE up AS (SELECT id, parent_id FROM pt.unit WHERE id = $2 UNION ALL SELECT u.id, u.parent_id FROM pt.unit u JOIN up ON u.id = up.parent_id)
        SELECT d.id, d.unit_id, u.name, d.kind, d.due, d.paper, d.unit_id = ANY ($1) FROM pt.account_deadline d JOIN pt.unit u ON u.id = d.unit_id
        WHERE d.withdrawn_at IS NULL AND (d.unit_id = ANY ($1) OR d.unit_id IN (SELECT id FROM up))
        ORDER BY d.due < $3, CASE WHEN d.due >= $3 THEN d.due END, d.due DESC, d.id LIMIT 50
        """, r => new Deadline(r.GetGuid(0), new UnitId(r.GetInt32(1)), r.GetString(2), (UnitKind?)r.Maybe<short>(3), r.GetFieldValue<DateOnly>(4), r.GetString(5), r.GetBoolean(6)), ct, Own, db.Visitor!.Unit.Value, clock.Today());

    /// <summary>District, or where there is none province, of a unit <c>u</c>; of one that stands nowhere yet, where the commune is that it covers.</summary>
    internal const string AreaOfUnit = """
        CASE WHEN u.district_id <> 0 THEN u.district_id ELSE coalesce((SELECT coalesce(nullif(c.district_id, 0), nullif(u.province_id, 0), c.province_id) FROM pt.area c WHERE c.id = u.covers_area_id), u.province_id) END
        """;

    // Every unit is looked at once, for the table of districts (false) and for the page of the list (true): hundreds, of which few lines leave the database.
    private const string Every = $"""
        WITH RECURSIVE below AS (SELECT id FROM pt.unit WHERE parent_id = $3 UNION ALL SELECT u.id FROM pt.unit u JOIN below b ON u.parent_id = b.id),
        every AS MATERIALIZED (
          SELECT u.id, u.name_folded, coalesce(w.best, 0) AS standing, coalesce(w.usable, 0) AS usable, {AreaOfUnit} AS area
          FROM pt.unit u LEFT JOIN pt.own_units_with_accounts($2) w ON w.unit_id = u.id
          WHERE u.id = ANY ($1) AND u.valid_to IS NULL AND ($3 = 0 OR u.id IN (SELECT id FROM below)) AND ($4 = 0 OR u.kind = $4))
        SELECT false, d.area, (count(*) FILTER (WHERE d.standing = 2))::int, (count(*) FILTER (WHERE d.standing = 1))::int, (count(*) FILTER (WHERE d.standing = 0))::int, NULL FROM every d GROUP BY d.area
        UNION ALL
        SELECT true, l.* FROM (SELECT e.area, e.id, e.standing, e.usable, e.name_folded FROM every e
          WHERE ($5 = 0 OR e.area = $5) AND ($6 < 0 OR e.standing = $6) AND (e.name_folded, e.id) > ($7, $8) ORDER BY e.name_folded, e.id LIMIT $9) l
        """;

    private sealed record Stand(UnitId Id, string Folded, AreaId Area, AccountCoverage Standing, int Usable);

    /// <param name="behind">Folded name and id of the last row of the page before.</param>
    public async Task<Found> FindAsync(CoverageFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var (after, districts) = (UnitPages.Read(behind), new Dictionary<AreaId, District>());
        var listed = (await db.Connection.RowsAsync(Every, r =>
        {
            var area = new AreaId(r.GetInt32(1));
            if (r.GetBoolean(0)) return new Stand(new UnitId(r.GetInt32(2)), r.GetString(5), area, (AccountCoverage)r.GetInt32(3), r.GetInt32(4));
            districts[area] = new District(area, null, r.GetInt32(2), r.GetInt32(3), r.GetInt32(4));
            return null;
        }, ct, Own, clock.GetUtcNow(), filter.Under.Value, (int)(filter.Kind ?? 0), filter.Area.Value, (int?)filter.Standing ?? -1, after.Folded, after.Id.Value, page + 1)).OfType<Stand>().ToList();
        var stands = UnitPages.Cut(listed, page, stand => (stand.Folded, stand.Id), out var more);
        var questions = new Questions(db.Connection);
        var names = AskNames(questions, districts.Keys);
        var lines = UnitPages.AskLines(questions, [.. stands.Select(stand => (stand.Id, stand.Area))]);
        await questions.AnswerAsync(ct);
        return new Found([.. names.Select(area => districts[area.Id] with { Name = area.Name })],
            [.. stands.Zip(lines, (stand, unit) => new Row(stand.Id, unit.Name, unit.Code, unit.Kind, unit.Parent, unit.Place, unit.Telephone, stand.Standing, stand.Usable))], more);
    }

    /// <summary>These areas in the order in which a table names them: provinces before districts, by name; where it is not known (0) last, without one.</summary>
    internal static IReadOnlyList<(AreaId Id, string? Name)> AskNames(Questions questions, IEnumerable<AreaId> areas) => questions.Ask("""
        SELECT x.id, a.name FROM unnest($1::int[]) x (id) LEFT JOIN pt.area a ON a.id = x.id ORDER BY a.level NULLS LAST, a.name COLLATE "vi-x-icu", x.id
        """, r => (new AreaId(r.GetInt32(0)), r.Text(1)), areas.Select(area => area.Value).ToArray());

    private int[] Own => [.. db.Scope.Units.Select(unit => unit.Value)];
}
