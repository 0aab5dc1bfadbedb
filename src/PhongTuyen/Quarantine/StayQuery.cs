using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>
/// The SQL of a list of stays: one branch for each column of the scope (and state, where that is asked for), so that every branch is a range of one index. Where the
/// scope has areas, its units add only what the areas do not hold already: they are asked only for what comes before the end of the areas' page.
/// </summary>
internal sealed class StayQuery
{
    private readonly List<object?> values = [];
    private readonly List<Branch> branches = [];
    private readonly List<Branch> near = [];
    private readonly string? units;
    private readonly string[] stateTests;
    private readonly string where;

    public IReadOnlyList<object?> Values => values;

    /// <summary>Whether the list is of areas, to which units of the scope may add what they have elsewhere.</summary>
    public static bool AsksUnits(StayFilter filter, Scope scope) => filter.Unit.Value == 0 && !filter.Area.Known && scope.Units.Count > 0 && scope.HasAreas;

    /// <summary>Whether the list is of hundreds of units, whose newest stays mostly lie among the newest of their provinces.</summary>
    public static bool LooksNear(StayFilter filter, Scope scope) => filter.Unit.Value == 0 && !filter.Area.Known && filter.Day is null && scope.ManyUnits && !scope.HasAreas;

    /// <param name="family">The area of the filter, and what went into it as a whole.</param>
    /// <param name="beyond">The units of the scope that may have stays outside of its areas, where <see cref="AsksUnits"/> says so.</param>
    /// <param name="provinces">All provinces in which units of the scope have ever had a stay, where <see cref="LooksNear"/> says so.</param>
    public StayQuery(StayFilter filter, IReadOnlyList<AreaId> family, Scope scope, int[] beyond, int[] provinces, DateTimeOffset now, string? behind)
    {
        var begins = now;
        var tests = new List<string>();
        if (filter.Class is { } of) tests.Add($"s.class = {Value((short)of)}");
        if (filter.Tier is { } tier) tests.Add($"s.tier = {Value(tier)}");
        if (filter.Severity is { } severity) tests.Add($"s.severity = {Value((short)severity)}");
        if (filter.Place is { } place) tests.Add($"s.place = {Value((short)place)}");
        if (filter.EndedAs is { } end) tests.Add($"s.ended_as = {Value((short)end)}");
        // The list is kept in the order of the end, else of the arrival, so that a day of either is a range of it.
        if (filter.Day is { } day)
            tests.Add(filter.EndedAs is null ? $"s.arrived_on = {Value(day)} AND s.listed_at >= {Value(day.AtLocal())}" : $"s.ended_on = {Value(day)} AND s.listed_at >= {Value(day.AtLocal())} AND s.listed_at < {Value(day.AddDays(1).AtLocal())}");
        if (filter.ByTransfer) tests.Add("s.via_transfer");
        if (filter.NotByTransfer) tests.Add("NOT s.via_transfer");
        if (filter.DueOn is { } due) tests.Add($"s.planned_end = {Value(due)}");
        if (filter.DueBefore is { } before) tests.Add($"s.planned_end < {Value(before)}");
        if (filter.WithoutBed) tests.Add("s.bed_id IS NULL");
        if (filter.StartUnknown) tests.Add("s.arrived_on IS NULL");
        if (filter.NoPlannedEnd) tests.Add("s.planned_end IS NULL");
        if (filter.Disputed) tests.Add("s.disputed");
        if (filter.Import is { } import) tests.Add($"s.import_id = {Value(import.Value)}");
        if (behind?.Split('_') is [var at, var id] && Guid.TryParse(id, out var last))
        {
            begins = Clock.OfTicks(at) ?? DateTimeOffset.MinValue;
            tests.Add($"(s.listed_at, s.id) < ({Value(begins)}, {Value(last)})");
        }
        where = string.Concat(tests.Select(test => " AND " + test));
        StayState[] states = filter.State is { } state ? [state] : filter.Day is not null || filter.EndedAs is not null || filter.StartUnknown
            ? filter.EndedAs is not null ? [StayState.Ended] : [StayState.InHouse, StayState.Absent, StayState.OnTheWay, StayState.Ended] : [StayState.Expected, StayState.InHouse, StayState.Absent, StayState.OnTheWay, StayState.Ended];
        // All who came or are on the way are one range of an index; the expected lie in the future, and would stand in its way.
        stateTests = states is [var only] ? [$"s.state = {(short)only}"] : [.. states.Contains(StayState.Expected) ? [$"s.state = {(short)StayState.Expected}"] : Array.Empty<string>(), $"s.state BETWEEN {(short)StayState.InHouse} AND {(short)StayState.Ended}"];
        // What is rare has indexes of its own, by state.
        var rare = filter.WithoutBed || filter.StartUnknown || filter.Disputed;
        string[] ranges = rare ? [.. states.Select(one => $"s.state = {(short)one}")] : stateTests;
        var roots = Roots(filter, family, scope);
        foreach (var (test, keys) in roots)
            foreach (var among in ranges) branches.Add(new($"{test} AND {among}", keys));
        if (provinces.Length > 0)
        {
            // The test of units is one that no index answers, so that the rows are gone through in their order.
            var (keys, test) = (Keys(provinces), $"s.province_id = k.key AND s.listed_at >= {Value(ManyRoots.Since(begins, now))} AND (s.unit_id = ANY ({roots[0].Keys.Value}::int[])) IS TRUE");
            foreach (var among in ranges) near.Add(new($"{test} AND {among}", keys));
        }
        if (beyond.Length > 0) units = Value(beyond) + "::int[]";
    }

