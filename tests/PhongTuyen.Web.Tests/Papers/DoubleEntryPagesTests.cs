using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Papers;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Papers;

/// <summary>Two volunteers type the same papers, each from their own queue; the unit compares, decides, and sees how each types.</summary>
[Trait("Category", "Database")]
public sealed class DoubleEntryPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private async Task<WebVisitor> VolunteerAsync(string name)
    {
        await house.House.VolunteerAsync(house.Place.CampA, name, 3);
        return await house.SignInAsync(name, TestProvince.TestPassword);
    }

    private Task<Guid> IdAsync(string name) => house.House.AskAsync<Guid>("SELECT id FROM pt.account WHERE user_name = $1", name);

    [Fact]
    [Answers("R4", "R7")]
    public async Task A_sample_is_typed_blind_from_a_queue_of_its_own_compared_and_decided()
    {
        using var first = await VolunteerAsync("go-mot");
        using var second = await VolunteerAsync("go-hai");
        var head = await house.AsAsync("head-a");
        var form = await head.GetAsync(Links.NewBatch);
        var refused = await head.PostAsync(form, "Form.Title", ("Form.Title", "Tập đối chiếu"), ("Form.Papers", "4"), ("Form.Volunteer", $"{await IdAsync("go-mot")}"), ("Form.Second", $"{await IdAsync("go-mot")}"));
        refused.Main.ShouldContain("Người gõ lại phải khác người gõ lần đầu.");
        var batch = await head.PostAsync(refused, "Form.Title", ("Form.Second", $"{await IdAsync("go-hai")}"), ("Form.Percent", "100"));
        batch.Main.ShouldContain("Người gõ lại để đối chiếu");
        (await second.GetAsync(Links.Notices)).Main.ShouldContain("giao anh/chị gõ lại một số tờ trong “Tập đối chiếu”");
        (await second.GetAsync(Links.PaperQueue)).Main.ShouldContain("Chưa có việc nào.", Case.Sensitive, "nothing was typed yet");

        var type = await first.GetAsync((await first.GetAsync(Links.PaperQueue)).Links.First(link => link.Contains("/papers/type/", StringComparison.Ordinal)));
        type = await first.PostInPlaceAsync(type, "Form.Name", ("Form.Name", "Lê Thị Bí Mật"), ("Form.Birth", "1985"), ("Form.Reason", "F1"), ("Form.Keep", "true"));
        type.Status.ShouldBe(HttpStatusCode.OK);
        type.Main.ShouldContain("Đã lưu tờ số 1.");
        type.Main.ShouldContain("Tờ số 2");
        type.Form("Form.Name").Fields.Where(field => field.Key is "Form.Reason" or "Form.Name" or "Form.Birth").Select(field => field.Value).ShouldBe(["", "", "F1"], ignoreOrder: true);
        await first.PostAsync(type, "Form.Name", ("Form.Name", "Lê Thị Hai"));

        // The second one sees the number of the paper and nothing that stands on it.
        var queue = await second.GetAsync(Links.PaperQueue);
        queue.Main.ShouldContain("Gõ lại để đối chiếu");
        var again = await second.GetAsync(queue.Links.Single(link => link.Contains("/papers/again/", StringComparison.Ordinal)));
        again.Main.ShouldContain("Gõ lại tờ số 1");
        again.Html.ShouldNotContain("Bí Mật");
        again = await second.PostInPlaceAsync(again, "Form.Name", ("Form.Name", "Lê Thị Bí Mật"), ("Form.Birth", "1958"), ("Form.Reason", "F1"));
        again.Main.ShouldContain("Đã lưu tờ số 1.");
        again.Main.ShouldContain("Gõ lại tờ số 2");
        (await second.PostAsync(again, "Form.Name", ("Form.Unclear", "true"))).Main.ShouldContain("Hiện không có tờ nào cần gõ lại.");
        var summary = await second.GetAsync(Links.PaperQueue);
        summary.Main.ShouldContain("Ô chờ quyết định");

        // Each has their own queue and no way to the other's, to the unit's pages or to a file.
        (await second.GetAsync(type.Address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await first.GetAsync(again.Address)).Status.ShouldBe(HttpStatusCode.NotFound);
        var compare = batch.Address.Replace("/batch/", "/compare/", StringComparison.Ordinal);
        foreach (var closed in new[] { compare, batch.Address, Links.Papers, Links.Stays, Links.Cases, Links.Search, Links.Imports, Links.Board })
            (await second.GetAsync(closed)).Status.ShouldBe(HttpStatusCode.Forbidden, closed);
        foreach (var file in new[] { Links.Handler(Links.Stays, "File"), Links.Handler(Links.Cases, "File"), Links.Handler(Links.Stays, "Ask") })
            (await second.PostTokenAsync(file, ("Form.Purpose", "lấy về"))).Status.ShouldBe(HttpStatusCode.Forbidden, file);

        var seen = await head.GetAsync(compare);
        seen.Main.ShouldContain("1985");
        seen.Main.ShouldContain("1958");
        seen.Main.ShouldContain("Người gõ lại không đọc được tờ này.");
        var decided = await head.PostAsync(seen, "handler=Decide", ("Holds[Birth]", "Second"));
        decided.Main.ShouldContain("Đã ghi nhận tờ số 1.");
        (await head.GetAsync(batch.Address)).Main.ShouldContain("33,3 % (1/3 ô)");
        (await first.GetAsync(Links.PaperQueue)).Main.ShouldContain("33,3 % (1/3 ô)");
        (await second.GetAsync(Links.PaperQueue)).Main.ShouldContain("0 % (0/3 ô)");

        // The account ends by itself, in the middle of a paper, too.
        await house.House.AskAsync<object>("UPDATE pt.account SET expires_at = $2 WHERE user_name = $1", "go-hai", house.Clock.GetUtcNow());
        (await second.GetAsync(again.Address)).Address.ShouldStartWith(Links.SignIn);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
