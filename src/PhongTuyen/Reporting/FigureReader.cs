using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reporting;

/// <summary>
/// Reads figures. The cost depends on the number of metrics, not of persons: one row a metric and level, and the differences of the last moments.
/// What was asked a moment ago, and nothing counted since, comes from the shelf. What went into an area as a whole counts with it; what was divided, and what is asked of an old
/// area, stays under the old name.
/// </summary>
public sealed class FigureReader(Db db, FigureShelf shelf, AreaStore areas, TimeProvider clock)
{
    // Three ranges of one key, never a filter over years of days: as of now; the flows of the last days; planned ends (metric 10) that have passed.
    private static readonly string[] Ranges = ["day = '-infinity'", "day BETWEEN $1 AND $2", "metric = 10 AND n <> 0 AND day > '-infinity' AND day < $1"];

    // The beds of closed houses once more, so that free places leave them out: few houses, each a few rows of one index.
    private static readonly string Closed = $"unit_id = ANY ((SELECT pt.closed_houses($2))::int[]) AND day = '-infinity' AND metric BETWEEN {(int)Metric.BedsOpen} AND {(int)Metric.BedsReservedOxygen}";

    /// <summary>Counters and the differences that are not folded yet, grouped.</summary>
    private static string Sum(string columns, IEnumerable<string> counters, string delta, string group) => $"""
        SELECT {columns}metric, detail, day, sum(n)::bigint FROM (
          {string.Join("\n  UNION ALL ", counters.SelectMany(counter => Ranges.Select(range => $"SELECT {columns}metric, detail, day, n FROM pt.report_counter WHERE {counter} AND {range}")))}
          UNION ALL SELECT {columns}metric, detail, day, n FROM pt.report_delta WHERE {delta} AND (day = '-infinity' OR day BETWEEN $1 AND $2 OR (metric = 10 AND day < $1))
          {string.Concat(new[] { "pt.report_counter WHERE level = 0 AND", "pt.report_delta WHERE" }.Select(rows => $"UNION ALL SELECT {columns}(metric + {BoardSums.OfClosed})::smallint, detail, day, n FROM {rows} {Closed} AND {delta}{(columns.Length > 0 ? $" AND {columns.TrimEnd(',', ' ')} <> 0" : "")}\n"))}) f
        GROUP BY {group} HAVING sum(n) <> 0
        """;

    /// <summary>The rows of the whole of units, for those who hold them; of other units there are only the parts in the visitor's areas.</summary>
    private const string WholeUnits = "level = 5 AND province_id = 0 AND district_id = 0 AND commune_id = 0 AND unit_id";
    private const string PartsOfUnits = "level = 0 AND unit_id";

    private IEnumerable<string> Where(FigureScope scope)
    {
        if (scope.OfUnit) yield return $"{(db.Scope.Units.Contains(scope.Unit) ? WholeUnits : PartsOfUnits)} = ANY ($3) AND $4 = $4";
        else if (scope.Level == AreaLevel.Country) yield return "level = 4 AND province_id = 0 AND district_id = 0 AND commune_id = 0 AND unit_id = 0 AND $3 = $3 AND $4 = $4";
        // Almost always one level; a district without communes became a commune as a whole.
        else foreach (var level in Family(scope).Select(area => areas.Book.Find(area)?.Level ?? scope.Level).Distinct()) yield return level switch
        {
            AreaLevel.Province => "level = 3 AND province_id = ANY ($3) AND district_id = 0 AND commune_id = 0 AND unit_id = 0 AND $4 = $4",
            AreaLevel.District => "level = 2 AND district_id = ANY ($3) AND province_id = ANY ($4) AND commune_id = 0 AND unit_id = 0",
            _ => "level = 1 AND commune_id = ANY ($3) AND province_id = ANY ($4) AND unit_id = 0",
        };
    }

