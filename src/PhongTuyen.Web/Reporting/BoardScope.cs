using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Units.Contract;

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

    /// <summary>Whether the visitor's grants cover it: an area by its keys, a unit by its own tree or by where it stands. The row policies would show nothing else anyway; here it becomes a 404.</summary>
    public static async Task<bool> WithinAsync(FigureScope of, Db db, CancellationToken ct) => of.OfUnit
        ? await db.AreaOfAsync(of.Unit, ct) is { } stands && db.Scope.Covers(of.Unit, stands)
        : Within(of.Level, of.Area, db.Scope);

    public static bool Within(AreaLevel level, AreaKeys area, Scope scope) =>
        level == AreaLevel.Country ? scope.Provinces.Contains(AreaStore.Country) : scope.Provinces.Contains(area.Province) || scope.Districts.Contains(area.District) || scope.Communes.Contains(area.Commune);

    /// <summary>The figures of just what a list shows: of a unit, of an area that the scope covers, else of the whole scope. Null where no counter stands for it.</summary>
    public static async Task<Figures?> OfListAsync(UnitId unit, AreaKeys area, FigureReader figures, Scope scope, CancellationToken ct) =>
        unit.Value != 0 ? area.Known ? null : await figures.OfAsync(FigureScope.Of(unit), ct)
        : !area.Known ? await figures.OfVisitorAsync(ct)
        : FigureScope.Of(area) is var of && Within(of.Level, area, scope) ? await figures.OfAsync(of, ct) : null;
}
