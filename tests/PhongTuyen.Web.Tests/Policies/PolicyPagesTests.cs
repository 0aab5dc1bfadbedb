using System.Net;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Policies;

[Trait("Category", "Database")]
public sealed class PolicyPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    public async Task Everybody_signed_in_sees_which_rule_holds_on_a_day()
    {
        (await house.Nobody().GetAsync(Links.Policies)).Address.ShouldStartWith(Links.SignIn);
        var leader = await house.AsAsync("leader");
        var summer = await leader.GetAsync(Links.Policies + "?Form.Day=2021-05-20");
        var inForce = summer.Main[..summer.Main.IndexOf("Tất cả các văn bản", StringComparison.Ordinal)];
        inForce.ShouldContain("600/CĐ-BCĐ");
        inForce.ShouldNotContain("879/QĐ-BYT");
        (await leader.GetAsync(Links.Policies + "?Form.Day=2000-01-01")).Main.ShouldContain("chưa có văn bản nào có hiệu lực");
        (await leader.GetAsync(Links.Policies + "?Form.AreaText=mot+noi+nao+do")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_paper_is_told_in_words_with_its_days_and_where_it_was_not_compared()
    {
        var clerk = await house.AsAsync("clerk-a");
        var list = await clerk.GetAsync(Links.Policies + "?Form.Day=2021-05-20");
        var paper = await clerk.GetAsync(list.Links.First(link => link.Contains("/quarantine.VN.2021-05-05.", StringComparison.Ordinal)));
        paper.Main.ShouldContain("Tiếp xúc gần (F1)");
        paper.Main.ShouldContain("3 lần: ngày 1, 14, 20");
        paper.Main.ShouldContain("tính từ 20/05/2021 thì hết hạn 10/06/2021");
        paper.Main.ShouldContain("13/07/2021", Case.Sensitive, "the next paper ends it");
        (await clerk.GetAsync(Links.Policy("quarantine.VN.2020-03-12.covid-19"))).Main.ShouldContain("chưa đối chiếu với toàn văn");
        (await clerk.GetAsync(Links.Policy("decision-basis.VN.2010-11-15.all"))).Main.ShouldContain("03/2007/QH12");
        (await clerk.GetAsync(Links.Policy("case-definition.VN.2021-12-29.covid-19"))).Main.ShouldContain("Test nhanh kháng nguyên dương tính");
        (await clerk.GetAsync(Links.Policy("quarantine.VN.1999-01-01.covid-19"))).Status.ShouldBe(HttpStatusCode.NotFound);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
