using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Tests.House;

/// <summary>A province with two districts; in each a health centre, a camp, a hospital and two communes with a station.</summary>
public sealed class TestProvince
{
    public AreaId Province { get; } = new(900_001);
    public AreaId DistrictA { get; } = new(900_002);
    public AreaId DistrictB { get; } = new(900_003);
    public AreaId CommuneA1 { get; } = new(900_004);
    public AreaId CommuneA2 { get; } = new(900_005);
    public AreaId CommuneB1 { get; } = new(900_006);
    public AreaId CommuneB2 { get; } = new(900_007);

    public UnitId Root { get; private set; }
    public AccountId Operator { get; private set; }
    public UnitId Department { get; private set; }
    public UnitId CentreA { get; private set; }
    public UnitId CentreB { get; private set; }
    public UnitId CampA { get; private set; }
    public UnitId CampB { get; private set; }
    public UnitId HospitalA { get; private set; }
    public UnitId HospitalB { get; private set; }
    public UnitId StationA1 { get; private set; }

    public AccountId ClerkA { get; private set; }
    public AccountId ClerkB { get; private set; }
    public AccountId ClerkHospitalA { get; private set; }
    public AccountId ClerkHospitalB { get; private set; }
    public AccountId HeadA { get; private set; }
    public AccountId OfficerA { get; private set; }
    public AccountId OfficerB { get; private set; }
    public AccountId ProvinceOfficer { get; private set; }
    public AccountId Leader { get; private set; }
    public AccountId Committee { get; private set; }
    public AccountId Administrator { get; private set; }
    public AccountId Nurse { get; private set; }

    public AreaKeys KeysA1 => new(Province, DistrictA, CommuneA1);
    public AreaKeys KeysB1 => new(Province, DistrictB, CommuneB1);

    public static async Task<TestProvince> MakeAsync(Database database, AreaStore areas, TimeProvider clock)
    {
        var place = new TestProvince();
        (place.Root, place.Operator) = await FirstAccounts.EnsureAsync(database, clock, "Bộ Y tế", CancellationToken.None) is var first ? (first.Root, first.Operator) : default;
        await using var connection = await database.Jobs.OpenConnectionAsync();
        await place.AreasAsync(connection);
        await areas.ReadAsync(connection, CancellationToken.None);
        await place.UnitsAsync(connection, clock);
        await place.AccountsAsync(connection, clock);
        return place;
    }

    private async Task AreasAsync(NpgsqlConnection connection)
    {
        foreach (var (id, parent, level, name, province, district, commune) in new (AreaId, int, short, string, int, int, int)[]
        {
            (Province, 0, 1, "Tỉnh Thử Nghiệm", 900_001, 0, 0), (DistrictA, 900_001, 2, "Huyện An Bình", 900_001, 900_002, 0), (DistrictB, 900_001, 2, "Huyện Bình Yên", 900_001, 900_003, 0),
            (CommuneA1, 900_002, 3, "Xã Thử Một", 900_001, 900_002, 900_004), (CommuneA2, 900_002, 3, "Xã Thử Hai", 900_001, 900_002, 900_005), (CommuneB1, 900_003, 3, "Xã Thử Ba", 900_001, 900_003, 900_006), (CommuneB2, 900_003, 3, "Xã Thử Bốn", 900_001, 900_003, 900_007),
        })
            await connection.RunAsync("INSERT INTO pt.area (id, parent_id, level, code, name, kind, province_id, district_id, commune_id, valid_from, decree, source) VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, '2020-01-01', '', 3)",
                CancellationToken.None, id.Value, parent, level, "T" + id.Value, name, province, district, commune);
    }

    private async Task UnitsAsync(NpgsqlConnection connection, TimeProvider clock)
    {
        async Task<UnitId> Unit(string code, string name, UnitKind kind, UnitId parent, AreaId district, AreaId commune, AreaId? covers = null) => new(await connection.ValueAsync<int>("""
            INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, covers_area_id, telephone, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '0258 3822 000', $10) RETURNING id
            """, CancellationToken.None, parent.Value, code, name, VietnameseText.Fold(name), (short)kind, Province.Value, district.Value, commune.Value, covers?.Value, clock.Today()));
        Department = await Unit("SYT", "Sở Y tế", UnitKind.HealthDepartment, Root, default, default, Province);
        CentreA = await Unit("TTYT-A", "Trung tâm Y tế huyện An Bình", UnitKind.DistrictHealthCentre, Department, DistrictA, default, DistrictA);
        CentreB = await Unit("TTYT-B", "Trung tâm Y tế huyện Bình Yên", UnitKind.DistrictHealthCentre, Department, DistrictB, default, DistrictB);
        CampA = await Unit("KCL-A", "Khu cách ly An Bình", UnitKind.Camp, CentreA, DistrictA, CommuneA1);
        CampB = await Unit("KCL-B", "Khu cách ly Bình Yên", UnitKind.Camp, CentreB, DistrictB, CommuneB1);
        HospitalA = await Unit("BV-A", "Bệnh viện huyện An Bình", UnitKind.DistrictHospital, CentreA, DistrictA, CommuneA2);
        HospitalB = await Unit("BV-B", "Bệnh viện huyện Bình Yên", UnitKind.DistrictHospital, CentreB, DistrictB, CommuneB2);
        StationA1 = await Unit("TYT-A1", "Trạm Y tế xã Thử Một", UnitKind.HealthStation, CentreA, DistrictA, CommuneA1, CommuneA1);
    }

    private async Task AccountsAsync(NpgsqlConnection connection, TimeProvider clock)
    {
        Task<AccountId> Account(string name, UnitId unit, params (Role Role, UnitId? Unit, AreaId? Area)[] grants) => TestAccounts.InsertAsync(connection, clock, name, unit, null, grants);
        ClerkA = await Account("clerk-a", CampA, (Role.Clerk, CampA, null));
        ClerkB = await Account("clerk-b", CampB, (Role.Clerk, CampB, null));
        ClerkHospitalA = await Account("clerk-hospital-a", HospitalA, (Role.Clerk, HospitalA, null));
        ClerkHospitalB = await Account("clerk-hospital-b", HospitalB, (Role.Clerk, HospitalB, null));
        HeadA = await Account("head-a", CampA, (Role.UnitHead, CampA, null));
        OfficerA = await Account("officer-a", CentreA, (Role.DistrictOfficer, CentreA, null), (Role.DistrictOfficer, null, DistrictA));
        OfficerB = await Account("officer-b", CentreB, (Role.DistrictOfficer, CentreB, null), (Role.DistrictOfficer, null, DistrictB));
        ProvinceOfficer = await Account("province", Department, (Role.ProvinceOfficer, Department, null), (Role.ProvinceOfficer, null, Province));
        Leader = await Account("leader", Department, (Role.Leader, null, Province));
        Committee = await Account("committee", Department, (Role.SteeringCommittee, null, Province));
        Administrator = await Account("administrator", Root, (Role.Administrator, Root, null), (Role.Administrator, null, default(AreaId)));
        Nurse = await Account("nurse", StationA1, (Role.Clerk, StationA1, null), (Role.Clerk, null, CommuneA1));
        await connection.RunAsync("SELECT pt.write_rights(NULL)", CancellationToken.None);
    }

    public const string TestPassword = "mua xuan nho nho 2021";

    /// <summary>Of few rounds, so that hundreds of sign-ins do not cost a minute; what a real one costs is asked where it matters.</summary>
    public static readonly string TestHash = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(null!, TestPassword);
}
