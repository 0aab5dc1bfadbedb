using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Demonstration;

/// <summary>
/// A province that does not exist, with three districts, its health service, accounts for every role, facilities and invented persons:
/// what a newcomer sees after <c>./run</c>. Made once, at the first start of an installation that was not asked to be empty.
/// </summary>
public sealed class DemonstrationProvince
{
    public const string RootName = "Bộ Y tế (mẫu)";
    public const string Password = "chi-de-xem-thu-tinh-mau";
    private const int FirstArea = 900_000;

    /// <summary>The accounts and what they show, in the order of the tour.</summary>
    public static readonly IReadOnlyList<(string UserName, string Who)> Accounts =
    [
        ("nhap-lieu", "nhập liệu, Khu cách ly Hoa Sen / clerk of a camp"),
        ("quan-ly-khu", "quản lý Khu cách ly Hoa Sen / head of the camp"),
        ("nhap-lieu-bv", "nhập liệu, Bệnh viện Đa khoa tỉnh / clerk of the provincial hospital"),
        ("tram-y-te", "Trạm Y tế phường Sen Trắng / commune station"),
        ("huyen", "cán bộ Trung tâm Y tế TP Hoa Sen / district officer"),
        ("tinh", "cán bộ Sở Y tế / province officer"),
        ("giam-doc", "lãnh đạo, chỉ xem số liệu / leader, figures only"),
        ("ban-chi-dao", "Ban chỉ đạo, chỉ xem số liệu / steering committee, figures only"),
        ("to-cntt", "tổ công nghệ thông tin, trả lời sự cố / IT team, answers reported problems"),
        ("tinh-nguyen", "tình nguyện viên, chỉ gõ giấy tờ được giao / volunteer, types the papers given to them"),
        ("tinh-nguyen-2", "tình nguyện viên gõ lại để đối chiếu / second volunteer, types some of them again"),
        ("thanh-tra", "thanh tra Sở Y tế, xem TP Hoa Sen trong hai tuần / inspector, reads one city for two weeks"),
        ("bo", "cán bộ Bộ Y tế, cả nước / ministry officer, whole country"),
        ("quan-tri", "quản trị / administrator"),
    ];

    private readonly Dictionary<string, (int Id, AreaKeys Keys)> areas = [];
    private readonly Dictionary<string, UnitId> units = [];
    private readonly Dictionary<string, AccountId> accounts = [];

    internal UnitId Unit(string code) => units[code];
    internal AreaKeys Area(string name) => areas[name].Keys;
    internal AccountId Account(string name) => accounts[name];
    internal IEnumerable<AreaKeys> Communes => areas.Values.Select(area => area.Keys).Where(keys => keys.Commune.Value != 0);

    public static async Task<bool> IsHereAsync(Database database, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        return await IsHereAsync(connection, ct);
    }

    public static Task<bool> IsHereAsync(NpgsqlConnection connection, CancellationToken ct) => connection.ValueAsync<bool>("SELECT demonstration FROM pt.installation", ct);

    /// <param name="services">The platform's services: persons and stays are made by the use-cases themselves, each in the name of its clerk.</param>
    public static async Task MakeAsync(IServiceCollection services, Database database, AreaStore store, FirstAccounts.Made first, CancellationToken ct)
    {
        await using var provider = services.BuildServiceProvider();
        var clock = provider.GetRequiredService<TimeProvider>();
        var province = new DemonstrationProvince();
        await using (var connection = await database.Jobs.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await province.AreasAsync(connection, ct);
            await province.UnitsAsync(connection, first.Root, clock, ct);
            await province.AccountsAsync(connection, first.Root, clock, ct);
            await connection.RunAsync("UPDATE pt.installation SET demonstration = true", ct);
            await transaction.CommitAsync(ct);
            await store.ReadAsync(connection, ct);
        }
        await new DemonstrationLife(province, provider, clock).MakeAsync(ct);
    }