    private static string Within(FigureScope scope, string value = "$3") => scope switch
    {
        { OfUnit: true } => $"unit_id = ANY ({value})",
        { Level: AreaLevel.Country } => $"{value} = {value}",
        { Level: AreaLevel.Province } => $"province_id = ANY ({value})",
        { Level: AreaLevel.District } => $"district_id = ANY ({value})",
        _ => $"commune_id = ANY ({value})",
    };

    /// <summary>The differences of an area whose family has a district among communes are looked for in both.</summary>
    private string DeltaWhere(FigureScope scope) => scope is { OfUnit: false, Level: AreaLevel.Commune } && Family(scope).Any(area => areas.Book.Find(area)?.Level == AreaLevel.District) ? "(commune_id = ANY ($3) OR district_id = ANY ($3))" : Within(scope);

    private IReadOnlyList<AreaId> Family(FigureScope scope) => areas.Families.Sources(scope.Level switch { AreaLevel.Province => scope.Area.Province, AreaLevel.District => scope.Area.District, _ => scope.Area.Commune });

    private int[] Keys(FigureScope scope) => scope.OfUnit ? [scope.Unit.Value] : scope.Level == AreaLevel.Country ? [0] : Numbers(Family(scope));

    private int[] Provinces(FigureScope scope) => scope.OfUnit || scope.Level == AreaLevel.Country ? [0] : [.. Family(scope).Select(area => areas.Book.Keys(area).Province.Value).Append(scope.Area.Province.Value).Distinct()];

    /// <summary>The figures of one area or unit, with the flows of the last days.</summary>
    /// <param name="days">How many days back the flows go; 1: yesterday and today.</param>
    public Task<Figures> OfAsync(FigureScope scope, CancellationToken ct, int days = 1) =>
        KeptAsync($"of {days}", scope, () => ReadAsync(scope, days, ct), figures => figures.At(clock.GetUtcNow()), figures => figures.Size);

    private async Task<Figures> ReadAsync(FigureScope scope, int days, CancellationToken ct)
    {
        var figures = new Figures { AsOf = clock.GetUtcNow(), Today = clock.Today() };
        var rows = await db.Connection.RowsAsync(Sum("", Where(scope), DeltaWhere(scope), "1, 2, 3"),
            r => (Metric: (Metric)r.GetInt16(0), Detail: (int)r.GetInt16(1), Day: r.GetFieldValue<DateOnly>(2), N: r.GetInt64(3)), ct,
            figures.Today.AddDays(-days), figures.Today, Keys(scope), Provinces(scope));
        foreach (var (metric, detail, day, n) in rows) figures.Add(metric, detail, day, n);
        return figures;
    }

    /// <summary>The figures of everything that the visitor sees: of one area where that covers it, else of the units and communes together, each counted once.</summary>
    public Task<Figures> OfVisitorAsync(CancellationToken ct) => ScopeOf(db.Scope, areas.Families) is { } one
        ? OfAsync(one, ct) : KeptAsync("visitor", default, () => ReadVisitorAsync(ct), figures => figures.At(clock.GetUtcNow()), figures => figures.Size);

    private async Task<Figures> ReadVisitorAsync(CancellationToken ct)
    {
        var figures = new Figures { AsOf = clock.GetUtcNow(), Today = clock.Today() };
        // The row policies leave just the differences of the visitor's grants; of the counters, each area gives one row a figure and leaves out
        // what lies in a wider area of the grants, and the units give what lies in none: the union is counted and nothing twice.
        var rows = await db.Connection.RowsAsync(Sum("", Grants(db.Scope), "$3::int[] = $3 AND $4::int[] = $4 AND $5::int[] = $5 AND $6::int[] = $6", "1, 2, 3"),
            r => (Metric: (Metric)r.GetInt16(0), Detail: (int)r.GetInt16(1), Day: r.GetFieldValue<DateOnly>(2), N: r.GetInt64(3)), ct,
            figures.Today.AddDays(-1), figures.Today, Numbers(db.Scope.Provinces), Numbers(db.Scope.Districts), Numbers(db.Scope.Communes), db.Scope.Units.Select(unit => unit.Value).ToArray());
        foreach (var (metric, detail, day, n) in rows) figures.Add(metric, detail, day, n);
        return figures;
    }

