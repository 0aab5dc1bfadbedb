using PhongTuyen.Accounts;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Units;

/// <summary>Units that a list made under several names of one house become one when a person says so.</summary>
[Trait("Category", "Database")]
public sealed class MergeUnitTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private Task<Outcome<MergeUnit.Moved>> MergeAsync(AccountId by, UnitId unit, UnitId into) =>
        house.RunAsync<MergeUnit, MergeUnit.Moved>(by, use => use.RunAsync(new(house.Clock.NewGuid(), unit, into), CancellationToken.None), Permission.ManageUnits);

    private async Task<UnitId> UnitAsync(string name) => new((int)await house.CountAsync("SELECT id FROM pt.unit WHERE name = $1 AND valid_to IS NULL", name));

    private Task<long> StaysAsync(UnitId unit) => house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE unit_id = $1", unit.Value);

    private Task<ImportRun> ListAsync(AccountId by, UnitId unit, params string[] lines) => house.ImportAsync(by, unit, ListImport.Csv(["Mã bệnh nhân,Họ tên,Bệnh,Cơ sở điều trị,Loại cách ly", .. lines]),
        change: mapping => mapping with { Constants = new Dictionary<string, string>(mapping.Constants) { ["stay.make-facility"] = "yes", ["stay.start-unknown"] = "yes" } });

    [Fact]
    public async Task Two_names_of_one_hospital_are_one_after_the_merge_with_counters_ties_and_the_name_for_the_next_list()
    {
        var run = await ListAsync(Place.ProvinceOfficer, Place.Department, "MG1,Lê Văn Gộp,MERS,Viện Gộp,Điều trị", "MG2,Trần Thị Gộp,MERS,Viện Gộp,Điều trị", "MG3,Ngô Văn Cấp Cứu,MERS,\"Viện Gộp, khoa cấp cứu\",Điều trị");
        (run.Accepted, run.Rejected).ShouldBe((3, 0));
        var (ward, whole) = (await UnitAsync("Viện Gộp, khoa cấp cứu"), await UnitAsync("Viện Gộp"));
        (await StaysAsync(ward), await StaysAsync(whole)).ShouldBe((1, 2));

        var moved = (await MergeAsync(Place.ProvinceOfficer, ward, whole)).Value;
        (moved.Stays, moved.Accounts, moved.Cases).ShouldBe((1, 0, 0));
        (await StaysAsync(ward), await StaysAsync(whole)).ShouldBe((0, 3));
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope WHERE unit_id = $1", ward.Value)).ShouldBe(0);
        (await house.CountAsync("SELECT count(DISTINCT person_id) FROM pt.person_token WHERE unit_id = $1", whole.Value)).ShouldBe(3);
        (await house.CountAsync("SELECT count(*) FROM pt.person_token WHERE unit_id = $1", ward.Value)).ShouldBe(0);
        (await house.CountAsync("SELECT sum(n) FROM pt.report_recount WHERE metric = 1 AND unit_id = $1", whole.Value)).ShouldBe(3);
        (await house.CountAsync("SELECT coalesce(sum(n), 0) FROM (SELECT n FROM pt.report_counter WHERE level = 0 AND metric = 1 AND unit_id = $1 UNION ALL SELECT n FROM pt.report_delta WHERE metric = 1 AND unit_id = $1) f", ward.Value)).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.unit WHERE id = $1 AND valid_to IS NOT NULL AND merged_into = $2", ward.Value, whole.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT cardinality(persons) FROM pt.audit_event WHERE act = 'unit.merged' AND subject_id = $1", ward.ToString())).ShouldBe(1);

        (await ListAsync(Place.ProvinceOfficer, Place.Department, "MG4,Mai Văn Sau,MERS,\"Viện Gộp, khoa cấp cứu\",Điều trị")).Accepted.ShouldBe(1);
        (await StaysAsync(whole)).ShouldBe(4);
        (await MergeAsync(Place.ProvinceOfficer, ward, whole)).Problem.Code.ShouldBe("unit.not-made-by-import");
        (await house.RunAsync<EditUnit, Nothing>(Place.ProvinceOfficer, use => use.ReopenAsync(ward, CancellationToken.None), Permission.ManageUnits)).Problem.Code.ShouldBe("unit.was-merged");
    }

    [Fact]
    public async Task An_import_is_undone_without_a_trace_after_its_unit_was_merged_into_one_that_stays()
    {
        await house.FacilityAsync(Place.ProvinceOfficer, Place.HospitalB, treatment: true);
        var run = await ListAsync(Place.ProvinceOfficer, Place.Department, "MU1,Phạm Văn Lùi,MERS,BV Bình Yên viết tắt,Điều trị");
        var made = await UnitAsync("BV Bình Yên viết tắt");
        (await MergeAsync(Place.Administrator, made, Place.HospitalB)).Value.Stays.ShouldBe(1, "an administrator sees no persons and still merges whole");
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE unit_id = $1 AND district_id = $2", Place.HospitalB.Value, Place.DistrictB.Value)).ShouldBe(1);
        (await house.UndoAsync(Place.ProvinceOfficer, run.Id)).Value.ShouldBe(ImportState.Undone);
        (await house.CountAsync("SELECT count(*) FROM pt.unit WHERE id = $1", made.Value)).ShouldBe(0);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_facility WHERE unit_id = $1", Place.HospitalB.Value)).ShouldBe(1);
        (await StaysAsync(Place.HospitalB)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_what_an_import_made_is_merged_and_only_within_ones_own_units()
    {
        (await MergeAsync(Place.ProvinceOfficer, Place.CampA, Place.CampB)).Problem.Code.ShouldBe("unit.not-made-by-import");
        (await MergeAsync(Place.ProvinceOfficer, Place.CampA, Place.CampA)).Problem.Code.ShouldBe("unit.merge-with-itself");
        var run = await ListAsync(Place.ProvinceOfficer, Place.Department, "MO1,Vũ Văn Ngoài,MERS,Viện có phòng,Điều trị");
        run.Accepted.ShouldBe(1);
        var made = await UnitAsync("Viện có phòng");
        (await MergeAsync(Place.ProvinceOfficer, made, Place.Root)).Problem.Code.ShouldBe("kernel.not-found");
        await house.SqlAsync("INSERT INTO pt.quarantine_room (unit_id, name) VALUES ($1, 'P1')", made.Value);
        (await MergeAsync(Place.ProvinceOfficer, made, Place.HospitalA)).Problem.Code.ShouldBe("unit.has-rooms");
        (await StaysAsync(made)).ShouldBe(1, "half of a merge is worse than none");
    }
}
