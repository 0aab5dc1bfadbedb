using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>An emergency through the pages: opened, seen and marked, over by itself, reviewed late.</summary>
[Trait("Category", "Database")]
public sealed class OpenPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R7")]
    public async Task An_emergency_is_opened_marked_over_by_itself_and_reviewed()
    {
        var number = Given.Number();
        var person = await house.House.PersonAsync(Place.ClerkB, "Mạc Thị Cấp Cứu", number, lives: Place.KeysB1);
        var clerk = await house.AsAsync("clerk-a");
        (await clerk.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.GetAsync(Links.Search)).Links.ShouldContain(Links.OpenPerson);
        var form = await clerk.GetAsync(Links.OpenPerson);
        var refused = await clerk.PostAsync(form, "Form.Reason", ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Reason", "gấp"));
        refused.Main.ShouldContain("ít nhất mười chữ cái");
        refused.Html.ShouldContain(number, Case.Sensitive, "what was typed stays");
        (await clerk.PostAsync(form, "Form.Reason", ("Form.By", "Planted"), ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Reason", "Bất tỉnh trên đường"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var opened = await clerk.PostAsync(form, "Form.Reason", ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Reason", "Bất tỉnh trên đường, cần tiền sử bệnh"));
        opened.Address.ShouldBe(Links.Person(person));
        opened.Main.ShouldContain("Đang mở khẩn cấp, tự đóng lúc");
        opened.Links.ShouldNotContain(Links.EditPerson(person));
        var opening = await house.House.AskAsync<Guid>("SELECT id FROM pt.person_opening WHERE person_id = $1", person.Value);
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'person.seen' AND subject_id = $1 AND account_id = $2 AND detail::jsonb ->> 'Opening' = $3", person.ToString(), Place.ClerkA.Value, opening.ToString())).ShouldBe(1);
        var told = await (await house.AsAsync("officer-b")).GetAsync(Links.Looked(person));
        told.Main.ShouldContain("Mở hồ sơ (mở khẩn cấp)");
        told.Main.ShouldContain("Bất tỉnh trên đường, cần tiền sử bệnh");

        house.Clock.Advance(TimeSpan.FromHours(3));
        clerk = await house.SignInAsync("clerk-a", TestProvince.TestPassword);
        (await clerk.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.GetAsync(Links.Openings)).Status.ShouldBe(HttpStatusCode.Forbidden);
        house.Clock.Advance(TimeSpan.FromHours(22));
        var head = await house.SignInAsync("head-a", TestProvince.TestPassword);
        (await head.GetAsync(Links.Notices)).Main.ShouldContain("vừa mở khẩn cấp");
        var queue = await head.GetAsync(Links.Openings);
        foreach (var words in new[] { "quá hạn duyệt", "Bất tỉnh trên đường", "1 lượt mở hồ sơ, 0 lượt xem số đầy đủ" }) queue.Main.ShouldContain(words);
        queue.Html.ShouldNotContain("Mạc Thị Cấp Cứu", Case.Sensitive, "who reviews need not see the person");
        (await head.PostTokenAsync(Links.Openings, ("id", opening.ToString()), ("Form.Justified", "false"))).Main.ShouldContain("điều gì không đúng");
        (await (await house.SignInAsync("officer-b", TestProvince.TestPassword)).PostTokenAsync(Links.Openings, ("id", opening.ToString()), ("Form.Justified", "true"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await head.PostTokenAsync(Links.Openings, ("id", opening.ToString()), ("Form.Justified", "true"))).Main.ShouldContain("Không có lần mở khẩn cấp nào chờ duyệt");
        (await head.GetAsync(Links.Openings + "?show=judged")).Main.ShouldContain("Bất tỉnh trên đường");
        (await house.ToldAsync("person.opening-reviewed", opening.ToString())).ShouldBe(1);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
