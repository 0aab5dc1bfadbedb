using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Papers;

/// <summary>A unit gives papers to a volunteer, who types them and sees nothing else; the unit takes them, entry by entry.</summary>
[Trait("Category", "Database")]
public sealed class PaperPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private async Task<WebVisitor> VolunteerAsync(string name, int days = 30)
    {
        await house.House.VolunteerAsync(house.Place.CampA, name, days);
        return await house.SignInAsync(name, TestProvince.TestPassword);
    }

    private async Task<WebPage> GiveAsync(WebVisitor staff, string volunteer, string title)
    {
        var form = await staff.GetAsync(Links.NewBatch);
        var id = await house.House.AskAsync<Guid>("SELECT id FROM pt.account WHERE user_name = $1", volunteer);
        return await staff.PostAsync(form, "Form.Title", ("Form.Title", title), ("Form.Volunteer", id.ToString()), ("Form.Papers", "3"), ("Form.Place", "Tủ số 2"), ("Form.Note", "Ghi số lên góc giấy."));
    }

    private Task<long> EntriesAsync(string title) => house.House.AskAsync<long>("SELECT count(*) FROM pt.paper_entry e JOIN pt.paper_batch b ON b.id = e.batch_id WHERE b.title = $1", title);

    [Fact]
    [Answers("R4")]
    public async Task Papers_go_from_the_unit_to_a_volunteer_and_from_there_into_the_register()
    {
        using var volunteer = await VolunteerAsync("tinh-nguyen-a");
        var empty = await volunteer.GetAsync(Links.Home);
        empty.Address.ShouldBe(Links.PaperQueue, "the queue is where a volunteer begins");
        empty.Main.ShouldContain("Chưa có việc nào.");
        empty.Main.ShouldContain("Tài khoản dùng đến hết 19/09/2021.");

        var head = await house.AsAsync("head-a");
        var refused = await head.PostAsync(await head.GetAsync(Links.NewBatch), "Form.Title", ("Form.Title", "Tập 1"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("Hãy ghi số tờ, từ 1 đến 2.000.");
        var batch = await GiveAsync(head, "tinh-nguyen-a", "Tập 1");
        batch.Main.ShouldContain("Đã giao việc “Tập 1”.");
        batch.Main.ShouldContain("Đã gõ 0/3 tờ.");
        (await volunteer.GetAsync(Links.Notices)).Main.ShouldContain("Khu cách ly An Bình giao anh/chị nhập “Tập 1”, 3 tờ.");

        // The volunteer types three; the second has the number of the first.
        var number = Given.Number();
        var queue = await volunteer.GetAsync(Links.PaperQueue);
        queue.Main.ShouldContain("Tủ số 2");
        var form = await volunteer.GetAsync(queue.Links.First(link => link.Contains("/papers/type/", StringComparison.Ordinal)));
        form.Main.ShouldContain("Tờ số 1");
        form = await volunteer.PostAsync(form, "Form.Name", ("Form.Name", "Lê Thị Giấy Một"), ("Form.Sex", "Male"), ("Form.Birth", "1985"), ("Form.Number", number), ("Form.AreaText", "Xã Thử Một, Huyện An Bình"), ("Form.Came", "19/08/2021"), ("Form.Reason", "F1"));
        form.Main.ShouldContain("Đã lưu tờ số 1. Hãy ghi số này lên góc tờ giấy.");
        form.Main.ShouldContain("Tờ số 2");
        var again = await volunteer.PostAsync(form, "Form.Name", ("Form.Name", "Le Thi Giay Mot"), ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Sex", "Male"), ("Form.Phone", "12"));
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Main.ShouldContain("Số này đã gõ ở một tờ khác trong việc này.");
        WebUtility.HtmlDecode(again.Html).ShouldContain("Le Thi Giay Mot", Case.Sensitive, "what was typed is kept");
        form = await volunteer.PostAsync(again, "Form.Name", ("Form.Phone", "0912345678"), ("Form.AsOnPaper", "true"));
        form.Main.ShouldContain("Đã lưu tờ số 2.");
        form = await volunteer.PostAsync(form, "Form.Name", ("Form.Unclear", "true"), ("Form.Note", "Giấy ướt"));
        form.Main.ShouldContain("Đã ghi nhận tờ số 3 không đọc được.");

        // The unit looks through them and takes what is clean: the second is a duplicate of the first.
        var seen = await head.GetAsync(batch.Address);
        seen.Main.ShouldContain("Lê Thị Giấy Một");
        seen.Main.ShouldContain("Giấy ướt");
        var done = await head.PostAsync(seen, "handler=TakeAll");
        done.Main.ShouldContain("Đã nhập 1 tờ; 1 tờ có số đã có trong danh sách; còn 0 tờ chờ xem.");
        (await head.GetAsync(batch.Address + "?state=Duplicate")).Main.ShouldContain("Le Thi Giay Mot");
        (await volunteer.GetAsync(form.Address)).Main.ShouldNotContain("Lê Thị Giấy", Case.Sensitive, "neither of the two shows any more");

        // The person came on the day of the paper, for its reason: the admission begins with them.
        var first = await head.GetAsync((await head.GetAsync(batch.Address + "?state=Taken")).Links.First(link => link.Contains("/papers/entry/", StringComparison.Ordinal)));
        var admission = (await head.GetAsync(first.Links.Single(link => link.Contains("paper=", StringComparison.Ordinal)))).Form("Form.ArrivedAt").Fields;
        string? Field(string name) => admission.FirstOrDefault(field => field.Key == name).Value;
        (Field("Form.ArrivedAt"), Field("Form.Reason")).ShouldBe(("19/08/2021 00:00", "CloseContact"));

        // Somebody else after all.
        var entry = await head.GetAsync((await head.GetAsync(batch.Address + "?state=Duplicate")).Links.First(link => link.Contains("/papers/entry/", StringComparison.Ordinal)));
        var offered = await head.PostAsync(entry, "handler=Take");
        offered.Main.ShouldContain("Hồ sơ mang số này:");
        offered.Main.ShouldContain("Lê Thị Giấy Một");
        (await head.PostAsync(offered, "handler=Take", ("AnotherPerson", "true"))).Main.ShouldContain("Đã nhập tờ số 2: Le Thi Giay Mot.");

        // What cannot be read goes back, is typed after all, and is taken by the unit.
        entry = await head.GetAsync((await head.GetAsync(batch.Address + "?state=Unclear")).Links.First(link => link.Contains("/papers/entry/", StringComparison.Ordinal)));
        (await head.PostAsync(entry, "handler=Return")).Main.ShouldContain("Hãy điền ô này.");
        (await head.PostAsync(entry, "handler=Return", ("Back.Why", "Hỏi lại trạm"))).Main.ShouldContain("Đã trả lại tờ số 3.");
        form = await volunteer.GetAsync(form.Address);
        var correct = await volunteer.GetAsync(form.Links.First(link => link.Contains("?entry=", StringComparison.Ordinal)));
        correct.Main.ShouldContain("Đơn vị trả lại: Hỏi lại trạm");
        (await volunteer.PostAsync(correct, "Form.Name", ("Form.Name", "Lê Thị Giấy Ba"))).Main.ShouldContain("Đã lưu tờ số 3.");
        entry = await head.GetAsync((await head.GetAsync(batch.Address + "?state=Waiting")).Links.First(link => link.Contains("/papers/entry/", StringComparison.Ordinal)));
        var last = await head.PostAsync(entry, "handler=Take", ("Form.Name", "Lê Thị Giấy Ba Mới"));
        last.Main.ShouldContain("Đã nhập tờ số 3: Lê Thị Giấy Ba Mới.");
        var taken = await head.GetAsync((await head.GetAsync(batch.Address + "?state=Taken")).Links.Last(link => link.Contains("/papers/entry/", StringComparison.Ordinal)));
        taken.Main.ShouldContain("Đã nhập thành hồ sơ");
        (await head.GetAsync(taken.Links.First(link => link.Contains("/people/person/", StringComparison.Ordinal)))).Main.ShouldContain("Lê Thị Giấy Ba Mới");

        // Closed, it is gone for the volunteer; opened again, it is back.
        var closed = await head.PostAsync(await head.GetAsync(batch.Address), "handler=Close");
        closed.Main.ShouldContain("Đã đóng việc.");
        (await volunteer.GetAsync(form.Address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await volunteer.GetAsync(Links.PaperQueue)).Main.ShouldContain("Chưa có việc nào.");
        (await head.GetAsync(Links.Papers + "?show=closed")).Main.ShouldContain("Tập 1");
        (await head.PostAsync(closed, "handler=Reopen")).Main.ShouldContain("Đã mở lại việc.");
        (await volunteer.GetAsync(form.Address)).Status.ShouldBe(HttpStatusCode.OK);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task An_account_that_ends_between_two_papers_is_signed_out_and_keeps_nothing_half_written()
    {
        using var volunteer = await VolunteerAsync("tinh-nguyen-het-han", days: 3);
        var head = await house.AsAsync("head-a");
        await GiveAsync(head, "tinh-nguyen-het-han", "Tập hết hạn");
        var form = await volunteer.GetAsync((await volunteer.GetAsync(Links.PaperQueue)).Links.First(link => link.Contains("/papers/type/", StringComparison.Ordinal)));
        form = await volunteer.PostAsync(form, "Form.Name", ("Form.Name", "Lê Thị Kịp"));
        form.Main.ShouldContain("Đã lưu tờ số 1.");
        (await EntriesAsync("Tập hết hạn")).ShouldBe(1);
        // The last day passes; the session itself would have gone on.
        await house.House.AskAsync<object>("UPDATE pt.account SET expires_at = $2 WHERE user_name = $1", "tinh-nguyen-het-han", house.Clock.GetUtcNow());
        var late = await volunteer.PostAsync(form, "Form.Name", ("Form.Name", "Lê Thị Muộn"));
        late.Address.ShouldStartWith(Links.SignIn);
        (await EntriesAsync("Tập hết hạn")).ShouldBe(1);
        (await volunteer.GetAsync(Links.PaperQueue)).Address.ShouldStartWith(Links.SignIn);
        (await volunteer.GetAsync(Links.Own)).Address.ShouldStartWith(Links.SignIn);

        // Prolonged by the head, for a reason, it works again.
        var id = await house.House.AskAsync<Guid>("SELECT id FROM pt.account WHERE user_name = 'tinh-nguyen-het-han'");
        var account = await head.GetAsync(Links.Account(new(id)));
        var extended = await head.PostAsync(account, "handler=Extend", ("Extend.LastDay", "21/09/2021"), ("Extend.Reason", "Còn hai tập"));
        extended.Main.ShouldContain("Tài khoản tình nguyện viên tự hết hạn sau nhiều nhất 30 ngày: hãy ghi ngày cuối, chậm nhất 19/09/2021.");
        extended = await head.PostAsync(extended, "handler=Extend", ("Extend.LastDay", "19/09/2021"), ("Extend.Reason", "Còn hai tập"));
        extended.Main.ShouldContain("Đã gia hạn cho tinh-nguyen-het-han.");
        using var back = await house.SignInAsync("tinh-nguyen-het-han", TestProvince.TestPassword);
        (await back.GetAsync(Links.PaperQueue)).Main.ShouldContain("Tập hết hạn");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R4", "R7")]
    public async Task The_menu_of_a_volunteer_has_the_queue_help_and_notices_and_no_way_to_anybody()
    {
        using var volunteer = await VolunteerAsync("tinh-nguyen-menu");
        var page = await volunteer.GetAsync(Links.PaperQueue);
        page.Links.Where(link => link.StartsWith('/')).Select(link => link.Split('?', '#')[0]).Distinct().Order(StringComparer.Ordinal).ShouldBe(
            new[] { Links.Home, Links.Help, Links.HelpChapter(Web.Help.HelpChapters.Volunteer), Links.Notices, Links.Own, Links.MyReports, Links.PaperQueue, Links.TypingSession, Links.NewReport(null) }.Order(StringComparer.Ordinal), ignoreOrder: true);
        page.Html.ShouldNotContain(Links.Search, Case.Sensitive, "no field to look for somebody");
        foreach (var closed in new[] { Links.Areas, Links.Policies, Links.Duties, Links.Board, Links.Search, Links.Stays, Links.Imports, Links.Papers, Links.Accounts, "/api/units?q=an", "/openapi/v1.json", "/api/figures" })
            (await volunteer.GetAsync(closed)).Status.ShouldBe(HttpStatusCode.Forbidden, closed);
        (await volunteer.GetAsync("/api/areas?q=thu+mot")).Status.ShouldBe(HttpStatusCode.OK, "names of areas are public, and an address needs them");
        house.Faults.Kept.ShouldBeEmpty();
    }
}
