using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Accounts;

/// <summary>The report on accounts: a deadline is set, seen, urged, printed and taken back.</summary>
[Trait("Category", "Database")]
public sealed class CoveragePagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    [Answers("R2")]
    public async Task A_deadline_is_set_urged_printed_dropped_and_taken_back()
    {
        var officer = await house.AsAsync("province");
        var page = await officer.GetAsync(Links.Coverage);
        page.Status.ShouldBe(HttpStatusCode.OK);
        var set = await officer.PostAsync(page, "handler=Set", ("Form.UnitText", "Sở Y tế"), ("Form.Kind", "HealthStation"), ("Form.Due", "25/08/2021"), ("Form.Paper", " "));
        set.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        set.Html.ShouldContain("25/08/2021", Case.Sensitive, "what was typed is kept");
        set = await officer.PostAsync(page, "handler=Set", ("Form.UnitText", "Sở Y tế"), ("Form.Kind", "HealthStation"), ("Form.Due", "25/08/2021"), ("Form.Paper", "1792/UBND-KGVX"));
        set.Main.ShouldContain("Đã đặt thời hạn 25/08/2021.");
        set.Main.ShouldContain("Hạn cấp tài khoản: hết ngày 25/08/2021, còn 5 ngày.");

        // Every figure opens to a list of that many.
        foreach (var standing in new[] { "Lacking", "Given", "Used" })
        {
            var link = set.Links.First(address => address.Contains($"standing={standing}", StringComparison.Ordinal) && address.Contains("area=", StringComparison.Ordinal));
            (await officer.GetAsync(link.Split('#')[0])).Status.ShouldBe(HttpStatusCode.OK);
        }

        var below = await (await house.AsAsync("officer-a")).GetAsync(new Uri(set.Address.StartsWith('/') ? "http://x" + set.Address : set.Address).PathAndQuery);
        below.Main.ShouldContain("1792/UBND-KGVX");
        below.Main.ShouldNotContain("Bỏ thời hạn này", Case.Sensitive, "only those who set it drop it");
        (await (await house.AsAsync("clerk-a")).GetAsync(Links.Coverage)).Status.ShouldBe(HttpStatusCode.Forbidden);

        var paper = await officer.GetAsync(set.Links.Single(address => address.StartsWith(Links.CoveragePaper, StringComparison.Ordinal)));
        paper.Main.ShouldContain("Cộng hòa xã hội chủ nghĩa Việt Nam");
        paper.Main.ShouldContain("Thực hiện văn bản số 1792/UBND-KGVX");
        paper.Main.ShouldContain("Đến hết ngày 20/08/2021");

        var dropped = await officer.PostAsync(set, "handler=Withdraw");
        dropped.Main.ShouldContain("Đã bỏ thời hạn 25/08/2021.");
        var back = await officer.PostAsync(dropped, "handler=Restore");
        back.Main.ShouldContain("Thời hạn 25/08/2021 có hiệu lực trở lại.");
        house.Faults.Kept.ShouldBeEmpty();
    }
}
