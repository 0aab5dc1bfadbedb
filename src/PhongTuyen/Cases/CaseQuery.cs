using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>
/// The SQL of a list of cases: one branch for each column of the scope, of areas one for each class, so that every branch is a range of one index. Where the
/// scope has areas, its units add only what the areas do not hold already: they are asked only for what comes before the end of the areas' page.
/// </summary>
internal sealed class CaseQuery
{
    private readonly List<object?> values = [];
    private readonly List<(string Test, RootKeys Keys)> branches = [];
    private readonly string where;
    private readonly string order;
    private readonly string classes;
    private readonly string? units;
    private readonly bool manyUnits;
    private readonly bool oldestFirst;
    private readonly string? near;

    public IReadOnlyList<object?> Values => values;

    /// <param name="family">The area of the filter, and what went into it as a whole.</param>
    public CaseQuery(CaseFilter filter, IReadOnlyList<AreaId> family, Scope scope, DateOnly today, string? behind)
    {
        var begins = filter.To ?? today;
        var tests = new List<string>();
        if (filter.Outcome is { } outcome) tests.Add($"c.outcome = {Value((short)outcome)}");
        if (filter.Disease is { } disease) tests.Add($"c.disease = {Value(disease)}");
        if (filter.From is { } from) tests.Add($"c.listed_on >= {Value(from)}");
        if (filter.To is { } to) tests.Add($"c.listed_on <= {Value(to)} AND c.listed_on > '-infinity'");
        if (filter.Undated) tests.Add("c.listed_on = '-infinity'");
        if (filter.Severity is { } severity) tests.Add($"c.severity = {Value(severity)}");
        if (filter.Import is { } import) tests.Add($"c.import_id = {Value(import.Value)}");
        if (behind?.Split('_') is [var day, var id] && Guid.TryParse(id, out var last))
        {
            var known = int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateOnly.MaxValue.DayNumber;
            begins = known ? DateOnly.FromDayNumber(number) : DateOnly.MinValue;
            tests.Add($"(c.listed_on, c.id) {(filter.OldestFirst ? ">" : "<")} ({(known ? Value(begins) : "'-infinity'")}, {Value(last)})");
        }
        where = string.Concat(tests.Select(test => " AND " + test));
        oldestFirst = filter.OldestFirst;
        order = oldestFirst ? "listed_on, id" : "listed_on DESC, id DESC";
        var classes = filter.Class is { } one ? [one] : Enum.GetValues<CaseClass>();
        this.classes = string.Join(", ", classes.Select(of => (short)of));
        var roots = Roots(filter, family, scope);
        var ofScope = filter.Unit.Value == 0 && !filter.Area.Known;
        // A unit keeps its cases in one order too, whatever their class; an area only by class.
        var inOneOrder = filter.Class is null && (filter.Unit.Value != 0 || (ofScope && !scope.HasAreas));
        foreach (var (test, keys, _) in roots.Where(root => !root.Late))
            branches.AddRange(inOneOrder ? [(test, keys)] : classes.Select(of => ($"{test} AND c.classification = {(short)of}", keys)));
        units = roots.FirstOrDefault(root => root.Late).Keys.Value;
        manyUnits = scope.ManyUnits;
        // Of hundreds of units alone. The test of units is one that no index answers, so that the cases are gone through in their order.
        if (manyUnits && ofScope && !scope.HasAreas && !oldestFirst)
            near = $"c.listed_on >= {Value(ManyRoots.Since(begins, today))} AND (c.unit_id = ANY ({roots[0].Keys.Value}::int[])) IS TRUE AND c.classification IN ({this.classes})";
    }

    private RootKeys Keys(int[] keys) => new(Value(keys), keys.Length);

