using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>Acts on units, planned and done, as the pages show them.</summary>
public sealed class ActsList(Db db)
{
    public const int Page = 50;

    /// <param name="By">Who entered it; null where that account is not of the visitor's units.</param>
    /// <param name="What">Null for an act on areas.</param>
    /// <param name="Names">Of the units that the act names.</param>
    public sealed record Row(Guid Id, ActKind Kind, ActState State, UnitId Unit, string UnitName, string Paper, DateOnly EffectiveOn, string? By, DateTimeOffset EnteredAt, DateTimeOffset? DoneAt, DateTimeOffset? EndedAt, string? Why, UnitAct? What, IReadOnlyDictionary<UnitId, string> Names)
    {
        /// <summary>The unit above from then on, or the successor.</summary>
        public string? IntoName => What?.Into is { } into ? Names.GetValueOrDefault(into) : null;
    }

    private const string Columns = """
        a.id, a.kind, a.state, a.unit_id, coalesce((SELECT p.name FROM pt.unit_past p WHERE p.unit_id = a.unit_id AND p.act_id = a.id), u.name), a.paper, a.effective_on, (SELECT o.display_name FROM pt.account o WHERE o.id = a.entered_by), a.entered_at, a.done_at, a.ended_at, a.why, a.content
        """;

    /// <summary>Those that wait for their day, the nearest first; or the others, newest first.</summary>
    public Task<List<Row>> FindAsync(bool planned, int skip, CancellationToken ct) => ReadAsync($"""
        SELECT {Columns} FROM pt.reorganisation_act a JOIN pt.unit u ON u.id = a.unit_id WHERE (a.state IN (1, 5)) = $1
        ORDER BY CASE WHEN $1 THEN a.effective_on - date '2000-01-01' END, a.entered_at DESC, a.id DESC LIMIT {Page + 1} OFFSET $2
        """, ct, planned, skip);

    /// <summary>Those that concern one unit, newest first.</summary>
    public Task<List<Row>> OfUnitAsync(UnitId unit, CancellationToken ct) => ReadAsync($"""
        SELECT {Columns} FROM pt.reorganisation_act a JOIN pt.unit u ON u.id = a.unit_id WHERE a.state IN (1, 2, 5) AND (a.unit_id = $1 OR a.units && ARRAY[$1]) ORDER BY a.entered_at DESC, a.id DESC LIMIT 20
        """, ct, unit.Value);

    public async Task<Row?> OneAsync(Guid id, CancellationToken ct) => (await ReadAsync($"SELECT {Columns} FROM pt.reorganisation_act a JOIN pt.unit u ON u.id = a.unit_id WHERE a.id = $1", ct, id)).FirstOrDefault();

    /// <summary>Of these units, those that an act is planned for, with its day.</summary>
    public async Task<IReadOnlyDictionary<UnitId, DateOnly>> PlannedAsync(IEnumerable<UnitId> units, CancellationToken ct) => (await db.Connection.RowsAsync("""
        SELECT x, min(effective_on) FROM pt.reorganisation_act, unnest(units) x WHERE state = 1 AND x = ANY ($1) GROUP BY x
        """, r => (new UnitId(r.GetInt32(0)), r.GetFieldValue<DateOnly>(1)), ct, (object)units.Select(unit => unit.Value).ToArray())).ToDictionary(row => row.Item1, row => row.Item2);

    /// <summary>The names that a unit bore before, with the last day of each.</summary>
    public Task<List<(string Name, string? Parent, DateOnly Until)>> PastAsync(UnitId unit, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT p.name, (SELECT a.name FROM pt.unit a WHERE a.id = p.parent_id), p.until FROM pt.unit_past p WHERE p.unit_id = $1 ORDER BY p.until DESC
        """, r => (r.GetString(0), r.Text(1), r.GetFieldValue<DateOnly>(2)), ct, unit.Value);

    private async Task<List<Row>> ReadAsync(string sql, CancellationToken ct, params object?[] values)
    {
        var rows = await db.Connection.RowsAsync(sql, r => new Row(r.GetGuid(0), (ActKind)r.GetInt16(1), (ActState)r.GetInt16(2), new UnitId(r.GetInt32(3)), r.GetString(4), r.GetString(5), r.GetFieldValue<DateOnly>(6), r.Text(7), r.GetFieldValue<DateTimeOffset>(8),
            r.Maybe<DateTimeOffset>(9), r.Maybe<DateTimeOffset>(10), r.Text(11), (ActKind)r.GetInt16(1) < ActKind.Areas ? UnitAct.Read(r.GetString(12)) : null, new Dictionary<UnitId, string>()), ct, values);
        var named = rows.Select(row => row.What?.Into?.Value).OfType<int>().Distinct().ToArray();
        var names = (await db.Connection.RowsAsync("SELECT id, name FROM pt.unit WHERE id = ANY ($1)", r => (new UnitId(r.GetInt32(0)), r.GetString(1)), ct, (object)named)).ToDictionary(row => row.Item1, row => row.Item2);
        return [.. rows.Select(row => row with { Names = names })];
    }
}
