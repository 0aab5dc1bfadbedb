using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Bench.Province;

internal sealed record GroundUnit(int Id, string Code, UnitKind Kind, AreaKeys Area, Guid Clerk);

internal sealed record GroundBed(int Id, short Class, bool Icu, bool Oxygen);

internal sealed record GroundFacility(GroundUnit Unit, bool Observation, short Tier, IReadOnlyList<GroundBed> Beds);

/// <summary>
/// What stands before the first person comes: the districts and communes of a real province (Đồng Nai, 11 districts, 170 communes) under
/// numbers of their own, a health centre for each district and a station for each commune, facilities with rooms and beds, and accounts.
/// </summary>
internal sealed class Ground
{
    public const int FirstArea = 800_000;
    private const string ProvinceCode = "75";
    private const string AsOf = "2021-11-01";

    private readonly List<GroundUnit> units = [];

    public IReadOnlyList<AreaKeys> Communes { get; private set; } = [];
    public IReadOnlyDictionary<int, GroundUnit> Stations { get; private set; } = new Dictionary<int, GroundUnit>();
    public IReadOnlyList<GroundFacility> Facilities { get; private set; } = [];

    public static async Task<Ground> MakeAsync(ProvinceLoader loader, NpgsqlConnection connection, FirstAccounts.Made first, CancellationToken ct)
    {
        var ground = new Ground();
        await AreasAsync(connection, ct);
        var names = await connection.RowsAsync("SELECT id, level, name, province_id, district_id, commune_id FROM pt.area WHERE id > $1 ORDER BY id", r => (Id: r.GetInt32(0), Level: r.GetInt16(1), Name: r.GetString(2), Keys: new AreaKeys(new(r.GetInt32(3)), new(r.GetInt32(4)), new(r.GetInt32(5)))), ct, FirstArea);
        ground.Communes = [.. names.Where(area => area.Level == 3).Select(area => area.Keys)];
        using (var copy = new TableCopy(loader, "unit", "id, parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, covers_area_id, telephone, valid_from"))
        {
            int Unit(int parent, string code, string name, UnitKind kind, AreaKeys area, int? covers)
            {
                var unit = new GroundUnit(1000 + ground.units.Count, code, kind, area, loader.Clock.NewGuid());
                ground.units.Add(unit);
                copy.Row(unit.Id, parent, code, name, VietnameseText.Fold(name), (short)kind, area.Province.Value, area.District.Value, area.Commune.Value, covers, $"0251 3{ground.units.Count:000000}", new DateOnly(2021, 1, 1));
                return unit.Id;
            }
            var province = names.First(area => area.Level == 1);
            var department = Unit(first.Root.Value, "BD-SYT", "Sở Y tế tỉnh (bàn đo)", UnitKind.HealthDepartment, province.Keys, province.Id);
            Unit(department, "BD-BCD", "Ban chỉ đạo tỉnh (bàn đo)", UnitKind.SteeringCommittee, province.Keys, null);
            var centres = names.Where(area => area.Level == 2).ToDictionary(area => area.Id, area => Unit(department, $"TTYT-{area.Id - FirstArea}", $"Trung tâm Y tế {area.Name}", UnitKind.DistrictHealthCentre, area.Keys, area.Id));
            foreach (var commune in names.Where(area => area.Level == 3)) Unit(centres[commune.Keys.District.Value], $"TYT-{commune.Id - FirstArea}", $"Trạm Y tế {commune.Name}", UnitKind.HealthStation, commune.Keys, commune.Id);
            for (var i = 0; i < loader.Plan.Facilities; i++)
            {
                var (kind, name) = KindOf(i);
                var place = ground.Communes[i * 37 % ground.Communes.Count];
                Unit(kind is UnitKind.CityHospital or UnitKind.FieldHospital ? department : centres[place.District.Value], $"CS-{i + 1:000}", $"{name} số {i + 1}", kind, place, null);
            }
            copy.Complete();
        }
        await connection.RunAsync("SELECT setval('pt.unit_id_seq', 100000); SELECT setval('pt.quarantine_room_id_seq', 10000000); SELECT setval('pt.quarantine_bed_id_seq', 10000000)", ct);
        ground.Stations = ground.units.Where(unit => unit.Kind == UnitKind.HealthStation).ToDictionary(unit => unit.Area.Commune.Value);
        ground.Facilities = FacilityRows.Write(loader, [.. ground.units.Where(unit => unit.Code.StartsWith("CS-", StringComparison.Ordinal))], first.Operator.Value);
        await GroundAccounts.MakeAsync(loader, connection, ground.units, ct);
        return ground;
    }

    /// <summary>One large hospital in fifty, some field and district hospitals, else camps.</summary>
    private static (UnitKind, string) KindOf(int i) => (i % 50) switch
    {
        0 => (UnitKind.CityHospital, "Bệnh viện Đa khoa"),
        1 or 2 => (UnitKind.FieldHospital, "Bệnh viện dã chiến"),
        3 => (UnitKind.DistrictHospital, "Bệnh viện huyện"),
        _ => (UnitKind.Camp, "Khu cách ly"),
    };

    /// <summary>In force today, although the real units have been merged since: so that all three levels are measured.</summary>
    private static async Task AreasAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.RunAsync($"""
            WITH taken AS (
              SELECT a.*, {FirstArea} + row_number() OVER (ORDER BY a.level, a.id) AS made FROM pt.area a
               WHERE a.source = 1 AND a.level > 0 AND a.valid_from <= '{AsOf}' AND (a.valid_to IS NULL OR a.valid_to >= '{AsOf}')
                 AND a.province_id = (SELECT p.id FROM pt.area p WHERE p.level = 1 AND p.code = '{ProvinceCode}' AND p.valid_from <= '{AsOf}' AND (p.valid_to IS NULL OR p.valid_to >= '{AsOf}')))
            INSERT INTO pt.area (id, parent_id, level, code, name, kind, province_id, district_id, commune_id, valid_from, decree, source)
            SELECT t.made, coalesce(up.made, 0), t.level, 'B' || t.code, t.name || CASE t.level WHEN 1 THEN ' (bàn đo)' ELSE '' END, t.kind,
              (SELECT made FROM taken x WHERE x.id = t.province_id), coalesce((SELECT made FROM taken x WHERE x.id = t.district_id), 0), coalesce((SELECT made FROM taken x WHERE x.id = t.commune_id), 0), '2020-01-01', 'bàn đo', 3
            FROM taken t LEFT JOIN taken up ON up.id = t.parent_id
            """, ct);
        await connection.RunAsync($"""
            INSERT INTO pt.area_hamlet (province_id, district_id, commune_id, name, name_folded, kind, valid_from)
            SELECT province_id, district_id, commune_id, 'Ấp ' || n, 'ap ' || n, 1, '2020-01-01' FROM pt.area CROSS JOIN generate_series(1, 5) n WHERE id > {FirstArea} AND level = 3
            """, ct);
    }
}
