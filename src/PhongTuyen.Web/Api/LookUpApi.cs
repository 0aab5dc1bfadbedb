using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Units;

namespace PhongTuyen.Web.Api;

/// <summary>Names for choosing: areas and offices. Open to all staff, without persons.</summary>
internal static class LookUpApi
{
    public sealed record Hit(int Id, string Name, string Path);

    public static WebApplication MapAreas(this WebApplication app)
    {
        app.MapGet("/api/areas", (string? q, string? asOf, int? within, AreaStore areas, TimeProvider clock) =>
                areas.Book.Search(q, DateInput.TryDate(asOf, clock.Today(), out var day) ? day : clock.Today(), within is { } id ? new AreaId(id) : null).Select(hit => new Hit(hit.Id.Value, hit.Name, hit.Path)))
            .WithDoor("Api/Areas").WithSummary("Administrative units by any spelling, as of a day; at most 20.");
        return app;
    }

    public static WebApplication MapUnits(this WebApplication app)
    {
        app.MapGet("/api/units", async (string? q, bool? facilities, Db db, FigureReader figures, Screen s, CancellationToken ct) =>
            {
                if (VietnameseText.Fold(q).Length < 2) return [];
                UnitKind[] kinds = facilities == true ? [UnitKind.CityHospital, UnitKind.DistrictHospital, UnitKind.PrivateHospital, UnitKind.FieldHospital, UnitKind.Camp, UnitKind.DistrictHealthCentre, UnitKind.Other] : [];
                var found = await UnitTree.SearchAsync(db, q!, kinds, default, ct);
                var places = facilities == true && found.Count > 0 ? await figures.PlacesOfAsync([.. found.Select(unit => unit.Id)], ct) : [];
                await db.CommitAsync(ct);
                return (IReadOnlyList<Hit>)[.. found.Select(unit => new Hit(unit.Id.Value, unit.Name, string.Join(" · ", [.. places.TryGetValue(unit.Id, out var f) ? Room(f, s) : [], unit.Telephone ?? ""]).TrimEnd(' ', '·')))];
            }).WithDoor("Api/Units").WithSummary("Offices by name; at most 20; facilities with their free places.");
        return app;
    }

    /// <summary>Who chooses where to send somebody sees where there is room.</summary>
    private static IEnumerable<string> Room(Figures places, Screen s) =>
        new (string Key, Func<int, bool> Of)[] { ("free-observation", BoardSums.IsObservation), ("free-treatment", BoardSums.IsTreatment) }
            .Where(kind => BoardSums.Open(places, kind.Of) > 0).Select(kind => $"{s[$"board.{kind.Key}.short"]}: {Screen.Show(BoardSums.Free(places, kind.Of))}");
}
