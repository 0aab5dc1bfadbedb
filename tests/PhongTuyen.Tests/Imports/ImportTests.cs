using PhongTuyen.Accounts;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

[Trait("Category", "Database")]
public sealed class ImportTests(TestHouse house) : IClassFixture<TestHouse>, IAsyncLifetime
{
    private const string Header = "Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Điện thoại,Lý do cách ly";

    private TestProvince Place => house.Place;

    public async ValueTask InitializeAsync()
    {
        if (await house.CountAsync("SELECT count(*) FROM pt.quarantine_facility") > 0) return;
        await house.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 1, bedsEach: 2);
        await house.FacilityAsync(Place.OfficerB, Place.CampB);
        await house.FacilityAsync(Place.OfficerA, Place.HospitalA, treatment: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<ImportRun> ArriveAsync(params string[] lines) => house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv([Header, .. lines]));

    private async Task<string?> ProblemOfAsync(ImportRun run, int row)
    {
        var stored = (await house.RowsAsync(Place.ClerkA, run.Id)).Single(one => one.Number == row);
        return ImportRows.ReadProblems(stored.Problems).Select(problem => problem.Code).SingleOrDefault();
    }

    private static (int, int, int) Counts(ImportRun run) => (run.Accepted, run.Duplicate, run.Rejected);

