using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

/// <summary>The SQL of a list of cases: one branch for each class and each column of the scope, so that every branch is a range of one index.</summary>
internal sealed class CaseQuery
{
    private readonly List<object?> values = [];
    private readonly List<(string Test, string? Keys)> branches = [];
    private readonly string where;
    private readonly string order;

    public IReadOnlyList<object?> Values => values;

    public CaseQuery(CaseFilter filter, Scope scope, string? behind)
    {
        var tests = new List<string>();
        if (filter.Outcome is { } outcome) tests.Add($"c.outcome = {Value((short)outcome)}");
        if (filter.Disease is { } disease) tests.Add($"c.disease = {Value(disease)}");
        if (filter.From is { } from) tests.Add($"c.listed_on >= {Value(from)}");
        if (filter.To is { } to) tests.Add($"c.listed_on <= {Value(to)} AND c.listed_on > '-infinity'");
        if (filter.Undated) tests.Add("c.listed_on = '-infinity'");
        if (filter.Severity is { } severity) tests.Add($"c.severity = {Value(severity)}");
        if (filter.Import is { } import) tests.Add($"c.import_id = {Value(import.Value)}");
        if (behind?.Split('_') is [var day, var id] && Guid.TryParse(id, out var last))
            tests.Add($"(c.listed_on, c.id) {(filter.OldestFirst ? ">" : "<")} ({(int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateOnly.MaxValue.DayNumber ? Value(DateOnly.FromDayNumber(number)) : "'-infinity'")}, {Value(last)})");
        where = string.Concat(tests.Select(test => " AND " + test));
        order = filter.OldestFirst ? "listed_on, id" : "listed_on DESC, id DESC";
        var classes = filter.Class is { } one ? [one] : Enum.GetValues<CaseClass>();
        foreach (var (test, keys) in Roots(filter, scope))
            foreach (var of in classes) branches.Add(($"{test} AND c.classification = {(short)of}", keys));
    }

    /// <summary>Each subtree of the scope, or the part of it that the filter names. The row policies check it again.</summary>
    private List<(string Test, string? Keys)> Roots(CaseFilter filter, Scope scope)
    {
        if (filter.Unit.Value != 0) return [($"c.unit_id = {Value(filter.Unit.Value)}" + AreaTest(filter.Area), null)];
        if (filter.Area.Known) return [(AreaTest(filter.Area)[" AND ".Length..], null)];
        (string Column, int[] Keys)[] roots =
        [
            ("province_id", [.. scope.Provinces.Select(id => id.Value)]), ("district_id", [.. scope.Districts.Select(id => id.Value)]),
            ("commune_id", [.. scope.Communes.Select(id => id.Value)]), ("unit_id", [.. scope.Units.Select(id => id.Value)]),
        ];
        return [.. roots.Where(root => root.Keys.Length > 0).Select(root => ($"c.{root.Column} = k.key", (string?)Value(root.Keys)))];
    }

    private string AreaTest(AreaKeys area) => area.Commune.Value != 0 ? $" AND c.commune_id = {Value(area.Commune.Value)}" : area.District.Value != 0 ? $" AND c.district_id = {Value(area.District.Value)}" : area.Known ? $" AND c.province_id = {Value(area.Province.Value)}" : "";

    private string Value(object value)
    {
        values.Add(value);
        return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
    }

    public string Sql(int most) => $"""
        WITH found AS (
          SELECT DISTINCT ON (listed_on, id) * FROM ({(branches.Count == 0 ? Select("false", most) : string.Join("\n UNION ALL ", branches.Select(branch => One(branch, most))))}) every ORDER BY {order} LIMIT {most})
        SELECT f.id, f.person_id, coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex, f.disease, f.code, f.classification, f.outcome, f.outcome_on, f.severity, f.onset_on, f.reported_on, u.name, f.province_id, f.district_id, f.commune_id
        FROM found f JOIN pt.person p ON p.id = f.person_id JOIN pt.unit u ON u.id = f.unit_id ORDER BY {string.Join(", ", order.Split(", ").Select(key => "f." + key))}
        """;

    private string One((string Test, string? Keys) branch, int most) => branch.Keys is { } keys
        ? $"(SELECT x.* FROM unnest({keys}::int[]) k(key) CROSS JOIN LATERAL {Select(branch.Test, most)} x)"
        : Select(branch.Test, most);

    private string Select(string test, int most) => $"(SELECT c.* FROM pt.case_record c WHERE {test}{where} ORDER BY {string.Join(", ", order.Split(", ").Select(key => "c." + key))} LIMIT {most})";
}
