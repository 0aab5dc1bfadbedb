using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Shared;

/// <summary>Lists as files: in the visitor's scope, as they are narrowed on the page, without numbers of papers; with persons only for a purpose that is kept.</summary>
[Trait("Category", "Database")]
public sealed class TakenListsTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    private static async Task<Sheet> OpenAsync(WebVisitor visitor, string address) => SheetReader.Open(new MemoryStream(await visitor.TakeFileAsync(address)), "x.xlsx").Value;

    private static List<string> Column(Sheet sheet, string header) => [.. sheet.Rows.Select(row => row.Cells[sheet.Header.ToList().IndexOf(header)].Text)];

    [Fact]
    [Answers("R4")]
    public async Task Stays_and_cases_are_taken_as_the_page_narrows_them_and_nobody_of_another_district_is_among_them()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
        await house.House.FacilityAsync(Place.OfficerB, Place.CampB);
        var number = Given.Number();
        var inHouse = await house.House.PersonAsync(Place.ClerkA, "Trần Thị Ở Lại", number);
        await house.House.StayAsync(Place.ClerkA, Place.CampA, inHouse);
        var left = await house.House.StayAsync(Place.ClerkA, Place.CampA, await house.House.PersonAsync(Place.ClerkA, "Trần Văn Đã Về"));
        await house.RunAsync<EndStay, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), left, StayEnd.Left, house.Clock.GetUtcNow(), null), CancellationToken.None), Permission.EnterData);
        await house.House.StayAsync(Place.ClerkB, Place.CampB, await house.House.PersonAsync(Place.ClerkB, "Lê Văn Huyện Khác"));
        await house.RunAsync<RecordCase, CaseId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), inHouse, 0, "covid-19", CaseClass.Confirmed, house.Clock.Today(), "RT-PCR") { Code = "BN-77" }, CancellationToken.None), Permission.EnterData);

        var officer = await house.AsAsync("officer-a");
        var page = await officer.GetAsync(Links.Stays + "?state=InHouse");
        var refused = await officer.PostAsync(page, "Take.Purpose", ("Take.Purpose", " "), ("form", "csv"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("Hãy ghi tải danh sách để làm gì.");
        refused.Main.ShouldContain("Trần Thị Ở Lại", Case.Sensitive, "the list stands below the refusal");
        (await house.ToldAsync("list.taken", "stays")).ShouldBe(0);

        var taken = await officer.PostAsync(page, "Take.Purpose", ("Take.Purpose", "gọi điện theo dõi"), ("form", "csv"));
        taken.Headers["Content-Type"].ShouldBe("text/csv");
        taken.Headers["Content-Disposition"].ShouldContain("attachment");
        taken.Html.ShouldContain("Trần Thị Ở Lại");
        taken.Html.ShouldNotContain("Trần Văn Đã Về");
        taken.Html.ShouldNotContain("Lê Văn Huyện Khác");
        taken.Html.ShouldNotContain(number);
        (await house.ToldAsync("list.taken", "stays")).ShouldBe(1);
        (await officer.PostAsync(await officer.GetAsync(Links.Stays), "Take.Purpose", ("Take.Purpose", "gọi điện theo dõi"), ("form", "csv"))).Html.ShouldContain("Trần Văn Đã Về");

        var cases = await officer.PostAsync(await officer.GetAsync(Links.Cases + "?class=Confirmed"), "Take.Purpose", ("Take.Purpose", "báo cáo ca bệnh"), ("form", "csv"));
        cases.Html.ShouldContain("BN-77");
        cases.Html.Trim().Split('\n').Length.ShouldBe(2, "the header and one case");
        (await house.ToldAsync("list.taken", "cases")).ShouldBe(1);

        var leader = await house.AsAsync("leader");
        foreach (var list in new[] { Links.Stays, Links.Cases })
            (await leader.PostTokenAsync(list + "?handler=File", ("Take.Purpose", "xem"), ("form", "csv"))).Status.ShouldBe(HttpStatusCode.Forbidden, list);
    }

    [Fact]
    public async Task Facilities_accounts_areas_and_hamlets_are_taken_as_files()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.HospitalA, treatment: true);
        var officer = await house.AsAsync("officer-a");
        var facilities = await OpenAsync(officer, $"{Links.Facilities}?All=true&handler=File&form=xlsx");
        Column(facilities, "Tên cơ sở").ShouldContain("Bệnh viện huyện An Bình");
        facilities.Rows.Count().ShouldBe(facilities.RowCount);

        var accounts = await OpenAsync(officer, $"{Links.Accounts}?handler=File&form=xlsx");
        Column(accounts, "Tên tài khoản").ShouldContain("clerk-a");
        Column(accounts, "Tên tài khoản").ShouldNotContain("clerk-b");
        (await house.ToldAsync("list.taken", "accounts")).ShouldBe(1);
        (await officer.GetAsync($"{Links.AccountsOf(Place.CampB)}&handler=File")).Status.ShouldBe(HttpStatusCode.NotFound);

        var areas = await OpenAsync(officer, $"{Links.Area(Place.Province, house.Clock.Today())}&handler=File&form=xlsx");
        areas.RowCount.ShouldBe(6, "two districts and their four communes");
        Column(areas, "Thuộc").ShouldContain("Huyện An Bình, Tỉnh Thử Nghiệm");
        (await OpenAsync(officer, $"{Links.Areas}?day=2021-11-01&handler=File&form=xlsx")).RowCount.ShouldBeGreaterThan(63 + 705 + 10_599 - 1);
        await house.RunAsync<PhongTuyen.Areas.KeepHamlets, int>(Place.OfficerA, use => use.RunAsync(new PhongTuyen.Areas.KeepHamlets.Add(house.Clock.NewGuid(), Place.CommuneA1, PhongTuyen.Areas.HamletKind.Thon, "Bình Minh", 120), CancellationToken.None), Permission.EnterData);
        (await officer.GetAsync($"{Links.HamletsOf(Place.CommuneA1)}?handler=File&form=csv")).Html.ShouldContain("Bình Minh");
    }

    [Fact]
    [Answers("R3")]
    public async Task A_leader_takes_the_figures_of_the_board_and_no_person()
    {
        await house.House.PersonAsync(Place.ClerkA, "Nguyễn Thị Không Tên Trong Tệp");
        var leader = await house.AsAsync("leader");
        var board = await leader.GetAsync($"{Links.Board}?scope=area/{Place.Province}");
        var file = board.Links.Single(link => link.Contains("handler=File", StringComparison.Ordinal) && link.EndsWith("csv", StringComparison.Ordinal));
        var figures = await leader.GetAsync(file);
        figures.Html.ShouldContain("Tỉnh Thử Nghiệm");
        figures.Html.ShouldContain("Đang cách ly theo dõi");
        figures.Html.ShouldNotContain("Không Tên Trong Tệp");
        (await (await house.AsAsync("officer-a")).GetAsync($"{Links.Board}?scope=area/{Place.DistrictB}&handler=File")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
