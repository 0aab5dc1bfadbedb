using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Oversight;

/// <summary>Data are asked for, an officer is named, they are supplied, late, urged, printed and taken as a file.</summary>
[Trait("Category", "Database")]
public sealed class DutyPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    [Fact]
    [Answers("R32")]
    public async Task What_a_province_asks_is_supplied_by_its_units_and_the_late_are_listed()
    {
        var province = await house.AsAsync("province");
        var form = await province.GetAsync(Links.NewDuty);
        (string Name, string? Value)[] typed = [("Form.Name", "Địa chỉ F0 đến thôn, tổ"), ("Form.UnitText", "Sở Y tế"), ("Form.Kind", "Camp"), ("Form.Rhythm", "Daily"), ("Form.Since", "20/08/2021"), ("Form.DueAt", "16 giờ 30"), ("Form.Guidance", "Ghi đủ số nhà.")];
        var refused = await province.PostAsync(form, "Form.Name", typed);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(refused.Html).ShouldContain("Địa chỉ F0 đến thôn, tổ", Case.Sensitive, "what was typed is kept");
        var set = await province.PostAsync(form, "Form.Name", [.. typed, ("Form.Paper", "470-CV/BTGTU")]);
        set.Main.ShouldContain("Đã đặt yêu cầu “Địa chỉ F0 đến thôn, tổ”.");
        set.Main.ShouldContain("Hằng ngày, trước 16:30");
        var duty = set.Address.Split('?', '#')[0];

        // The head of the camp names the clerk, who finds it on the own list and supplies it.
        var head = await house.AsAsync("head-a");
        var list = await head.GetAsync(duty);
        list.Main.ShouldNotContain("Kết thúc yêu cầu", Case.Sensitive, "only who asks ends it");
        var officer = await head.GetAsync(list.Links.First(link => link.Contains("/oversight/officer/", StringComparison.Ordinal)));
        var named = await head.PostAsync(officer, "Form.Account", ("Form.Account", house.Place.ClerkA.ToString()));
        named.Main.ShouldContain("Đã phân công người phụ trách");
        (await head.PostAsync(officer, "Form.Account", ("Form.Account", house.Place.ClerkB.ToString()), ("Intent", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var clerk = await house.AsAsync("clerk-a");
        var mine = await clerk.GetAsync(Links.Duties);
        mine.Main.ShouldContain("Anh/chị được phân công");
        var own = await clerk.GetAsync(mine.Links.First(link => link.Contains("/oversight/unit/", StringComparison.Ordinal)));
        own.Main.ShouldContain("Ghi đủ số nhà.");
        (await clerk.GetAsync(own.Address.Replace($"/{house.Place.CampA}", $"/{house.Place.CampB}", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.NotFound);
        var done = await clerk.PostAsync(own, "handler=Deliver", ("Form.Due", "2021-08-20"), ("Form.Note", "12 địa chỉ"));
        done.Main.ShouldContain("Đã ghi nhận cung cấp cho kỳ hạn 20/08/2021 16:30.");
        done.Main.ShouldContain("12 địa chỉ");
        (await clerk.PostAsync(own, "handler=Deliver", ("Form.Due", "2021-09-20"), ("Intent", Guid.CreateVersion7().ToString()))).Main.ShouldContain("Kỳ hạn 20/09/2021 chưa tới lượt");

        // The other camp is late an hour behind the time: listed, urged, printed, taken as a file.
        house.Clock.Advance(new DateTimeOffset(2021, 8, 20, 10, 40, 0, TimeSpan.Zero) - house.Clock.GetUtcNow());
        province = await house.SignInAsync("province", TestProvince.TestPassword); // the session ended meanwhile
        var late = await province.GetAsync(duty + "?standing=Late");
        late.Main.ShouldContain("Đã quá hạn 20/08/2021 16:30: 1 trên 2 đơn vị chưa cung cấp.");
        late.Main.ShouldContain("Khu cách ly Bình Yên");
        late.Main.ShouldContain("muộn 1 giờ");
        late.Main.ShouldNotContain("12 địa chỉ");
        (await province.PostAsync(late, "handler=Remind")).Main.ShouldContain("Đã nhắc 1 người.");
        var paper = await province.GetAsync(late.Links.Single(link => link.Contains("/oversight/paper/", StringComparison.Ordinal)));
        paper.Main.ShouldContain("trong 2 đơn vị có 1 đơn vị cung cấp đúng hạn (50 %), 0 đơn vị cung cấp muộn, 1 đơn vị quá hạn chưa cung cấp; 1 đơn vị chưa có cán bộ được phân công.");
        (await province.GetAsync(late.Links.First(link => link.Contains("handler=File", StringComparison.Ordinal) && link.Contains("csv", StringComparison.Ordinal)))).Html.ShouldContain("Khu cách ly Bình Yên");
        (await province.GetAsync(duty + "?on=2021-08-19")).Status.ShouldBe(HttpStatusCode.NotFound, "nothing was due then");
        (await province.GetAsync(duty + "?on=gestern")).Status.ShouldBe(HttpStatusCode.BadRequest);

        var ended = await province.PostAsync(await province.GetAsync(duty), "handler=End");
        ended.Main.ShouldContain("Đã kết thúc yêu cầu");
        (await province.PostAsync(ended, "handler=Restore")).Main.ShouldContain("áp dụng trở lại");
        house.Faults.Kept.ShouldBeEmpty();
    }
}