    /// <summary>One range of one index.</summary>
    /// <param name="Keys">The keys k.key of many subtrees; none where the test names one.</param>
    private sealed record Branch(string Test, RootKeys Keys);

    /// <summary>Each subtree of the scope, or the part of it that the filter names; of a scope with areas these alone. The row policies check it again.</summary>
    private List<(string Test, RootKeys Keys)> Roots(StayFilter filter, IReadOnlyList<AreaId> family, Scope scope)
    {
        if (filter.Unit.Value != 0) return [($"s.unit_id = {Value(filter.Unit.Value)}" + AreaTest(filter.Area), default)];
        if (filter.Area.Known && family.Count > 1) return [($"s.{filter.Area.Column()} = k.key{Known(filter.Area.Column())}", Keys([.. family.Select(area => area.Value)]))];
        if (filter.Area.Known) return [(AreaTest(filter.Area)[" AND ".Length..], default)];
        (string Column, int[] Keys)[] areas =
        [
            ("province_id", [.. scope.Provinces.Select(id => id.Value)]), ("district_id", [.. scope.Districts.Select(id => id.Value)]), ("commune_id", [.. scope.Communes.Select(id => id.Value)]),
        ];
        var roots = areas.Where(root => root.Keys.Length > 0).ToList();
        if (roots.Count == 0 && scope.Units.Count > 0) roots.Add(("unit_id", [.. scope.Units.Select(id => id.Value)]));
        return [.. roots.Select(root => ($"s.{root.Column} = k.key{Known(root.Column)}", Keys(root.Keys)))];
    }

    private RootKeys Keys(int[] keys) => new(Value(keys), keys.Length);

    /// <summary>The indexes of districts and communes leave out what is not known; only who says so may use them.</summary>
    private static string Known(string column) => column is "district_id" or "commune_id" ? $" AND s.{column} <> 0" : "";

    private string AreaTest(AreaKeys area) => area.Commune.Value != 0 ? $" AND s.commune_id = {Value(area.Commune.Value)}{Known("commune_id")}" : area.District.Value != 0 ? $" AND s.district_id = {Value(area.District.Value)}{Known("district_id")}" : area.Known ? $" AND s.province_id = {Value(area.Province.Value)}" : "";

    private string Value(object value)
    {
        values.Add(value);
        return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Of the last days alone; null: they are not looked at first.</summary>
    public string? Near(int most) => near.Count == 0 ? null : Sql(near, most);

    public string Sql(int most) => Sql(branches, most);

    private string Sql(List<Branch> of, int most) => $"""
        WITH early AS MATERIALIZED ({Page(of, most)}),
        found AS ({(units is null ? "SELECT * FROM early" : $"""
          SELECT DISTINCT ON (listed_at, id) * FROM (SELECT * FROM early {string.Concat(stateTests.Select(test => $" UNION ALL {Select($"s.unit_id = ANY ({units}) AND {test} AND (s.listed_at, s.id) >= {ManyRoots.Bound("early", "listed_at", false, most)}", most)}"))}) every
          ORDER BY listed_at DESC, id DESC LIMIT {most}
          """)})
        SELECT f.id, f.person_id, {Seals.Shown}, p.birth, coalesce(p.birth_precision, 0), coalesce(p.sex, 0), f.unit_id, u.name, f.place, f.class, f.tier, f.severity, f.state, f.ended_as,
          (SELECT concat_ws(' · ', nullif(r.wing, ''), r.name, b.label) FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id WHERE b.id = f.bed_id),
          f.arrived_at, f.expected_at, f.ended_at, f.planned_end, f.reason,
          EXISTS (SELECT 1 FROM pt.case_record c WHERE c.person_id = f.person_id AND c.classification = 3), f.listed_at
        FROM found f LEFT JOIN pt.person p ON p.id = f.person_id JOIN pt.unit u ON u.id = f.unit_id ORDER BY f.listed_at DESC, f.id DESC
        """;

    private string Page(List<Branch> of, int most) => ManyRoots.Page(of.Count == 0 ? [Select("false", most)] : [.. of.Select(branch => One(branch, most))], "listed_at", false, most);

    private string One(Branch branch, int most) => branch.Keys.Value is not null
        ? ManyRoots.First(branch.Keys, "listed_at", false, "s", most, (columns, further, limit) => Select(branch.Test + further, limit, columns))
        : Select(branch.Test, most);

    private string Select(string test, int most, string? columns = null) => $"""
        (SELECT {columns ?? "s.id, s.person_id, s.unit_id, s.place, s.class, s.tier, s.severity, s.state, s.ended_as, s.bed_id, s.arrived_at, s.expected_at, s.ended_at, s.planned_end, s.reason, s.listed_at"}
         FROM pt.quarantine_stay s WHERE {test}{where} ORDER BY s.listed_at DESC, s.id DESC LIMIT {most})
        """;
}
