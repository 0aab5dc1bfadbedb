using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Support;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Support;

[Answers("R5")]
[Trait("Category", "Database")]
public sealed class SupportPagesTests(SupportPagesTests.WithTeam with) : IClassFixture<SupportPagesTests.WithTeam>
{
    public sealed class WithTeam : IAsyncLifetime
    {
        public WebTestHouse Web { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Web.InitializeAsync();
            await Web.House.FacilityAsync(Web.Place.HeadA, Web.Place.CampA);
            await Team.MakeAsync(Web.House, "team-a", Web.Place.CentreA, Web.Place.DistrictA);
        }

        public ValueTask DisposeAsync() => Web.DisposeAsync();
    }

    private WebTestHouse Web => with.Web;

    [Fact]
    public async Task From_the_foot_of_a_page_to_the_answer_at_the_bell()
    {
        var clerk = await Web.AsAsync("clerk-a");
        var stay = await Web.House.StayAsync(Web.Place.ClerkA, Web.Place.CampA, await Web.House.PersonAsync(Web.Place.ClerkA, "Đặng Văn Thiện Khiêm"));
        var link = (await clerk.GetAsync(Links.Stay(stay))).Links.Single(one => one.StartsWith("/desk/support/new", StringComparison.Ordinal));
        link.ShouldBe(Links.NewReport("Quarantine/Desk/Stay"), "the page by its name, and nothing of whom it shows");
        var form = await clerk.GetAsync(link);
        form.Main.ShouldContain("/desk/quarantine/stay");
        form.Main.ShouldContain("Không ghi tên, số giấy tờ");

        var refused = await clerk.PostAsync(form, "Form.What", ("Form.What", "Nhập số 031085004417 thì trang trắng"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("giống số giấy tờ hoặc số điện thoại");
        refused.Main.ShouldContain("Nhập số 031085004417 thì trang trắng", Case.Sensitive, "what was typed still stands there");
        refused.Form("Form.What").Fields.Single(field => field.Key == "Form.Screen").Value.ShouldBe("Quarantine/Desk/Stay");
        var sent = await clerk.PostAsync(refused, "Form.What", ("Form.What", "Nhập số giấy tờ thì trang trắng"));
        sent.Main.ShouldContain("Đã gửi. Khi có trả lời, cái chuông sẽ báo.");
        var id = Guid.Parse(sent.Address.Split('/')[^1]);
        (await Web.House.AskAsync<string>("SELECT screen || ' ' || program || ' ' || what FROM pt.support_report WHERE id = $1", id)).ShouldBe($"Quarantine/Desk/Stay {PhongTuyen.Web.Audit.Desk.IndexModel.ProgramVersion} Nhập số giấy tờ thì trang trắng");

        var team = await Web.AsAsync("team-a");
        (await team.GetAsync(Links.Home)).Address.ShouldBe(Links.ReportQueue, "where the team's work begins");
        (await team.GetAsync(Links.Notices)).Main.ShouldContain("Khu cách ly An Bình vừa báo một sự cố");
        var queue = await team.GetAsync(Links.ReportQueue);
        queue.Links.ShouldContain(Links.ReportOfTeam(id));
        var taken = await team.PostAsync(await team.GetAsync(Links.ReportOfTeam(id)), "handler=Take");
        taken.Main.ShouldContain("Anh/chị đã nhận xử lý sự cố này.");
        (await team.PostAsync(taken, "handler=Answer", ("Form.Text", " "))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await team.PostAsync(taken, "handler=Answer", ("Form.Text", "Đã sửa, tải lại trang là được."))).Main.ShouldContain("Đã gửi trả lời.");

        var notice = await clerk.PostAsync(await clerk.GetAsync(Links.Notices), ">Mở<");
        notice.Address.ShouldBe(Links.MyReport(id));
        notice.Main.ShouldContain("Đã sửa, tải lại trang là được.");
        var again = await clerk.PostAsync(notice, "handler=Add", ("Form.Text", "Vẫn trắng trên điện thoại"));
        again.Main.ShouldContain("Đã mở lại sự cố.");
        (await clerk.PostAsync(again, "handler=Close")).Main.ShouldContain("Đã đóng sự cố này.");
        (await team.GetAsync(Links.ReportQueue + "?state=Closed")).Links.ShouldContain(Links.ReportOfTeam(id));
        (await clerk.GetAsync(Links.MyReports)).Links.ShouldContain(Links.MyReport(id));
        Web.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R7")]
    public async Task What_an_address_claims_of_a_page_is_believed_only_where_there_is_such_a_page()
    {
        var clerk = await Web.AsAsync("clerk-a");
        var page = await clerk.GetAsync(Links.NewReport("Đặng Văn Khiêm 031085004417", "0912345678"));
        page.Main.ShouldNotContain("Khiêm");
        page.Main.ShouldNotContain("0912345678");
        var sent = await clerk.PostAsync(page, "Form.What", ("Form.What", "Thử"), ("Form.Screen", "Quarantine/Desk/Stay/0191e2a0-0000-7000-8000-000000000001"), ("Form.Trace", "031085004417x"));
        (await Web.House.AskAsync<bool>("SELECT screen IS NULL AND trace IS NULL FROM pt.support_report WHERE id = $1", Guid.Parse(sent.Address.Split('/')[^1]))).ShouldBeTrue(sent.Main);
    }

    [Fact]
    public async Task A_page_that_fails_offers_to_report_it_with_its_number()
    {
        await using var web = new WebTestHouse { More = services => services.AddScoped<EndSession>(_ => throw new InvalidOperationException("planted")) };
        await web.InitializeAsync();
        await web.House.RunAsync<KeepContact, Nothing>(web.Place.ProvinceOfficer, use => use.RunAsync(new(web.Clock.NewGuid(), web.Place.Province, 0, "Văn phòng Sở Y tế", "0258 3822 111", null, null), TestContext.Current.CancellationToken), Permission.ManageUnits);
        await web.Services.GetRequiredService<SupportDirectory>().RefreshAsync(TestContext.Current.CancellationToken);
        using var visitor = await web.SignInAsync("clerk-a", TestProvince.TestPassword);
        var fault = await visitor.PostTokenAsync(Links.Password, ("x", "y"));
        var token = (await visitor.GetAsync(Links.Password)).Forms.SelectMany(form => form.Fields).First(field => field.Key == "_form").Value;
        fault = await visitor.PostBareAsync(Links.Own + "?handler=Others", ("_form", token));
        fault.Status.ShouldBe(HttpStatusCode.InternalServerError);
        fault.Text.ShouldContain("0258 3822 111");
        var link = fault.Links.Single(one => one.StartsWith("/desk/support/new", StringComparison.Ordinal));
        link.ShouldStartWith(Links.NewReport("Accounts/Desk/Own") + "&trace=");
        var form = await visitor.GetAsync(link);
        var number = Uri.UnescapeDataString(link.Split("trace=")[1]);
        fault.Text.ShouldContain(number);
        form.Main.ShouldContain(number);

        using var nobody = web.Nobody();
        (await nobody.GetAsync(Links.SignIn)).Text.ShouldContain("0258 3822 111");
        (await nobody.GetAsync(Links.Support)).Text.ShouldContain("Văn phòng Sở Y tế");
        var lost = await nobody.GetAsync("/khong-co");
        lost.Text.ShouldContain("0258 3822 111");
        lost.Links.ShouldNotContain(one => one.StartsWith("/desk/support", StringComparison.Ordinal), "who is not signed in reports nothing, and calls");
    }

    [Fact]
    public async Task The_queue_is_narrowed_counted_and_read_by_officers()
    {
        var (own, other) = ((await Web.House.ReportAsync(Web.Place.HeadA, "Của quản lý")).Value, (await Web.House.ReportAsync(Web.Place.ClerkHospitalA, "Của bệnh viện")).Value);
        var officer = await Web.AsAsync("officer-a");
        var camp = await officer.GetAsync($"{Links.ReportQueue}?unit={Web.Place.CampA}");
        camp.Links.ShouldContain(Links.ReportOfTeam(own));
        camp.Links.ShouldNotContain(Links.ReportOfTeam(other));
        Web.Clock.Advance(TimeSpan.FromHours(25));
        var late = await (await Web.SignInAsync("team-a", TestProvince.TestPassword)).GetAsync(Links.ReportQueue);
        late.Main.ShouldContain("sự cố quá hạn trả lời");
        using var again = await Web.SignInAsync("officer-a", TestProvince.TestPassword);
        var shown = await again.GetAsync(late.Links.First(link => link.Contains("late=yes", StringComparison.Ordinal)));
        shown.Links.ShouldContain(Links.ReportOfTeam(own));
        var read = await again.GetAsync(Links.ReportOfTeam(own));
        read.Main.ShouldContain("0258 3822 000", Case.Sensitive, "the telephone of the unit, to call back");
        read.Html.ShouldNotContain("handler=Answer");
        (await again.PostTokenAsync(Links.ReportOfTeam(own) + "?handler=Answer", ("Form.Text", "x"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await again.GetAsync(Links.ReportQueue + "?state=Nothing")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_contact_is_set_by_the_province_and_shown_to_its_users()
    {
        using var province = await Web.SignInAsync("province", TestProvince.TestPassword);
        var form = await province.GetAsync(Links.SupportContacts);
        var refused = await province.PostAsync(form, "Form.Office", ("Form.Office", "Văn phòng Sở Y tế"), ("Form.Hours", "giờ hành chính"));
        refused.Main.ShouldContain("Cần có số điện thoại hoặc địa chỉ thư điện tử.");
        refused.Html.ShouldContain("giờ hành chính");
        (await province.PostAsync(refused, "Form.Office", ("Form.Telephone", "0258 3822 222"))).Main.ShouldContain("Đã lưu đầu mối hỗ trợ: Tỉnh Thử Nghiệm.");
        using var nurse = await Web.SignInAsync("nurse", TestProvince.TestPassword);
        (await nurse.GetAsync(Links.Help)).Main.ShouldContain("0258 3822 222");
        (await nurse.GetAsync(Links.SupportContacts)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var administrator = await Web.SignInAsync("administrator", TestProvince.TestPassword);
        var all = await administrator.GetAsync(Links.SupportContacts);
        all.Main.ShouldContain("Cả nước");
        (await administrator.GetAsync(all.Links.Single(link => link.EndsWith("of=country", StringComparison.Ordinal)))).Html.ShouldContain("Form.Office");
    }
}