    /// <summary>Each subtree of the scope, or the part of it that the filter names. The row policies check it again.</summary>
    /// <returns>Late: the units of a scope that has areas too.</returns>
    private List<(string Test, RootKeys Keys, bool Late)> Roots(CaseFilter filter, IReadOnlyList<AreaId> family, Scope scope)
    {
        // The row policy also shows the other cases of a person whom somebody looks after; the list is of those that the scope holds, as the figures are.
        var held = " AND " + Scope.Test("c.unit_id", "c.");
        if (filter.Unit.Value != 0) return [($"c.unit_id = {Value(filter.Unit.Value)}{AreaTest(filter.Area)}{held}", default, false)];
        if (filter.Area.Known && family.Count > 1) return [($"c.{filter.Area.Column()} = k.key{Known(filter.Area.Column())}{held}", Keys([.. family.Select(area => area.Value)]), false)];
        if (filter.Area.Known) return [(AreaTest(filter.Area)[" AND ".Length..] + held, default, false)];
        (string Column, int[] Keys)[] roots =
        [
            ("province_id", [.. scope.Provinces.Select(id => id.Value)]), ("district_id", [.. scope.Districts.Select(id => id.Value)]),
            ("commune_id", [.. scope.Communes.Select(id => id.Value)]), ("unit_id", [.. scope.Units.Select(id => id.Value)]),
        ];
        return [.. roots.Where(root => root.Keys.Length > 0).Select(root => ($"c.{root.Column} = k.key{Known(root.Column)}", Keys(root.Keys), scope.HasAreas && root.Column == "unit_id"))];
    }

    /// <summary>The indexes of districts and communes leave out what is not known; only who says so may use them.</summary>
    private static string Known(string column) => column is "district_id" or "commune_id" ? $" AND c.{column} <> 0" : "";

    private string AreaTest(AreaKeys area) => area.Commune.Value != 0 ? $" AND c.commune_id = {Value(area.Commune.Value)}{Known("commune_id")}" : area.District.Value != 0 ? $" AND c.district_id = {Value(area.District.Value)}{Known("district_id")}" : area.Known ? $" AND c.province_id = {Value(area.Province.Value)}" : "";

    private string Value(object value)
    {
        values.Add(value);
        return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Of the last days alone; null: they are not looked at first.</summary>
    public string? Near(int most) => near is null ? null : Sql(Select(near, most), most);

    public string Sql(int most) => Sql(Page(most), most);

    private string Sql(string early, int most) => $"""
        WITH early AS MATERIALIZED ({early}),
        found AS ({(units is null ? "SELECT * FROM early" : $"""
          SELECT DISTINCT ON (listed_on, id) * FROM (SELECT * FROM early UNION ALL {Late(most)}) every ORDER BY {order} LIMIT {most}
          """)})
        SELECT f.id, f.person_id, {Seals.Shown}, p.birth, coalesce(p.birth_precision, 0), coalesce(p.sex, 0), f.disease, CASE WHEN p.id IS NOT NULL THEN f.code END, f.classification, f.outcome, f.outcome_on, f.severity, f.onset_on, f.reported_on, u.name, f.province_id, f.district_id, f.commune_id
        FROM found f LEFT JOIN pt.person p ON p.id = f.person_id JOIN pt.unit u ON u.id = f.unit_id ORDER BY {string.Join(", ", order.Split(", ").Select(key => "f." + key))}
        """;

    private string Page(int most) => ManyRoots.Page(branches.Count == 0 ? [Select("false", most)] : [.. branches.Select(branch => One(branch, most))], "listed_on", oldestFirst, most);

    /// <summary>What the units add. Behind a full page of a province lie so few, of all units together, that hundreds of units are not asked one by one.</summary>
    private string Late(int most)
    {
        var rest = Select($"c.unit_id = ANY ({units}::int[]) AND c.classification IN ({classes}) AND (c.listed_on, c.id) {Bound(most)}", most);
        if (!manyUnits) return rest;
        return $"""
            {Select($"c.unit_id + 0 = ANY ({units}::int[]) AND c.classification IN ({classes}) AND (SELECT count(*) FROM early) = {most} AND (c.listed_on, c.id) {(oldestFirst ? "<=" : ">=")} (SELECT listed_on, id FROM early ORDER BY {order} OFFSET {most - 1} LIMIT 1)", most)}
            UNION ALL (SELECT * FROM {rest} c WHERE (SELECT count(*) FROM early) < {most})
            """;
    }

    /// <summary>Before the end of the areas' page; everything where that is not full.</summary>
    private string Bound(int most) => (oldestFirst ? "<= " : ">= ") + ManyRoots.Bound("early", "listed_on", oldestFirst, most);

    private string One((string Test, RootKeys Keys) branch, int most) => branch.Keys.Value is not null
        ? ManyRoots.First(branch.Keys, "listed_on", oldestFirst, "c", most, (columns, further, limit) => Select(branch.Test + further, limit, columns))
        : Select(branch.Test, most);

    private string Select(string test, int most, string? columns = null) => $"(SELECT {columns ?? "c.*"} FROM pt.case_record c WHERE {test}{where} ORDER BY {string.Join(", ", order.Split(", ").Select(key => "c." + key))} LIMIT {most})";
}
