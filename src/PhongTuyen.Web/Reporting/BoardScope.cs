using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;

namespace PhongTuyen.Web.Reporting;

/// <summary>What a board is about, as it stands in an address: <c>country</c>, <c>area/214</c>, <c>unit/12</c>.</summary>
public static class BoardScope
{
    public static string Text(FigureScope scope) => scope.OfUnit ? $"unit/{scope.Unit}" : scope.Level switch
    {
        AreaLevel.Province => $"area/{scope.Area.Province}",
        AreaLevel.District => $"area/{scope.Area.District}",
        AreaLevel.Commune => $"area/{scope.Area.Commune}",
        _ => "country",
    };

    public static FigureScope? Read(string? text, AreaStore areas) => text?.Split('/') switch
    {
        ["country"] => FigureScope.Country,
        ["area", var id] when AreaId.TryParse(id, out var area) && areas.Book.Find(area) is not null => FigureScope.Of(areas.Book.Keys(area)),
        ["unit", var id] when UnitId.TryParse(id, out var unit) && unit.Value != 0 => FigureScope.Of(unit),
        _ => null,
    };

    /// <summary>Whether the visitor's grants cover it. The row policies would show nothing else anyway; here it becomes a 404.</summary>
    public static bool Within(FigureScope of, Scope scope) => of.OfUnit ? scope.Units.Contains(of.Unit) || scope.Provinces.Count + scope.Districts.Count + scope.Communes.Count > 0 : of.Level switch
    {
        AreaLevel.Country => scope.Provinces.Contains(AreaStore.Country),
        _ => scope.Provinces.Contains(of.Area.Province) || scope.Districts.Contains(of.Area.District) || scope.Communes.Contains(of.Area.Commune),
    };
}
