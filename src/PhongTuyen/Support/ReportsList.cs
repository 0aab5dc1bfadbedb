using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>What narrows the queue of the team.</summary>
public sealed record ReportFilter
{
    /// <summary>Null: whatever is still to be answered.</summary>
    public ReportState? State { get; init; }
    /// <summary>0: all.</summary>
    public UnitId Unit { get; init; }
    /// <summary>Only of units that stand in this district (or, where there is none, province); 0: everywhere.</summary>
    public AreaId Area { get; init; }
    /// <summary>Not answered, and past the deadline.</summary>
    public bool Late { get; init; }
    /// <summary>Taken by the visitor.</summary>
    public bool Mine { get; init; }
}

/// <summary>Reports: the queue of the team, by deadline, and one's own. A report of a scope that is not the team's own never shows, whoever sent it.</summary>
public sealed class ReportsList(Db db, TimeProvider clock)
{
    public const int Page = 30;

    /// <param name="What">The beginning.</param>
    public sealed record Row(Guid Id, string What, string? Screen, string Unit, string? Place, ReportState State, DateTimeOffset ReportedAt, DateTimeOffset DueAt, string? TakenName, bool Late);

    /// <param name="More">Where the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, (DateTimeOffset At, Guid Id)? More);

    /// <param name="Name">Null: where the units stand is not known.</param>
    public sealed record District(AreaId Area, string? Name, int New, int Taken, int Late);

    private static readonly string Scoped = Scope.Test("r.unit_id", "r.");

    private const string Columns = """
        r.id, left(r.what, 200), r.screen, u.name, a.name, r.state, r.reported_at, r.due_at, r.taken_name, r.state < 3 AND r.due_at < $1
        FROM pt.support_report r JOIN pt.unit u ON u.id = r.unit_id LEFT JOIN pt.area a ON a.id = CASE WHEN r.district_id <> 0 THEN r.district_id ELSE nullif(r.province_id, 0) END
        """;

    private const string Narrowed = "($2 = 0 OR r.unit_id = $2) AND ($3 = 0 OR r.district_id = $3 OR r.district_id = 0 AND r.province_id = $3)";

    /// <summary>What is still to be answered by its deadline, the next first; what was answered or closed with the latest deadline first.</summary>
    public async Task<Found> FindAsync(ReportFilter filter, (DateTimeOffset At, Guid Id)? behind, CancellationToken ct, int page = Page)
    {
        var done = filter.State is ReportState.Answered or ReportState.Closed;
        var rows = await db.Connection.RowsAsync($"""
            SELECT {Columns} WHERE {Scoped} AND {Narrowed} AND ($4 = 0 AND r.state < 3 OR r.state = $4) AND (NOT $5 OR r.state < 3 AND r.due_at < $1) AND (NOT $6 OR r.taken_by = $7)
              AND (r.due_at, r.id) {(done ? "<" : ">")} ($8, $9) ORDER BY r.due_at {(done ? "DESC" : "")}, r.id {(done ? "DESC" : "")} LIMIT {page + 1}
            """, Read, ct, clock.GetUtcNow(), filter.Unit.Value, filter.Area.Value, (int)(filter.State ?? 0), filter.Late, filter.Mine, db.Visitor!.Account.Value,
            behind?.At ?? (done ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue), behind?.Id ?? (done ? Guid.AllBitsSet : Guid.Empty));
        return new Found([.. rows.Take(page)], rows.Count > page ? (rows[page - 1].DueAt, rows[page - 1].Id) : null);
    }

    /// <summary>How many of the scope are in each state but closed, and how many are late; the narrowing by unit and place counts, that by state does not.</summary>
    public Task<(int New, int Taken, int Answered, int Late, int Mine)> CountsAsync(ReportFilter filter, CancellationToken ct) => db.Connection.RowAsync($"""
        SELECT (count(*) FILTER (WHERE r.state = 1))::int, (count(*) FILTER (WHERE r.state = 2))::int, (count(*) FILTER (WHERE r.state = 3))::int, (count(*) FILTER (WHERE r.state < 3 AND r.due_at < $1))::int,
          (count(*) FILTER (WHERE r.state < 3 AND r.taken_by = $4))::int FROM pt.support_report r WHERE r.state < 4 AND {Scoped} AND {Narrowed}
        """, r => (r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct, clock.GetUtcNow(), filter.Unit.Value, filter.Area.Value, db.Visitor!.Account.Value);

    /// <summary>By district, what is still to be answered: for those who look after several.</summary>
    public Task<List<District>> DistrictsAsync(CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT r.area, a.name, r.fresh, r.taken, r.late FROM (
          SELECT CASE WHEN r.district_id <> 0 THEN r.district_id ELSE r.province_id END AS area, (count(*) FILTER (WHERE r.state = 1))::int AS fresh, (count(*) FILTER (WHERE r.state = 2))::int AS taken, (count(*) FILTER (WHERE r.due_at < $1))::int AS late
          FROM pt.support_report r WHERE r.state < 3 AND {Scoped} GROUP BY 1) r LEFT JOIN pt.area a ON a.id = nullif(r.area, 0)
        ORDER BY a.level NULLS LAST, a.name COLLATE "vi-x-icu", r.area
        """, r => new District(new AreaId(r.GetInt32(0)), r.Text(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct, clock.GetUtcNow());

    /// <summary>The visitor's own, newest first.</summary>
    public async Task<Found> MineAsync((DateTimeOffset At, Guid Id)? behind, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync($"SELECT {Columns} WHERE r.account_id = $2 AND (r.reported_at, r.id) < ($3, $4) ORDER BY r.reported_at DESC, r.id DESC LIMIT {Page + 1}", Read, ct,
            clock.GetUtcNow(), db.Visitor!.Account.Value, behind?.At ?? DateTimeOffset.MaxValue, behind?.Id ?? Guid.AllBitsSet);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? (rows[Page - 1].ReportedAt, rows[Page - 1].Id) : null);
    }

    private static Row Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.Text(2), r.GetString(3), r.Text(4), (ReportState)r.GetInt16(5), r.GetFieldValue<DateTimeOffset>(6), r.GetFieldValue<DateTimeOffset>(7), r.Text(8), r.GetBoolean(9));
}
