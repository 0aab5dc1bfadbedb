using PhongTuyen.Units;

namespace PhongTuyen.Bench.Province;

/// <summary>Facilities with their licence, rooms of four beds and beds; a large hospital has twice the beds of a camp, with intensive care.</summary>
internal static class FacilityRows
{
    private const int BedsOfCamp = 160;
    private const int BedsOfHospital = 320;
    private const int BedsOfRoom = 4;

    public static IReadOnlyList<GroundFacility> Write(ProvinceLoader loader, IReadOnlyList<GroundUnit> units, Guid by)
    {
        var (made, room, bed) = (new List<GroundFacility>(), 0, 0);
        var now = loader.Clock.GetUtcNow();
        var since = new DateOnly(2021, 6, 1);
        using var facilities = new TableCopy(loader, "quarantine_facility", "unit_id, province_id, district_id, commune_id, observation, treatment, tier, opened_on, paper");
        using var licences = new TableCopy(loader, "quarantine_licence", "unit_id, province_id, district_id, commune_id, class, since, places, paper, entered_at, entered_by");
        using var rooms = new TableCopy(loader, "quarantine_room", "id, unit_id, province_id, district_id, commune_id, wing, name");
        using var beds = new TableCopy(loader, "quarantine_bed", "id, room_id, unit_id, province_id, district_id, commune_id, label, class, icu, oxygen");
        foreach (var unit in units)
        {
            var tier = unit.Kind switch { UnitKind.CityHospital => (short)3, UnitKind.FieldHospital => (short)2, UnitKind.DistrictHospital => (short)1, _ => (short)0 };
            var (camp, of) = (tier == 0, (short)(tier == 0 ? 10 : 20 + tier));
            var (p, d, c) = (unit.Area.Province.Value, unit.Area.District.Value, unit.Area.Commune.Value);
            var own = new List<GroundBed>();
            facilities.Row(unit.Id, p, d, c, camp, !camp, camp ? null : tier, since, "15/QĐ-UBND");
            licences.Row(unit.Id, p, d, c, of, since, camp ? BedsOfCamp : BedsOfHospital, "15/QĐ-UBND", now, by);
            for (var i = 0; i < (camp ? BedsOfCamp : BedsOfHospital); i++)
            {
                if (i % BedsOfRoom == 0) rooms.Row(++room, unit.Id, p, d, c, $"Dãy {(char)('A' + i / 80)}", $"P{101 + i / BedsOfRoom}");
                var one = new GroundBed(++bed, of, tier == 3 && i < 32, !camp);
                beds.Row(one.Id, room, unit.Id, p, d, c, $"G{i % BedsOfRoom + 1}", of, one.Icu, one.Oxygen);
                own.Add(one);
            }
            made.Add(new GroundFacility(unit, camp, tier, own));
        }
        facilities.Complete();
        licences.Complete();
        rooms.Complete();
        beds.Complete();
        return made;
    }
}