    [Fact]
    [Answers("R4", "R10")]
    public async Task A_list_of_arrivals_puts_everybody_into_the_unit_that_takes_it_in()
    {
        var run = await ArriveAsync($"Trần Thị Vào,1990,Nữ,{Given.Number().Replace("0790", "0791", StringComparison.Ordinal)},0912 345 678,F1", "Lê Văn Vào,xx/xx/1985,Nam,,,Người về từ vùng dịch");
        run.Profile.ShouldBe("danh-sach-nguoi-vao");
        Counts(run).ShouldBe((2, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND unit_id = $2 AND state = 2 AND class = 1 AND arrived_on = '2021-08-20'", run.Id.Value, Place.CampA.Value)).ShouldBe(2);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND reason = 1 AND planned_end IS NOT NULL", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1 AND birth_precision = 3", run.Id.Value)).ShouldBe(2);
    }

    [Fact]
    public async Task A_camps_own_list_with_a_column_of_arrival_puts_everybody_in_although_nobody_said_what_it_is()
    {
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("STT,Họ và tên,Năm sinh,Địa chỉ,Ngày vào", "1,Quách Văn Xe,1971,\"Xã Thử Một, Huyện An Bình\",18/8/2021"));
        (Counts(run), await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND unit_id = $2 AND arrived_on = '2021-08-18'", run.Id.Value, Place.CampA.Value), await house.CountAsync("SELECT count(*) FROM pt.person_address WHERE import_id = $1 AND line = ''", run.Id.Value)).ShouldBe(((1, 0, 0), 1L, 0L));
    }

    [Fact]
    [Answers("R4")]
    public async Task Read_is_accepted_and_duplicate_and_rejected_and_each_row_says_why()
    {
        var (number, there) = (Given.Number(), Given.Number());
        await house.StayAsync(Place.ClerkA, Place.CampA, await house.PersonAsync(Place.ClerkA, "Nguyễn Văn Đã Ở", number: there));
        var run = await ArriveAsync(
            $"Nguyễn Văn Một,1985,Nam,{number},,F1",
            $"Nguyễn Văn Một,1985,Nam,{number},,F1",
            $"Nguyễn Văn Đã Ở,1985,Nam,{there},,F1",
            "Nguyễn Văn Sai,31/02/1985,Nam,12,,F1",
            "Nguyễn Văn Lạ,1985,đàn ông,,,lý do gì đó");
        (run.Read, run.Accepted + run.Duplicate + run.Rejected).ShouldBe((5, 5));
        Counts(run).ShouldBe((1, 2, 2));
        (await ProblemOfAsync(run, 3)).ShouldBe("import.same-row");
        var here = (await house.RowsAsync(Place.ClerkA, run.Id)).Single(row => row.Number == 4);
        ImportRows.ReadProblems(here.Problems).Select(problem => problem.Code).ShouldBe(["import.person-known", "stay.already-here"]);
        here.Person.ShouldNotBeNull("a duplicate is shown beside the person that it repeats");
        var wrong = ImportRows.ReadProblems((await house.RowsAsync(Place.ClerkA, run.Id)).Single(row => row.Number == 5).Problems);
        wrong.Select(problem => (problem.Code, problem.Field)).ShouldBe([("person.birth-form", "person.birth"), ("person.document-form", "person.document")], "every problem of a row at once");
        ImportRows.ReadProblems((await house.RowsAsync(Place.ClerkA, run.Id)).Single(row => row.Number == 6).Problems).Select(problem => problem.Field).ShouldBe(["person.sex", "stay.reason"]);
    }

    [Fact]
    [Answers("R4")]
    public async Task The_same_list_again_is_all_duplicates_and_names_the_file_and_row_of_before()
    {
        var lines = new[] { $"Phạm Văn Lặp,1980,Nam,{Given.Number().Replace("85", "80", StringComparison.Ordinal)},,F1", "Phạm Thị Lặp,1981,Nữ,,0905111222,F2" };
        var first = await ArriveAsync(lines);
        Counts(first).ShouldBe((2, 0, 0));
        var again = await ArriveAsync(lines);
        Counts(again).ShouldBe((0, 2, 0));
        var row = (await house.RowsAsync(Place.ClerkA, again.Id))[1];
        var why = ImportRows.ReadProblems(row.Problems).ShouldHaveSingleItem();
        (why.Code, why.Details["row"], why.Details["file"]).ShouldBe(("import.taken-in-before", "3", "danh sách.csv"));
        row.Person.ShouldNotBeNull();
    }

    [Fact]
    public async Task Two_rows_with_one_number_are_one_person_and_one_person_is_in_one_place()
    {
        await house.FacilityAsync(Place.OfficerA, Place.StationA1, rooms: 0);
        var number = Given.Number();
        var run = await house.ImportAsync(Place.OfficerA, Place.CentreA, ListImport.Csv("Họ và tên,Năm sinh,Số CCCD,Cơ sở cách ly,Ngày vào",
            $"Ngô Văn Hai,1985,{number},Khu cách ly An Bình,18/8/2021", $"Ngô Văn Hai,1985,{number},Trạm Y tế xã Thử Một,19/8/2021"));
        Counts(run).ShouldBe((1, 0, 1));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1", run.Id.Value)).ShouldBe(1);
        var rejected = (await house.RowsAsync(Place.OfficerA, run.Id, RowVerdict.Rejected)).ShouldHaveSingleItem();
        ImportRows.ReadProblems(rejected.Problems).ShouldHaveSingleItem().Code.ShouldBe("import.number-twice");
    }

    [Fact]
    public async Task Several_results_of_one_new_person_are_all_taken_in()
    {
        var number = Given.Number();
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ tên,CCCD,Kết quả,Ngày lấy mẫu,Ct", $"Mai Văn Mẫu,{number},-,10/8/2021,", $"Mai Văn Mẫu,{number},+,15/8/2021,\"23,5\""));
        Counts(run).ShouldBe((2, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.lab_result WHERE import_id = $1 AND result = 2 AND ct = 23.5", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE import_id = $1 AND classification = 3 AND first_positive_on = '2021-08-15'", run.Id.Value)).ShouldBe(1);
        (await house.UndoAsync(Place.ClerkA, run.Id)).Value.ShouldBe(ImportState.Undone);
        (await house.CountAsync("SELECT (SELECT count(*) FROM pt.lab_result WHERE import_id = $1) + (SELECT count(*) FROM pt.case_record WHERE import_id = $1) + (SELECT count(*) FROM pt.person WHERE import_id = $1)", run.Id.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task A_positive_result_of_a_list_of_cases_makes_no_second_case()
    {
        var run = await house.ImportAsync(Place.ClerkHospitalA, Place.HospitalA, ListImport.Csv("Mã bệnh nhân,Họ tên,Phân loại,Kết quả xét nghiệm,Ngày lấy mẫu", "BN 9001,Lý Văn Ca,Xác định,Dương tính,14/8/2021"));
        Counts(run).ShouldBe((1, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE import_id = $1 AND code = 'BN9001' AND first_positive_on = '2021-08-14' AND version = 1", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE import_id = $1", run.Id.Value)).ShouldBe(1);
        (await house.UndoAsync(Place.ClerkHospitalA, run.Id)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_who_stays_elsewhere_is_rejected_with_whom_to_call()
    {
        var number = Given.Number();
        var person = await house.PersonAsync(Place.ClerkHospitalA, "Nguyễn Văn Ở Nơi Khác", number: number);
        await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, person, StayClass.Treatment);
        var run = await house.ImportAsync(Place.OfficerA, Place.CampA, ListImport.Csv(Header, $"Nguyễn Văn Ở Nơi Khác,1985,Nam,{number},,F1"));
        Counts(run).ShouldBe((0, 0, 1));
        var why = ImportRows.ReadProblems((await house.RowsAsync(Place.OfficerA, run.Id))[0].Problems).ShouldHaveSingleItem();
        (why.Code, why.Details["facility"]).ShouldBe(("stay.elsewhere", "Bệnh viện huyện An Bình"));
    }

    [Fact]
    public async Task A_number_of_another_district_says_only_that_it_is_known_there()
    {
        var number = Given.Number();
        await house.PersonAsync(Place.ClerkB, name: "Nguyễn Văn Xa", number: number);
        var run = await ArriveAsync($"Nguyễn Văn Gần,1985,Nam,{number},,F1");
        Counts(run).ShouldBe((0, 0, 1));
        (await ProblemOfAsync(run, 2)).ShouldBe("person.same-number-elsewhere");
        (await house.RowsAsync(Place.ClerkA, run.Id))[0].Person.ShouldBeNull();
    }

    [Fact]
    [Answers("R9")]
    public async Task Beds_of_the_named_room_are_given_as_far_as_they_go()
    {
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv(Header + ",Phòng", "Đỗ Văn Phòng Một,1985,Nam,,,F1,P1", "Đỗ Văn Phòng Hai,1985,Nam,,,F1,a p1", "Đỗ Văn Phòng Ba,1985,Nam,,,F1,P1", "Đỗ Văn Phòng Tư,1985,Nam,,,F1,P99"));
        Counts(run).ShouldBe((4, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND bed_id IS NOT NULL", run.Id.Value)).ShouldBe(2);
        (await house.CountAsync("SELECT count(DISTINCT bed_id) FROM pt.quarantine_bed_use WHERE until IS NULL AND stay_id IN (SELECT id FROM pt.quarantine_stay WHERE import_id = $1)", run.Id.Value)).ShouldBe(2);
        (await house.UndoAsync(Place.ClerkA, run.Id)).Done.ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_bed_use WHERE until IS NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task An_arrival_that_the_list_should_give_and_does_not_is_a_finding_and_no_invented_day()
    {
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv(Header + ",Thời gian vào", "Hồ Văn Giờ,1985,Nam,,,F1,14h30 ngày 18/8/2021", "Hồ Văn Trống,1985,Nam,,,F1,"));
        Counts(run).ShouldBe((2, 0, 0));
        run.Findings.ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person_finding WHERE import_id = $1 AND kind = 'stay.arrival-unknown'", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND arrived_on IS NULL", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND arrived_at = '2021-08-18T07:30:00Z'", run.Id.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task A_unit_that_is_no_facility_takes_nobody_and_a_hospital_takes_patients()
    {
        var department = await house.ImportAsync(Place.ProvinceOfficer, Place.Department, ListImport.Csv(Header, "Vũ Văn Sở,1985,Nam,,,F1"));
        Counts(department).ShouldBe((0, 0, 1));
        ImportRows.ReadProblems((await house.RowsAsync(Place.ProvinceOfficer, department.Id))[0].Problems).ShouldHaveSingleItem().Code.ShouldBe("stay.no-such-facility");
        var hospital = await house.ImportAsync(Place.ClerkHospitalA, Place.HospitalA, ListImport.Csv(Header, "Vũ Văn Viện,1985,Nam,,,F0"));
        Counts(hospital).ShouldBe((1, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND class = 2 AND tier = 1", hospital.Id.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task A_patient_who_died_or_recovered_stays_no_longer()
    {
        var run = await house.ImportAsync(Place.OfficerA, Place.CentreA, ListImport.Csv("Mã bệnh nhân,Cơ sở điều trị,Loại cách ly,Ngày nhập viện,Kết quả điều trị,Ngày kết cục,Bệnh",
            "BN9101,Bệnh viện huyện An Bình,Điều trị,10/8/2021 09:00,Tử vong,10/8/2021,COVID-19", "BN9102,Bệnh viện huyện An Bình,Điều trị,10/8/2021,Khỏi,18/8/2021,COVID-19", "BN9103,Bệnh viện huyện An Bình,Điều trị,10/8/2021,Tử vong,9/8/2021,COVID-19", "BN9104,Bệnh viện huyện An Bình,Điều trị,10/8/2021,Đang điều trị,,COVID-19"));
        Counts(run).ShouldBe((3, 0, 1));
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND state = 5 AND ended_as = 4 AND ended_at = arrived_at", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND state = 5 AND ended_as = 2 AND ended_on = '2021-08-18'", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay WHERE import_id = $1 AND state = 2", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope t JOIN pt.quarantine_stay s ON s.id = t.source_id WHERE s.import_id = $1 AND t.until IS NOT NULL", run.Id.Value)).ShouldBe(2);
    }

    [Fact]
    public async Task A_known_case_does_not_keep_its_patient_out_of_the_ward()
    {
        var number = Given.Number();
        var cases = await house.ImportAsync(Place.OfficerA, Place.CentreA, ListImport.Csv("Họ tên,CCCD,Phân loại", $"Tạ Văn Ca,{number},Xác định"));
        Counts(cases).ShouldBe((1, 0, 0));
        var ward = await house.ImportAsync(Place.OfficerA, Place.CentreA, ListImport.Csv("Họ tên,CCCD,Phân loại,Bệnh viện,Loại cách ly,Ngày nhập viện", $"Tạ Văn Ca,{number},Xác định,Bệnh viện huyện An Bình,Điều trị,19/8/2021"));
        Counts(ward).ShouldBe((1, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.case_record c JOIN pt.person p ON p.id = c.person_id WHERE p.import_id = $1", cases.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.quarantine_stay s JOIN pt.person p ON p.id = s.person_id WHERE p.import_id = $1", cases.Id.Value)).ShouldBe(1);
        (await house.UndoAsync(Place.OfficerA, cases.Id)).Problem.Code.ShouldBe("import.depended-on");
        (await house.UndoAsync(Place.OfficerA, ward.Id)).Done.ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1", cases.Id.Value)).ShouldBe(1, "undoing a list takes nothing that another one made");
        (await house.UndoAsync(Place.OfficerA, cases.Id)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task An_import_on_which_later_entries_depend_is_not_undone_and_says_what_they_are()
    {
        var run = await ArriveAsync("Cao Văn Sau,1985,Nam,,,F1");
        var stay = new StayId(await house.ValueAsync<Guid>("SELECT id FROM pt.quarantine_stay WHERE import_id = $1", run.Id.Value));
        (await house.RunAsync<EndStay, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, StayEnd.Left, house.Clock.GetUtcNow(), null), CancellationToken.None))).Done.ShouldBeTrue();
        var refused = await house.UndoAsync(Place.ClerkA, run.Id);
        (refused.Problem.Code, refused.Problem.Details["what"]).ShouldBe(("import.depended-on", "đợt cách ly, điều trị: 1"));
        (await house.RunOfAsync(Place.ClerkA, run.Id)).State.ShouldBe(ImportState.Done);
    }

    [Fact]
    public async Task An_import_whose_person_another_district_took_over_is_not_undone()
    {
        var number = Given.Number();
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ và tên,Năm sinh,CCCD", $"Kiều Văn Đi,1985,{number}"), ListAbout.Persons);
        var found = await house.RunAsync<PhongTuyen.People.LookUpPerson, PersonId>(Place.ClerkB, use => use.RunAsync(new(house.Clock.NewGuid(), PhongTuyen.People.DocumentKind.CitizenCard, number, BirthDate.OfYear(1985), "tiếp nhận"), CancellationToken.None), Permission.SeePersons);
        await house.StayAsync(Place.ClerkB, Place.CampB, found.Value);
        var refused = await house.UndoAsync(Place.ClerkA, run.Id);
        (refused.Problem.Code, refused.Problem.Details["what"]).ShouldBe(("import.depended-on", "ghi chép ở địa bàn khác"));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1", run.Id.Value)).ShouldBe(1, "nothing of it was taken away");
    }

    [Fact]
    public async Task One_row_that_the_database_refuses_hurts_no_other()
    {
        await house.SqlAsync("ALTER TABLE pt.person ADD CONSTRAINT planted CHECK (name <> 'Người Bị Từ Chối')");
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv(["Họ và tên,Năm sinh", .. Enumerable.Range(0, 40).Select(i => i == 23 ? "Người Bị Từ Chối,1985" : $"Người Thứ {(char)('A' + i % 26)}{(char)('a' + i / 26)},19{50 + i}")]), ListAbout.Persons);
        Counts(run).ShouldBe((39, 0, 1));
        (await ProblemOfAsync(run, 25)).ShouldBe("import.row-failed");
    }

    [Fact]
    public async Task Words_of_a_list_that_nobody_knows_are_matched_once_and_kept_in_the_profile()
    {
        var id = await house.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Ten,Gioi,Ghi chu", "Chu Văn Lạ,đàn ông,", "Chu Thị Lạ,đàn bà,"), about: ListAbout.Persons);
        (await house.CheckAsync(Place.ClerkA, id)).Rejected.ShouldBe(2);
        var words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["person.sex"] = new Dictionary<string, string> { ["đàn ông"] = "male", ["Đàn bà"] = "female" } };
        var mapping = Mapping.Read((await house.RunOfAsync(Place.ClerkA, id)).Mapping) with { Values = words };
        (await house.RunAsync<SteerImport, ImportState>(Place.ClerkA, use => use.MapAsync(id, mapping, "danh sách xã", CancellationToken.None), Permission.Import)).Value.ShouldBe(ImportState.Checked);
        Counts(await house.CommitAsync(Place.ClerkA, id)).ShouldBe((2, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1 AND sex = 2", id.Value)).ShouldBe(1);
        var next = await house.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Ten,Gioi,Ghi chu", "Chu Văn Mới,đàn ông,"), about: ListAbout.Persons);
        (await house.RunOfAsync(Place.ClerkA, next)).Profile.ShouldBe("danh sách xã");
        Counts(await house.CheckAsync(Place.ClerkA, next)).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Columns_of_one_name_or_none_are_told_apart()
    {
        var id = await house.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ và tên,Xã,Xã,,Huyện", "Lưu Văn Cột,Xã Thử Một,Xã Thử Ba,7,Huyện An Bình"), about: ListAbout.Persons);
        (await house.RunOfAsync(Place.ClerkA, id)).Headers.ShouldBe(["Họ và tên", "Xã", "Xã (2)", "(D)", "Huyện"]);
        Counts(await house.CheckAsync(Place.ClerkA, id)).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_hamlet_is_found_by_its_name_within_the_commune()
    {
        await house.SqlAsync("INSERT INTO pt.area_hamlet (province_id, district_id, commune_id, name, name_folded, kind, valid_from) VALUES ($1, $2, $3, 'Thôn Đông', 'thon dong', 1, '2020-01-01')", Place.Province.Value, Place.DistrictA.Value, Place.CommuneA1.Value);
        var run = await house.ImportAsync(Place.ClerkA, Place.CampA, ListImport.Csv("Họ và tên,Địa chỉ,Thôn,Xã,Huyện,Tỉnh", "Hà Văn Thôn,Số 5,thôn Đông,Thử Một,An Bình,Thử Nghiệm", "Hà Thị Thôn,Số 6,thôn Tây,Thử Một,An Bình,Thử Nghiệm"), ListAbout.Persons);
        Counts(run).ShouldBe((2, 0, 0));
        (await house.CountAsync("SELECT count(*) FROM pt.person_address WHERE import_id = $1 AND hamlet_id IS NOT NULL AND line = 'Số 5'", run.Id.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.person_address WHERE import_id = $1 AND hamlet_id IS NULL AND line = 'Số 6, thôn Tây' AND commune_id = $2", run.Id.Value, Place.CommuneA1.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task Another_district_does_not_see_the_import_and_cannot_move_it()
    {
        var id = await house.UploadAsync(Place.ClerkA, Place.CampA, ListImport.Csv(Header, "Ông Văn Kín,1985,Nam,,,F1"));
        (await house.RunAsync<SteerImport, ImportState>(Place.ClerkB, use => use.StartAsync(id, CancellationToken.None), Permission.Import)).Problem.Code.ShouldBe("kernel.not-found");
        (await house.RunAsync<SteerImport, ImportState>(Place.ClerkB, use => use.UndoAsync(house.Clock.NewGuid(), id, "nhập nhầm tệp", CancellationToken.None), Permission.Import)).Problem.Code.ShouldBe("kernel.not-found");
        (await house.RunAsync<UploadList, ImportId>(Place.ClerkB, use => use.RunAsync(new(house.Clock.New<ImportId>(), "x.csv", Place.CampA, null), ListImport.Csv("Họ và tên", "A"), CancellationToken.None), Permission.Import)).Problem.Code.ShouldBe("import.wrong-unit");
    }

    [Fact]
    public async Task The_cells_of_a_list_lie_sealed_in_the_database()
    {
        var number = Given.Number();
        var run = await ArriveAsync($"Nguyễn Văn Niêm,1985,Nam,{number},0987 111 222,F1");
        var cells = await house.ValueAsync<byte[]>("SELECT cells FROM pt.import_row WHERE import_id = $1", run.Id.Value);
        System.Text.Encoding.UTF8.GetString(cells).ShouldNotContain(number);
    }
}
