using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;

namespace PhongTuyen.Tests.Reporting;

/// <summary>The recount beside the live figures.</summary>
public static class Recount
{
    /// <summary>Counters of every level with the differences that are not folded yet, against the rows: one statement, so one snapshot.</summary>
    private const string Differences = """
        WITH rows AS (SELECT unit_id u, province_id p, district_id d, commune_id c, metric, detail, day, n FROM pt.report_recount),
        deltas AS (SELECT unit_id u, province_id p, district_id d, commune_id c, metric, detail, day, n FROM pt.report_delta),
        both_sides AS (SELECT *, 1 AS sign FROM deltas UNION ALL SELECT *, -1 FROM rows),
        levels AS (
          SELECT level l, province_id p, district_id d, commune_id c, unit_id u, metric, detail, day, n FROM pt.report_counter
          UNION ALL SELECT 0, p, d, c, u, metric, detail, day, sign * n FROM both_sides
          UNION ALL SELECT 1, p, d, c, 0, metric, detail, day, sign * n FROM both_sides WHERE c <> 0
          UNION ALL SELECT 2, p, d, 0, 0, metric, detail, day, sign * n FROM both_sides WHERE d <> 0
          UNION ALL SELECT 3, p, 0, 0, 0, metric, detail, day, sign * n FROM both_sides
          UNION ALL SELECT 4, 0, 0, 0, 0, metric, detail, day, sign * n FROM both_sides
          UNION ALL SELECT 5, 0, 0, 0, u, metric, detail, day, sign * n FROM both_sides)
        SELECT coalesce(string_agg(format('level %s unit %s metric %s/%s on %s: %s too many', l, u, metric, detail, day, n), '; '), '')
        FROM (SELECT l, p, d, c, u, metric, detail, day, sum(n) n FROM levels GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0 LIMIT 5) wrong
        """;

    /// <summary>Empty when every figure of every level equals the rows.</summary>
    public static async Task<string> DifferencesAsync(this TestHouse house) => (await house.AskAsync<string>(Differences))!;

    /// <summary>A set of figures as lines, to be compared.</summary>
    public static IReadOnlyList<string> Lines(this Figures figures, params DateOnly[] days) =>
        [.. from metric in Enum.GetValues<Metric>() from day in days.Prepend(Figures.Now) from pair in figures.Details(metric, day) orderby metric, day, pair.Detail select $"{metric}/{pair.Detail} {day:yyyy-MM-dd}: {pair.N}"];

    /// <summary>The same lines, counted from the rows.</summary>
    public static async Task<IReadOnlyList<string>> RecountAsync(this TestHouse house, string where, params DateOnly[] days)
    {
        await using var connection = await house.Direct.OpenConnectionAsync();
        var rows = await connection.RowsAsync($"SELECT metric, detail, day, sum(n)::bigint FROM pt.report_recount WHERE {where} AND (day = '-infinity' OR day = ANY ($1)) GROUP BY 1, 2, 3 HAVING sum(n) <> 0 ORDER BY 1, 3, 2",
            r => $"{(Metric)r.GetInt16(0)}/{r.GetInt16(1)} {r.GetFieldValue<DateOnly>(2):yyyy-MM-dd}: {r.GetInt64(3)}", CancellationToken.None, days);
        return rows;
    }

    public static Task<Figures> FiguresAsync(this TestHouse house, AccountId by, FigureScope scope, int days = 1) =>
        house.AsAsync(by, Permission.SeeFigures, (provider, _) => ((FigureReader)provider.GetService(typeof(FigureReader))!).OfAsync(scope, CancellationToken.None, days));
}
