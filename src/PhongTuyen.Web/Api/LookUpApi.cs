using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
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
        app.MapGet("/api/units", async (string? q, bool? facilities, Db db, CancellationToken ct) =>
            {
                if (VietnameseText.Fold(q).Length < 2) return [];
                UnitKind[] kinds = facilities == true ? [UnitKind.CityHospital, UnitKind.DistrictHospital, UnitKind.PrivateHospital, UnitKind.FieldHospital, UnitKind.Camp, UnitKind.DistrictHealthCentre, UnitKind.Other] : [];
                var found = await UnitTree.SearchAsync(db, q!, kinds, default, ct);
                await db.CommitAsync(ct);
                return (IReadOnlyList<Hit>)[.. found.Select(unit => new Hit(unit.Id.Value, unit.Name, unit.Telephone ?? ""))];
            }).WithDoor("Api/Units").WithSummary("Offices by name; at most 20.");
        return app;
    }
}