    private async Task AreasAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        async Task AddAsync(string name, string? parent, AreaLevel level)
        {
            var id = FirstArea + areas.Count + 1;
            var above = parent is null ? AreaKeys.Unknown : areas[parent].Keys;
            var keys = level switch { AreaLevel.Province => above with { Province = new(id) }, AreaLevel.District => above with { District = new(id) }, _ => above with { Commune = new(id) } };
            areas[name] = (id, keys);
            await connection.RunAsync("INSERT INTO pt.area (id, parent_id, level, code, name, kind, province_id, district_id, commune_id, valid_from, decree, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '2020-01-01', 'mẫu', 3)", ct,
                id, parent is null ? 0 : areas[parent].Id, (short)level, $"M{areas.Count}", name, AreaKinds.Of(level, name).ToString(), keys.Province.Value, keys.District.Value, keys.Commune.Value);
        }
        await AddAsync("Tỉnh Minh Họa", null, AreaLevel.Province);
        foreach (var (district, communes) in new[]
        {
            ("Thành phố Hoa Sen", new[] { "Phường Sen Trắng", "Phường Sen Hồng", "Phường Cầu Mây", "Xã Bến Nước" }),
            ("Huyện Sông Trong", ["Thị trấn Sông Trong", "Xã Đồng Lúa", "Xã Cây Đa", "Xã Gò Nắng"]),
            ("Huyện Đồi Thông", ["Thị trấn Đồi Thông", "Xã Suối Reo", "Xã Mây Xanh"]),
        })
        {
            await AddAsync(district, "Tỉnh Minh Họa", AreaLevel.District);
            foreach (var commune in communes) await AddAsync(commune, district, AreaLevel.Commune);
        }
        foreach (var commune in Communes.ToList())
            for (var i = 1; i <= 3; i++)
                await connection.RunAsync("INSERT INTO pt.area_hamlet (province_id, district_id, commune_id, name, name_folded, kind, valid_from) VALUES ($1, $2, $3, $4, $5, 1, '2020-01-01')", ct,
                    commune.Province.Value, commune.District.Value, commune.Commune.Value, $"Tổ dân phố {i}", $"to dan pho {i}");
    }

    private async Task UnitsAsync(NpgsqlConnection connection, UnitId root, TimeProvider clock, CancellationToken ct)
    {
        async Task AddAsync(string code, string name, UnitKind kind, string? parent, string area, bool covers = false)
        {
            var keys = areas[area].Keys;
            units[code] = new UnitId(await connection.ValueAsync<int>("""
                INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, covers_area_id, telephone, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
                """, ct, parent is null ? root.Value : units[parent].Value, code, name, VietnameseText.Fold(name), (short)kind, keys.Province.Value, keys.District.Value, keys.Commune.Value, covers ? areas[area].Id : null, $"0200 3800 {100 + units.Count}", clock.Today()));
        }
        await AddAsync("SYT", "Sở Y tế tỉnh Minh Họa", UnitKind.HealthDepartment, null, "Tỉnh Minh Họa", covers: true);
        await AddAsync("CDC", "Trung tâm Kiểm soát bệnh tật tỉnh", UnitKind.DiseaseControl, "SYT", "Tỉnh Minh Họa", covers: true);
        await AddAsync("BCD", "Ban chỉ đạo phòng, chống dịch tỉnh", UnitKind.SteeringCommittee, "SYT", "Tỉnh Minh Họa");
        await AddAsync("TTYT-HS", "Trung tâm Y tế thành phố Hoa Sen", UnitKind.DistrictHealthCentre, "SYT", "Thành phố Hoa Sen", covers: true);
        await AddAsync("TTYT-ST", "Trung tâm Y tế huyện Sông Trong", UnitKind.DistrictHealthCentre, "SYT", "Huyện Sông Trong", covers: true);
        await AddAsync("TTYT-DT", "Trung tâm Y tế huyện Đồi Thông", UnitKind.DistrictHealthCentre, "SYT", "Huyện Đồi Thông", covers: true);
        await AddAsync("KCL-HS", "Khu cách ly Hoa Sen", UnitKind.Camp, "TTYT-HS", "Xã Bến Nước");
        await AddAsync("KCL-ST", "Khu cách ly Sông Trong", UnitKind.Camp, "TTYT-ST", "Xã Đồng Lúa");
        await AddAsync("BV-TINH", "Bệnh viện Đa khoa tỉnh Minh Họa", UnitKind.CityHospital, "SYT", "Phường Sen Hồng");
        await AddAsync("BV-DC", "Bệnh viện dã chiến số 1", UnitKind.FieldHospital, "SYT", "Phường Cầu Mây");
        await AddAsync("BV-ST", "Bệnh viện huyện Sông Trong", UnitKind.DistrictHospital, "TTYT-ST", "Thị trấn Sông Trong");
        foreach (var (name, keys) in areas.Where(area => area.Value.Keys.Commune.Value != 0).Select(area => (area.Key, area.Value.Keys)).ToList())
            await AddAsync($"TYT-{keys.Commune.Value - FirstArea}", $"Trạm Y tế {char.ToLower(name[0], System.Globalization.CultureInfo.InvariantCulture)}{name[1..]}", UnitKind.HealthStation,
                keys.District == areas["Thành phố Hoa Sen"].Keys.District ? "TTYT-HS" : keys.District == areas["Huyện Sông Trong"].Keys.District ? "TTYT-ST" : "TTYT-DT", name, covers: true);
    }

    private async Task AccountsAsync(NpgsqlConnection connection, UnitId root, TimeProvider clock, CancellationToken ct)
    {
        var hash = Passwords.Hash(Password); // all have the same password, and it is no secret
        async Task AddAsync(string name, string display, UnitId unit, params (Role Role, UnitId? Unit, int? Area)[] grants)
        {
            var id = accounts[name] = await FirstAccounts.InsertAsync(connection, clock, name, display, unit, ct);
            await FirstAccounts.SecretAsync(connection, clock, id, hash, ct);
            await connection.RunAsync("UPDATE pt.account SET must_change_password = false WHERE id = $1", ct, id.Value);
            foreach (var (role, over, area) in grants) await FirstAccounts.GrantAsync(connection, clock, id, role, over, area is { } a ? new AreaId(a) : null, ct);
        }
        var (city, whole) = (areas["Thành phố Hoa Sen"].Id, areas["Tỉnh Minh Họa"].Id);
        var station = units[$"TYT-{areas["Phường Sen Trắng"].Id - FirstArea}"];
        await AddAsync("nhap-lieu", "Lê Thị Nhập Liệu", units["KCL-HS"], (Role.Clerk, units["KCL-HS"], null));
        await AddAsync("nhap-lieu-st", "Đỗ Văn Nhập Liệu", units["KCL-ST"], (Role.Clerk, units["KCL-ST"], null));
        await AddAsync("quan-ly-khu", "Trần Văn Quản Lý", units["KCL-HS"], (Role.UnitHead, units["KCL-HS"], null));
        await AddAsync("nhap-lieu-bv", "Phạm Thị Bệnh Viện", units["BV-TINH"], (Role.UnitHead, units["BV-TINH"], null));
        await AddAsync("nhap-lieu-dc", "Ngô Văn Dã Chiến", units["BV-DC"], (Role.Clerk, units["BV-DC"], null));
        await AddAsync("tram-y-te", "Bùi Thị Trạm", station, (Role.Clerk, station, null), (Role.Clerk, null, areas["Phường Sen Trắng"].Id));
        await AddAsync("huyen", "Hồ Văn Huyện", units["TTYT-HS"], (Role.DistrictOfficer, units["TTYT-HS"], null), (Role.DistrictOfficer, null, city));
        await AddAsync("tinh", "Võ Thị Tỉnh", units["SYT"], (Role.ProvinceOfficer, units["SYT"], null), (Role.ProvinceOfficer, null, whole));
        await AddAsync("giam-doc", "Đặng Văn Giám Đốc", units["SYT"], (Role.Leader, null, whole));
        await AddAsync("ban-chi-dao", "Ban chỉ đạo tỉnh", units["BCD"], (Role.SteeringCommittee, null, whole));
        await AddAsync("to-cntt", "Lý Văn Công Nghệ", units["SYT"], (Role.TechnologyTeam, units["SYT"], null), (Role.TechnologyTeam, null, whole));
        await AddAsync("tinh-nguyen", "Trương Thị Tình Nguyện", units["KCL-HS"]);
        var end = clock.Today().AddDays(31).AtLocal(); // behind the thirtieth day
        await AddAsync("tinh-nguyen-2", "Kiều Văn Tình Nguyện", units["KCL-HS"]);
        foreach (var volunteer in new[] { accounts["tinh-nguyen"], accounts["tinh-nguyen-2"] })
        {
            await FirstAccounts.GrantAsync(connection, clock, volunteer, Role.Volunteer, units["KCL-HS"], null, ct, end);
            await connection.RunAsync("UPDATE pt.account SET expires_at = $2 WHERE id = $1", ct, volunteer.Value, end);
        }
        await AddAsync("thanh-tra", "Mai Thị Thanh Tra", units["SYT"]);
        await AddAsync("bo", "Nguyễn Thị Bộ", root, (Role.ProvinceOfficer, root, null), (Role.ProvinceOfficer, null, 0));
        await AddAsync("quan-tri", "Quản trị viên", root, (Role.Administrator, root, null), (Role.Administrator, null, 0));
        await connection.RunAsync("SELECT pt.write_rights(NULL)", ct);
    }
}
