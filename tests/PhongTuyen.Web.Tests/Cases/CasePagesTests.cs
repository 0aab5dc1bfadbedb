using System.Net;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Cases;

[Trait("Category", "Database")]
public sealed class CasePagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Leaders_open_no_case_and_no_result()
    {
        var (person, found) = await CaseAsync("Trần Thị Ẩn", CaseClass.Confirmed);
        var leader = await house.AsAsync("leader");
        foreach (var path in new[] { Links.Cases, Links.Case(found), Links.NewCase(person), Links.NewResult(person) })
        {
            var page = await leader.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.Forbidden, path);
            page.Html.ShouldNotContain("Trần Thị Ẩn");
        }
        (await leader.GetAsync(Links.Board)).Html.ShouldNotContain(Links.Cases); // figures open to figures, never to names
    }

    [Fact]
    public async Task A_case_is_handed_over_on_its_page_and_taken_back_at_once()
    {
        var (person, found) = await CaseAsync("Trần Văn Bàn Giao", CaseClass.Confirmed);
        var clerk = await house.AsAsync("clerk-a");
        (await clerk.GetAsync(Links.Case(found))).Links.ShouldContain(Links.HandOver(found));
        var form = await clerk.GetAsync(Links.HandOver(found));
        var refused = await clerk.PostAsync(form, "Form.Reason", ("Form.ToUnitText", "Bệnh viện không có thật"), ("Form.Reason", "nhầm"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var done = await clerk.PostAsync(form, "Form.Reason", ("Form.ToUnitText", "Bệnh viện huyện An Bình"), ("Form.Reason", "chuyển nơi điều trị"));
        done.Address.ShouldBe(Links.Person(person), "the clerk sees the person, and the case no more");
        done.Main.ShouldContain("Đã bàn giao ca bệnh của Trần Văn Bàn Giao");
        (await (await house.AsAsync("clerk-hospital-a")).GetAsync(Links.Case(found))).Main.ShouldContain("Khu cách ly An Bình → Bệnh viện huyện An Bình");
        var back = await clerk.PostAsync(done, "handler=Undo");
        back.Address.ShouldBe(Links.Case(found));
        back.Main.ShouldContain("Đã rút lại lần bàn giao");
        (await (await house.AsAsync("clerk-hospital-a")).GetAsync(Links.Case(found))).Status.ShouldBe(HttpStatusCode.NotFound);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hand_over_sent_again_is_answered_as_at_first_and_an_undo_that_comes_too_late_says_why()
    {
        var (person, found) = await CaseAsync("Trần Văn Gửi Lại", CaseClass.Confirmed);
        var clerk = await house.AsAsync("clerk-a");
        var form = await clerk.GetAsync(Links.HandOver(found));
        (string, string?)[] fields = [("Form.ToUnitText", "Bệnh viện huyện An Bình"), ("Form.Reason", "chuyển nơi điều trị")];
        var first = await clerk.PostAsync(form, "Form.Reason", fields);
        var again = await clerk.PostAsync(form, "Form.Reason", fields);
        (again.Status, again.Address).ShouldBe((HttpStatusCode.OK, Links.Person(person)));
        again.Main.ShouldContain("Đã bàn giao ca bệnh của Trần Văn Gửi Lại");
        (await house.ToldAsync("case.handed-over", found.ToString())).ShouldBe(1);
        (await house.ToldAsync("asked.not-shown", found.ToString())).ShouldBe(0);

        var other = await clerk.PostAsync(form, "Form.Reason", [.. fields, ("Intent", Guid.CreateVersion7().ToString())]);
        (other.Status, other.Address).ShouldBe((HttpStatusCode.OK, Links.Person(person)));
        other.Main.ShouldContain("Có người khác vừa sửa hồ sơ này");

        var hospital = await house.AsAsync("clerk-hospital-a");
        (await hospital.PostAsync(await hospital.GetAsync(Links.Case(found)), "BaseVersion", ("Form.Outcome", "InTreatment"))).Main.ShouldContain("Đã lưu ca bệnh");
        var late = await clerk.PostAsync(first, "handler=Undo");
        (late.Status, late.Address).ShouldBe((HttpStatusCode.OK, Links.Person(person)));
        late.Main.ShouldContain("Ca bệnh đã được sửa sau khi bàn giao nên không rút lại được");
        var officer = await house.AsAsync("officer-a");
        var elsewhere = await officer.PostTokenAsync($"{Links.HandOver(found)}?handler=Undo&of={first.Form("handler=Undo").Action.Split("of=")[1]}", ("Intent", Guid.CreateVersion7().ToString()));
        elsewhere.Address.ShouldBe(Links.Case(found), "who still has the case in the own area stays with it");
        elsewhere.Main.ShouldContain("không rút lại được");
        (await (await house.AsAsync("clerk-b")).PostTokenAsync(Links.HandOver(found), ("Intent", Guid.CreateVersion7().ToString()), ("Form.From", Place.CampA.ToString()), ("Form.ToUnitText", "KCL-B"), ("Form.Reason", "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cases_and_results_of_another_district_are_not_there()
    {
        var (person, found) = await CaseAsync("Trần Thị Xa Xôi", CaseClass.Confirmed);
        await (await house.AsAsync("clerk-a")).PostAsync(await (await house.AsAsync("clerk-a")).GetAsync(Links.NewResult(person)), "Form.Result", ("Form.Result", "Negative"));
        var result = await house.House.RunAsync<Data.Db, Guid>(Place.ClerkA, async db => await Data.SqlRows.ValueAsync<Guid>(db.Connection, "SELECT id FROM pt.lab_result WHERE person_id = $1", CancellationToken.None, person.Value));
        foreach (var name in new[] { "officer-b", "clerk-b" })
        {
            var visitor = await house.AsAsync(name);
            foreach (var path in new[] { Links.Case(found), Links.NewCase(person), Links.NewResult(person), Links.WithdrawResult(new ResultId(result.Value)) })
                (await visitor.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, $"{name} {path}");
            (await visitor.PostTokenAsync(Links.Case(found), ("BaseVersion", "1"), ("Form.Classification", "Discarded"), ("Form.Deciding", "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await visitor.PostTokenAsync(Links.NewResult(person), ("Form.Result", "Positive"), ("Form.Kind", "Pcr"), ("Form.DayUnknown", "true"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await visitor.PostTokenAsync(Links.WithdrawResult(new ResultId(result.Value)), ("Form.Reason", "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await visitor.GetAsync(Links.Cases)).Html.ShouldNotContain("Trần Thị Xa Xôi");
            (await visitor.GetAsync($"{Links.Cases}?unit={Place.CampA}")).Html.ShouldNotContain("Trần Thị Xa Xôi");
            (await visitor.GetAsync($"{Links.Cases}?area={Place.DistrictA}")).Html.ShouldNotContain("Trần Thị Xa Xôi");
        }
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R10", "R31")]
    public async Task A_positive_result_opens_a_case_and_withdrawing_it_asks_a_person_to_look_again()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Lý Văn Dương");
        var clerk = await house.AsAsync("clerk-a");
        var form = await clerk.GetAsync(Links.NewResult(person));
        var missing = await clerk.PostAsync(form, "Form.Kind", ("Form.TakenOn", "31/12/2099"), ("Form.SaidBy", "CDC tỉnh"));
        missing.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        missing.Html.ShouldContain("\"CDC tỉnh\"");
        var day = house.Clock.Today().AddDays(-1).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var recorded = await clerk.PostAsync(form, "Form.Kind", ("Form.Result", "Positive"), ("Form.TakenOn", day), ("Form.Ct", "21.5"), ("Form.SaidBy", "CDC tỉnh"));
        recorded.Address.ShouldBe(Links.Person(person));
        recorded.Main.ShouldContain("RT-PCR: Dương tính, Ct 21,5 (COVID-19)");
        recorded.Main.ShouldContain("COVID-19: Xác định (F0), Đang điều trị");
        var found = recorded.Links.First(link => link.StartsWith("/desk/cases/case/", StringComparison.Ordinal));
        (await clerk.GetAsync(found)).Main.ShouldContain(day);

        var withdraw = await clerk.GetAsync(recorded.Links.First(link => link.StartsWith("/desk/lab/withdraw/", StringComparison.Ordinal)));
        (await clerk.PostAsync(withdraw, "Form.Reason", ("Form.Reason", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var taken = await clerk.PostAsync(withdraw, "Form.Reason", ("Form.Reason", "nhầm mẫu của người khác"));
        taken.Main.ShouldContain("Đã rút lại: nhầm mẫu của người khác");
        taken.Main.ShouldContain("cần xem lại phân loại");
        taken.Links.ShouldContain(found); // the case waits for a person, nothing is discarded by itself
        (await clerk.GetAsync(Links.Findings + "?kind=case.positive-withdrawn")).Links.ShouldContain(found);
    }

    [Fact]
    public async Task A_case_is_recorded_changed_and_its_changes_are_kept_with_what_decided_them()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Hoàng Văn Ca", lives: Place.KeysA1);
        var clerk = await house.AsAsync("clerk-a");
        var form = await clerk.GetAsync(Links.NewCase(person));
        var wrong = await clerk.PostAsync(form, "Form.Deciding", ("Form.Classification", "Confirmed"), ("Form.OnsetOn", "31/12/2099"), ("Form.Code", "BN77"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Main.ShouldContain("Hãy ghi căn cứ");
        wrong.Html.ShouldContain("\"BN77\"");
        var made = await clerk.PostAsync(form, "Form.Deciding", ("Form.Classification", "Suspected"), ("Form.Code", "BN77"), ("Form.ReportedOn", ""));
        made.Main.ShouldContain("Đã ghi ca bệnh của Hoàng Văn Ca");
        made.Main.ShouldContain("Xã Thử Một, Huyện An Bình");
        made.Main.ShouldContain("Ngày báo cáo không rõ");

        var second = await clerk.PostAsync(await clerk.GetAsync(Links.NewCase(person)), "Form.Deciding", ("Form.Classification", "Probable"));
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Links.ShouldContain(made.Address);

        var changed = await clerk.PostAsync(made, "BaseVersion", ("Form.Classification", "Confirmed"), ("Form.Deciding", "PCR dương tính tại CDC"), ("Form.Severity", "Mild"), ("Form.Outcome", "Died"));
        changed.Main.ShouldContain("Phân loại: Nghi ngờ → Xác định (F0)");
        changed.Main.ShouldContain("Kết cục: Không rõ → Tử vong");
        changed.Main.ShouldContain("Mức độ: ");
        var clash = await clerk.PostAsync(made, "BaseVersion", ("Form.Classification", "Discarded"), ("Form.Deciding", "PCR âm tính"), ("Intent", Guid.CreateVersion7().ToString()));
        clash.Status.ShouldBe(HttpStatusCode.Conflict);
        clash.Main.ShouldContain("clerk-a (Khu cách ly An Bình) đã sửa ca này");
        clash.Html.ShouldContain("PCR âm tính");
        (await clerk.GetAsync(Links.Person(person))).Main.ShouldContain("Sửa ca COVID-19");
        (await house.ToldAsync("case.changed", made.Address.Split('/')[^1])).ShouldBe(1);
    }

    [Fact]
    public async Task The_list_filters_sorts_pages_and_its_tabs_add_up()
    {
        var officer = await house.AsAsync("officer-b");
        var earlier = AllTab((await officer.GetAsync(Links.Cases)).Main);
        for (var i = 0; i < 55; i++) await CaseAsync("Trương Văn Trang", CaseClass.Probable, house.Clock.Today().AddDays(-i), by: "clerk-b", code: $"TR{i:00}");
        await CaseAsync("Trương Thị Không Ngày", CaseClass.Probable, undated: true, by: "clerk-b");
        await CaseAsync("Trương Thị Xác Định", CaseClass.Confirmed, house.Clock.Today(), CaseOutcome.Died, "clerk-b");
        var first = await officer.GetAsync(Links.Cases + "?class=Probable");
        first.Main.ShouldContain("TR00");
        first.Main.ShouldNotContain("TR54");
        first.Main.ShouldNotContain("Trương Thị Xác Định");
        var second = await officer.GetAsync(first.Links.Single(link => link.Contains("behind=", StringComparison.Ordinal)));
        second.Main.ShouldContain("TR54");
        second.Main.ShouldContain("Trương Thị Không Ngày");
        second.Main.ShouldNotContain("TR00");
        second.Links.ShouldNotContain(link => link.Contains("behind=", StringComparison.Ordinal));

        var oldest = await officer.GetAsync(Links.Cases + "?class=Probable&sort=oldest");
        oldest.Main.ShouldContain("Trương Thị Không Ngày");
        oldest.Main.ShouldNotContain("TR00");
        (await officer.GetAsync(Links.Cases + "?undated=yes")).Main.ShouldContain("Trương Thị Không Ngày");
        var day = house.Clock.Today().AddDays(-7).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var span = await officer.GetAsync($"{Links.Cases}?from={day}&to={day}");
        span.Main.ShouldContain("TR07");
        span.Main.ShouldNotContain("TR08");
        (await officer.GetAsync(Links.Cases + "?outcome=Died")).Main.ShouldContain("Trương Thị Xác Định");
        (await officer.GetAsync(Links.Cases + "?disease=mers")).Main.ShouldContain("Không có ca nào như vậy");
        var before = await house.ToldAsync("person.listed", "cases");
        var typed = await officer.GetAsync(Links.Cases + "?areaText=huyen+binh+yen");
        typed.Main.ShouldContain("Huyện Bình Yên, Tỉnh Thử Nghiệm");
        AllTab(typed.Main).ShouldBe(earlier + 57);
        (await house.ToldAsync("person.listed", "cases")).ShouldBe(before + 1);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_is_refused_and_kept_as_it_was_typed()
    {
        await CaseAsync("Tạ Văn Lọc", CaseClass.Confirmed, house.Clock.Today());
        var officer = await house.AsAsync("officer-a");
        foreach (var (address, kept) in new[] { ("?from=32/13/2021", "32/13/2021"), ("?areaText=khong+co+noi+nay", "khong co noi nay") })
        {
            var refused = await officer.GetAsync(Links.Cases + address);
            ((int)refused.Status).ShouldBe(422, address);
            refused.Html.ShouldContain(kept);
            refused.Main.ShouldContain("Chưa đọc được bộ lọc");
            refused.Main.ShouldNotContain("Tạ Văn Lọc");
        }
        (await officer.GetAsync($"{Links.Cases}?areaText=&area={Place.DistrictB}")).Main.ShouldContain("Tạ Văn Lọc", Case.Sensitive, "an emptied box is no area, whatever was hidden beside it");
    }

    [Fact]
    public async Task Where_no_counter_stands_for_a_filter_the_tabs_show_no_numbers_and_the_list_shows_only_the_own_scope()
    {
        await CaseAsync("Tạ Văn Rộng", CaseClass.Confirmed, house.Clock.Today());
        var officer = await house.AsAsync("officer-a");
        var wide = await officer.GetAsync($"{Links.Cases}?area={Place.Province}");
        wide.Main.ShouldContain("Tạ Văn Rộng");
        wide.Main.ShouldNotContain("Tất cả 0");
        (await officer.GetAsync($"/desk/quarantine/stays?area={Place.Province}")).Main.ShouldNotContain("Tất cả 0");
    }

    [Fact]
    public async Task Figures_of_cases_open_to_their_lists()
    {
        await CaseAsync("Tạ Văn Số Liệu", CaseClass.Confirmed, house.Clock.Today(), CaseOutcome.InTreatment);
        var officer = await house.AsAsync("officer-a");
        var board = await officer.GetAsync($"{Links.Board}?scope=area/{Place.DistrictA}");
        foreach (var address in new[] { $"/desk/cases?class=Confirmed&area={Place.DistrictA}", $"/desk/cases?class=Confirmed&area={Place.DistrictA}&from={house.Clock.Today():yyyy-MM-dd}&to={house.Clock.Today():yyyy-MM-dd}" })
        {
            board.Links.ShouldContain(address);
            (await officer.GetAsync(address)).Main.ShouldContain("Tạ Văn Số Liệu");
        }
    }

    /// <summary>The number of the tab of all.</summary>
    private static int AllTab(string main) => int.Parse(System.Text.RegularExpressions.Regex.Match(main, @"Tất cả (\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_list_of_one_unit_leaves_out_the_cases_of_all_others()
    {
        await CaseAsync("Ngô Văn Khu A", CaseClass.Confirmed);
        await CaseAsync("Ngô Văn Khu B", CaseClass.Confirmed, by: "clerk-b");
        var province = await house.AsAsync("province");
        foreach (var (unit, there, elsewhere) in new[] { (Place.CampA, "Ngô Văn Khu A", "Ngô Văn Khu B"), (Place.CampB, "Ngô Văn Khu B", "Ngô Văn Khu A") })
        {
            var list = await province.GetAsync($"{Links.Cases}?unit={unit}");
            list.Main.ShouldContain(there);
            list.Main.ShouldNotContain(elsewhere);
        }
        (await province.GetAsync($"{Links.Cases}?unit={Place.HospitalA}")).Main.ShouldNotContain("Ngô Văn Khu");
        (await (await house.AsAsync("officer-a")).GetAsync($"{Links.Cases}?unit={Place.CampB}")).Main.ShouldNotContain("Ngô Văn Khu");
    }

    private async Task<(PersonId Person, CaseId Case)> CaseAsync(string name, CaseClass of, DateOnly? reported = null, CaseOutcome outcome = CaseOutcome.Unknown, string by = "clerk-a", bool undated = false, string? code = null)
    {
        var (account, area) = by == "clerk-a" ? (Place.ClerkA, Place.KeysA1) : (Place.ClerkB, Place.KeysB1);
        var person = await house.House.PersonAsync(account, name, lives: area);
        var input = new RecordCase.Input(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, of, null, "xét nghiệm") { ReportedOn = undated ? null : reported ?? house.Clock.Today(), Outcome = outcome, Code = code };
        return (person, (await house.House.RunAsync<RecordCase, CaseId>(account, use => use.RunAsync(input, CancellationToken.None))).Value);
    }
}
