using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Web.Areas;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>The form of a unit, new or old.</summary>
public sealed class UnitFields
{
    public int BaseVersion { get; set; }
    public string? Name { get; set; }
    public string? Code { get; set; }
    public UnitKind? Kind { get; set; }
    public AreaId? Area { get; set; }
    public string? AreaText { get; set; }
    public AreaId? Covers { get; set; }
    public string? CoversText { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }
    public string? Address { get; set; }

    public static UnitFields Of(Unit unit, AreaBook book)
    {
        var area = unit.CommuneId.Value != 0 ? unit.CommuneId : unit.DistrictId.Value != 0 ? unit.DistrictId : unit.ProvinceId;
        return new UnitFields
        {
            BaseVersion = unit.Version, Name = unit.Name, Code = unit.Code, Kind = unit.Kind, Telephone = unit.Telephone, Email = unit.Email, Address = unit.Address,
            Area = area, AreaText = book.Path(area), Covers = unit.CoversAreaId, CoversText = unit.CoversAreaId is { } covers ? book.Path(covers) : null,
        };
    }

    /// <summary>Where it stands and what it looks after, as far as they were written.</summary>
    public Outcome<(AreaKeys Area, AreaId? Covers)> Places(AreaStore areas, DateOnly today)
    {
        var area = AreaPick.ReadOrNone(areas, Area, AreaText, today, "areaText");
        var covers = AreaPick.ReadOrNone(areas, Covers, CoversText, today, "coversText");
        if (!area.Done || !covers.Done) return (List<Problem>)[.. area.Problems, .. covers.Problems];
        return (area.Value is { } id ? areas.Book.Keys(id) : AreaKeys.Unknown, covers.Value);
    }
}
