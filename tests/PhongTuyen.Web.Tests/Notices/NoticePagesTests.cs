using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Notices.Contract;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Notices;

[Trait("Category", "Database")]
public sealed class NoticePagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private Task TellAsync(string intent, string? link, string text = "notice.transfer-sent") => house.House.AsAsync(house.Place.ClerkB, Permission.EnterData, async (provider, _) =>
    {
        await ((INotify)provider.GetService(typeof(INotify))!).UnitAsync(house.Place.CampA, text, new Dictionary<string, string>(), link, intent, CancellationToken.None);
        return 0;
    });

    [Fact]
    public async Task A_notice_is_counted_opened_and_then_read()
    {
        (await house.Nobody().GetAsync(Links.Notices)).Address.ShouldStartWith(Links.SignIn);
        // Other tests of this class tell the same clerk.
        await (await house.AsAsync("clerk-a")).PostTokenAsync(Links.Notices + "?handler=All");
        await TellAsync("one", Links.Transfers);
        await TellAsync("two", null, "notice.transfer-refused");
        var clerk = await house.AsAsync("clerk-a");
        var page = await clerk.GetAsync(Links.Notices);
        page.Html.ShouldContain("Thông báo (2 chưa đọc)");
        page.Main.IndexOf("bị từ chối", StringComparison.Ordinal).ShouldBeLessThan(page.Main.IndexOf("chờ tiếp nhận hoặc từ chối", StringComparison.Ordinal), "the newest comes first");
        var opened = await clerk.PostAsync(page, ">Mở<");
        opened.Address.ShouldBe(Links.Transfers);
        opened.Html.ShouldContain("Thông báo (1 chưa đọc)");
        (await clerk.GetAsync(Links.Notices + "?show=read")).Links.ShouldContain(Links.Transfers);

        // Somebody else's notice is not there.
        var id = page.Forms.Select(form => form.Action).First(action => action.Contains("id=", StringComparison.Ordinal)).Split("id=")[1].Split('&')[0];
        (await (await house.AsAsync("clerk-b")).PostTokenAsync($"{Links.Notices}?handler=Open&id={id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var all = await clerk.PostAsync(await clerk.GetAsync(Links.Notices), "handler=All");
        all.Main.ShouldContain("Đã đánh dấu đọc tất cả");
        all.Main.ShouldContain("Không có thông báo chưa đọc");
        all.Html.ShouldContain("Thông báo (0 chưa đọc)");
    }

    [Fact]
    public async Task Long_lists_go_on_without_losing_or_repeating_a_notice()
    {
        var head = await house.AsAsync("head-a");
        await head.PostAsync(await TellManyAsync(head), "handler=All");
        var first = await head.GetAsync(Links.Notices + "?show=read");
        var second = await head.GetAsync(first.Links.Single(link => link.Contains("behind=", StringComparison.Ordinal)));
        var seen = new[] { first, second }.SelectMany(page => page.Links.Where(link => link.StartsWith(Links.Transfers + "?n=", StringComparison.Ordinal))).ToList();
        seen.Count.ShouldBe(60);
        seen.Distinct().Count().ShouldBe(60);
    }

    private async Task<WebPage> TellManyAsync(WebVisitor visitor)
    {
        for (var n = 0; n < 60; n++) await TellAsync($"many-{n}", $"{Links.Transfers}?n={n}");
        return await visitor.GetAsync(Links.Notices);
    }
}