    private static int[] Numbers(IReadOnlyCollection<AreaId> areas) => [.. areas.Select(area => area.Value)];

    private static IEnumerable<string> Grants(Scope scope)
    {
        if (scope.Provinces.Count > 0) yield return "level = 3 AND province_id = ANY ($3) AND district_id = 0 AND commune_id = 0 AND unit_id = 0";
        if (scope.Districts.Count > 0)
            yield return "level = 2 AND (province_id, district_id) IN (SELECT a.province_id, a.id FROM pt.area a WHERE a.id = ANY ($4) AND NOT a.province_id = ANY ($3)) AND commune_id = 0 AND unit_id = 0";
        if (scope.Communes.Count > 0)
            yield return "level = 1 AND (province_id, district_id, commune_id) IN (SELECT a.province_id, a.district_id, a.id FROM pt.area a WHERE a.id = ANY ($5) AND NOT (a.province_id = ANY ($3) OR a.district_id = ANY ($4))) AND unit_id = 0";
        yield return scope is { Provinces.Count: 0, Districts.Count: 0, Communes.Count: 0 }
            ? $"{WholeUnits} = ANY ($6)" : $"{PartsOfUnits} = ANY ($6) AND NOT (province_id = ANY ($3) OR district_id = ANY ($4) OR commune_id = ANY ($5))";
    }

    /// <summary>The one area that covers a scope; null where it takes several.</summary>
    public static FigureScope? ScopeOf(Scope scope, AreaFamilies families) => scope switch
    {
        _ when scope.Provinces.Contains(default) => FigureScope.Country,
        { Provinces.Count: > 0, Districts.Count: 0, Communes.Count: 0 } when families.Last(scope.Provinces[0]) is var one && scope.Provinces.All(families.Sources(one).Contains) => FigureScope.Of(new AreaKeys(one, default, default)),
        { Provinces.Count: 0, Districts.Count: 0, Communes.Count: 0, Units.Count: 1 } => FigureScope.Of(scope.Units[0]),
        _ => null,
    };

    /// <summary>The figures of what lies right below: provinces of the country, districts (or communes, where there are no districts) of a province, communes of a district.</summary>
    public Task<Dictionary<AreaId, Figures>> AreasBelowAsync(FigureScope scope, bool districts, CancellationToken ct)
    {
        var (level, child) = scope.Level switch { AreaLevel.Country => (3, "province_id"), AreaLevel.Province when districts => (2, "district_id"), _ => (1, "commune_id") };
        // A part that went into another as a whole is counted with that one.
        return KeptGroupsAsync($"below {child}", scope, () => GroupAsync(child, $"level = {level} AND {Within(scope)}", Within(scope), id => areas.Families.Last(new AreaId(id)), Keys(scope), ct));
    }

    /// <summary>The figures of those units of an area that have beds or people, those with most people now before the others.</summary>
    public Task<Dictionary<UnitId, Figures>> UnitsBelowAsync(FigureScope scope, int most, CancellationToken ct) => KeptGroupsAsync($"units {most}", scope, () => ReadUnitsBelowAsync(scope, most, ct));

    private async Task<Dictionary<UnitId, Figures>> ReadUnitsBelowAsync(FigureScope scope, int most, CancellationToken ct)
    {
        const string here = "metric IN (2, 4, 20) AND day = '-infinity'";
        var within = Within(scope, "$1");
        var units = await db.Connection.RowsAsync($"""
            SELECT unit_id FROM (SELECT unit_id, metric, n FROM pt.report_counter WHERE level = 0 AND {here} AND {within} UNION ALL SELECT unit_id, metric, n FROM pt.report_delta WHERE {here} AND {within}) f
            GROUP BY 1 ORDER BY sum(n) FILTER (WHERE metric <> 20) DESC NULLS LAST, 1 LIMIT $2
            """, r => new UnitId(r.GetInt32(0)), ct, Keys(scope), most);
        return await ReadUnitsAsync(units, ct);
    }

