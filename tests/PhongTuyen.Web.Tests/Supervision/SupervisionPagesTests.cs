using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Supervision;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Supervision;
using PhongTuyen.Web.Supervision;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Supervision;

/// <summary>Who looks after the looks of others: the list, one operator, what was found, and the file; each of it written down itself.</summary>
[Trait("Category", "Database")]
public sealed class SupervisionPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R7")]
    public async Task An_unusual_operator_is_looked_at_by_who_answers_for_them_and_by_nobody_else()
    {
        var today = house.Clock.Today();
        var person = await house.House.PersonAsync(Place.ClerkA, "Mạc Thị Được Xem", lives: Place.KeysA1);
        await house.House.PlantAsync([.. Looks.Opened(Place.ClerkA, Place.CampA, today, 95), new(Place.ClerkA, Place.CampA, "person.seen", today.ToDateTime(new(11, 0)), person), new(Place.ClerkA, Place.CampA, "list.taken", today.ToDateTime(new(11, 5)), null, 40, 40), .. Looks.Opened(Place.ClerkB, Place.CampB, today, 99)]);
        await house.House.CountAsync();

        var officer = await house.AsAsync("officer-a");
        var list = await officer.GetAsync(Links.Supervision);
        list.Main.ShouldContain("Mở 96 hồ sơ trong ngày");
        list.Main.ShouldNotContain("clerk-b");
        list.Main.ShouldNotContain("sign.", Case.Sensitive);
        list.Main.ShouldNotContain("supervision.", Case.Sensitive);
        (await house.ToldAsync("supervision.seen", "supervision")).ShouldBe(1);

        var address = list.Links.Single(link => link.StartsWith(Links.SupervisedOperator(Place.ClerkA, Place.CampA), StringComparison.Ordinal));
        var one = await officer.GetAsync(address);
        foreach (var words in new[] { "Mạc Thị Được Xem", "người ngoài phạm vi của anh/chị", "tải danh sách cách ly về tệp", "40 dòng" }) one.Main.ShouldContain(words);
        (await house.ToldAsync("supervision.operator-seen", Place.ClerkA.ToString())).ShouldBe(1);
        (await officer.GetAsync(SupervisionAddress.Of(Place.ClerkA, Place.CampA, today, today, SightKind.Files))).Main.ShouldNotContain("Mạc Thị Được Xem");
        foreach (var garbage in new[] { "?Kind=99", "?Kind=x", "?From=abc&To=2019-01-01", "?behind=x_y", "?Show=77", "?Unit=x", "?Who=khong-co" })
        {
            (await officer.GetAsync(Links.Supervision + garbage)).Status.ShouldBe(HttpStatusCode.OK, garbage);
            (await officer.GetAsync(Links.SupervisedOperator(Place.ClerkA, Place.CampA) + garbage)).Status.ShouldBe(HttpStatusCode.OK, garbage);
        }

        var refused = await officer.PostAsync(one, "Form.Note", ("Form.Day", $"{today:yyyy-MM-dd}"), ("Form.Verdict", "ToClear"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Main.ShouldContain("Hãy ghi cần làm rõ điều gì");
        (await officer.PostAsync(one, "Form.Note", ("Form.Day", $"{today:yyyy-MM-dd}"), ("Form.Verdict", "Ordinary"), ("Form.Note", "Rà soát theo công văn 12"))).Main.ShouldContain("Rà soát theo công văn 12");
        (await officer.GetAsync(Links.Supervision)).Main.ShouldContain("Không còn ai cần xem lại");
        (await officer.GetAsync(Links.Supervision + "?Show=Looked")).Main.ShouldContain("Đã xem, bình thường");

        var file = await officer.PostAsync(await officer.GetAsync(Links.Supervision + "?Show=All"), "Take.Purpose", ("Take.Purpose", "Báo cáo thanh tra"), ("form", "csv"));
        file.Html.ShouldContain("clerk-a");
        file.Html.ShouldNotContain("clerk-b");
        (await house.ToldAsync("list.taken", "supervision")).ShouldBe(1);

        var other = await house.AsAsync("officer-b");
        (await other.GetAsync(Links.SupervisedOperator(Place.ClerkA, Place.CampA))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"{Links.Supervision}?Unit={Place.CampA}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync(Links.Supervision + "?Who=clerk-a")).Main.ShouldContain("Không có tài khoản");
        (await (await house.AsAsync("clerk-a")).GetAsync(Links.Supervision)).Status.ShouldBe(HttpStatusCode.Forbidden);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
