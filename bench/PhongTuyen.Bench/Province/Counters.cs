using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>The live figures of what was loaded, and the proof that they equal a recount.</summary>
internal static class Counters
{
    public static async Task MakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.RunAsync("""
            INSERT INTO pt.report_delta (unit_id, province_id, district_id, commune_id, metric, detail, day, n)
            SELECT unit_id, province_id, district_id, commune_id, metric, detail, day, sum(n)::int FROM pt.report_recount GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
            """, ct);
        await connection.RunAsync("SELECT pt.report_fold_now(now())", ct);
        await connection.RunAsync("SELECT pt.quarantine_reach_anew()", ct);
        await connection.RunAsync($"INSERT INTO pt.worklist_delta (unit_id, province_id, district_id, commune_id, list, state, urgency, owner_id, due_at, n) {WorkRecount}", ct);
        await connection.RunAsync("SELECT pt.worklist_fold()", ct);
        await connection.RunAsync("INSERT INTO pt.worklist_reach SELECT DISTINCT unit_id, province_id, district_id, commune_id FROM pt.worklist_item", ct);
    }

    private const string WorkRecount = """
        SELECT unit_id, province_id, district_id, commune_id, list, state, urgency, owner_id, CASE WHEN state < 2 THEN due_at ELSE 'infinity' END, count(*)::int FROM pt.worklist_item GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
        """;

    /// <summary>Of the work lists, at the province: the other levels are sums of the same rows.</summary>
    private static Task<long> WorkDifferencesAsync(NpgsqlConnection connection, CancellationToken ct) => connection.ValueAsync<long>($"""
        SELECT count(*) FROM (SELECT province_id, list, state, urgency, due_at, sum(n) FROM (
          SELECT province_id, list, state, urgency, due_at, n FROM ({WorkRecount}) r(unit_id, province_id, district_id, commune_id, list, state, urgency, owner_id, due_at, n)
          UNION ALL SELECT province_id, list, state, urgency, due_at, -n FROM pt.worklist_counter WHERE level = 3
          UNION ALL SELECT province_id, list, state, urgency, due_at, -n FROM pt.worklist_delta) x GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0) wrong
        """, ct);

    /// <summary>Counters and unfolded differences of each level against a recount, in one snapshot.</summary>
    /// <returns>How many figures differ.</returns>
    public static async Task<long> DifferencesAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.ValueAsync<long>("""
        WITH leaf AS (SELECT province_id p, district_id d, commune_id c, unit_id u, metric, detail, day, sum(n)::bigint n FROM pt.report_recount GROUP BY 1, 2, 3, 4, 5, 6, 7),
        late AS (SELECT province_id p, district_id d, commune_id c, unit_id u, metric, detail, day, sum(n)::bigint n FROM pt.report_delta GROUP BY 1, 2, 3, 4, 5, 6, 7),
        levels AS (SELECT f.l, CASE WHEN f.l < 4 THEN p ELSE 0 END p, CASE WHEN f.l < 3 THEN d ELSE 0 END d, CASE WHEN f.l < 2 THEN c ELSE 0 END c, CASE WHEN f.l IN (0, 5) THEN u ELSE 0 END u, metric, detail, day, sign * n AS n
          FROM (SELECT *, 1 AS sign FROM leaf UNION ALL SELECT *, -1 FROM late) x CROSS JOIN generate_series(0, 5) f(l) WHERE (f.l <> 1 OR c <> 0) AND (f.l <> 2 OR d <> 0)),
        every AS (SELECT l, p, d, c, u, metric, detail, day, n FROM levels
          UNION ALL SELECT level, province_id, district_id, commune_id, unit_id, metric, detail, day, -n FROM pt.report_counter)
        SELECT count(*) FROM (SELECT 1 FROM every GROUP BY l, p, d, c, u, metric, detail, day HAVING sum(n) <> 0) wrong
        """, ct);

    public static async Task CheckAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await DifferencesAsync(connection, ct) + await WorkDifferencesAsync(connection, ct) is > 0 and var wrong) throw new InvalidOperationException($"{wrong} figures differ from a recount.");
    }
}