    /// <summary>The figures of these units, for a list of facilities.</summary>
    public Task<Dictionary<UnitId, Figures>> OfUnitsAsync(IReadOnlyCollection<UnitId> units, CancellationToken ct) =>
        KeptGroupsAsync($"these {string.Join(',', units)}", default, () => ReadUnitsAsync(units, ct));

    private async Task<Dictionary<UnitId, Figures>> ReadUnitsAsync(IReadOnlyCollection<UnitId> units, CancellationToken ct)
    {
        var held = db.Scope.Units.ToHashSet();
        var all = new Dictionary<UnitId, Figures>();
        foreach (var (rows, some) in new[] { (WholeUnits, units.Where(held.Contains)), (PartsOfUnits, units.Where(unit => !held.Contains(unit))) })
            if (some.Select(unit => unit.Value).ToArray() is { Length: > 0 } ids)
                foreach (var (unit, figures) in await GroupAsync("unit_id", $"{rows} = ANY ($3)", "unit_id = ANY ($3)", UnitId.Of, ids, ct)) all[unit] = figures;
        return all;
    }

    /// <summary>What all staff may know of any house, within their scope or not: how many places it has and how many are free. Nothing else is in these figures.</summary>
    public Task<Dictionary<UnitId, Figures>> PlacesOfAsync(IReadOnlyCollection<UnitId> units, CancellationToken ct) =>
        KeptGroupsAsync($"places {string.Join(',', units)}", default, async () => Gather(await db.Connection.RowsAsync("SELECT unit_id, metric, detail, n FROM pt.places_of($1, $2)",
            r => (new UnitId(r.GetInt32(0)), (Metric)r.GetInt16(1), (int)r.GetInt16(2), Figures.Now, r.GetInt64(3)), ct, units.Select(unit => unit.Value).ToArray(), clock.Today())));

    private async Task<Dictionary<TId, Figures>> GroupAsync<TId>(string child, string counter, string delta, Func<int, TId> id, object key, CancellationToken ct) where TId : struct
    {
        var today = clock.Today();
        var rows = await db.Connection.RowsAsync(Sum(child + ", ", [counter], delta, "1, 2, 3, 4"),
            r => (id(r.GetInt32(0)), (Metric)r.GetInt16(1), (int)r.GetInt16(2), r.GetFieldValue<DateOnly>(3), r.GetInt64(4)), ct, today.AddDays(-1), today, key);
        return Gather(rows);
    }

    private Dictionary<TId, Figures> Gather<TId>(IEnumerable<(TId Id, Metric Metric, int Detail, DateOnly Day, long N)> rows) where TId : struct
    {
        var all = new Dictionary<TId, Figures>();
        foreach (var row in rows)
        {
            if (!all.TryGetValue(row.Id, out var figures)) all[row.Id] = figures = new Figures { AsOf = clock.GetUtcNow(), Today = clock.Today() };
            figures.Add(row.Metric, row.Detail, row.Day, row.N);
        }
        return all;
    }

    private async Task<T> KeptAsync<T>(string what, FigureScope scope, Func<Task<T>> read, Func<T, T> again, Func<T, long> size) where T : class
    {
        var question = new FigureShelf.Question(what, scope, clock.Today(), db.Scope.Mark);
        // Read before the figures: what is counted in between is read once more, never missed. Whoever has written reads what is there now.
        var stamp = db.Visitor!.Figures;
        if (!db.HasTold && shelf.Find<T>(question, stamp) is { } kept) return again(kept);
        var figures = await read();
        if (!db.HasTold) shelf.Keep(question, stamp, figures, size(figures));
        return figures;
    }

    private Task<Dictionary<TId, Figures>> KeptGroupsAsync<TId>(string what, FigureScope scope, Func<Task<Dictionary<TId, Figures>>> read) where TId : struct =>
        KeptAsync(what, scope, read, groups => groups.ToDictionary(pair => pair.Key, pair => pair.Value.At(clock.GetUtcNow())), groups => groups.Values.Sum(figures => figures.Size));
}
