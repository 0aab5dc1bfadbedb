using System.Globalization;
using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Cases;

/// <summary>A list of cases as it stands in an address, both ways: so that each figure opens to its list and a list can be sent to a colleague.</summary>
public static class CaseAddress
{
    public static string Of(CaseFilter filter, string? behind = null) => Links.With(Links.Cases,
        ("class", filter.Class?.ToString()), ("outcome", filter.Outcome?.ToString()), ("disease", filter.Disease), ("unit", filter.Unit.Value == 0 ? null : filter.Unit.ToString()), ("area", AreaText(filter.Area)),
        ("from", DayText(filter.From)), ("to", DayText(filter.To)), ("undated", filter.Undated ? "yes" : null), ("severity", filter.Severity?.ToString(CultureInfo.InvariantCulture)), ("import", filter.Import?.ToString()),
        ("sort", filter.OldestFirst ? "oldest" : null), ("behind", behind));

    /// <summary>What the address names. The days are read apart: a person types them as people do, a link carries them as programs do.</summary>
    public static CaseFilter Read(FilterQuery query, AreaStore areas, DateOnly? from, DateOnly? to) => new()
    {
        Class = query.Word<CaseClass>("class"),
        Outcome = query.Word<CaseOutcome>("outcome"),
        Disease = query.OneOf("disease", [.. Diseases.All]),
        Unit = query.Unit("unit"),
        Area = query.Area("area", areas),
        From = from,
        To = to,
        Undated = query.OneOf("undated", "yes") is not null,
        Severity = query.Number("severity", 5),
        Import = query.Import("import"),
        OldestFirst = query.OneOf("sort", "oldest", "newest") == "oldest",
    };

    /// <summary>The list behind a figure of a board; null where the figure is not one of cases.</summary>
    public static CaseFilter? Behind(string figure, FigureScope scope, DateOnly today)
    {
        var confirmed = new CaseFilter { Class = CaseClass.Confirmed, Unit = scope.Unit, Area = scope.OfUnit ? default : scope.Area };
        return figure switch
        {
            "positives" => confirmed,
            "positives-today" => confirmed with { From = today, To = today },
            _ when figure.StartsWith("outcome-", StringComparison.Ordinal) => confirmed with { Outcome = (CaseOutcome)(figure[^1] - '0') },
            _ => null,
        };
    }

    private static string? AreaText(AreaKeys area) => area.Commune.Value != 0 ? area.Commune.ToString() : area.District.Value != 0 ? area.District.ToString() : area.Known ? area.Province.ToString() : null;

    private static string? DayText(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
