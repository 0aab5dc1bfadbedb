using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>A sealed record through the pages: sealed, hidden in lists, files and on the plan of beds, opened by two, lifted.</summary>
[Trait("Category", "Database")]
public sealed class SealPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R7")]
    public async Task A_record_is_sealed_hidden_everywhere_opened_by_two_and_unsealed()
    {
        const string Name = "Đỗ Thị Giữ Kín";
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
        var number = Given.Number();
        var person = await house.House.PersonAsync(Place.ClerkA, Name, number, lives: Place.KeysA1);
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA, person);
        var officer = await house.AsAsync("officer-a");
        (await officer.GetAsync(Links.Person(person))).Links.ShouldContain(Links.Seal(person));
        (await (await house.AsAsync("clerk-a")).GetAsync(Links.Seal(person))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await house.AsAsync("officer-b")).GetAsync(Links.Seal(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await officer.GetAsync(Links.Seal(person));
        (await officer.PostAsync(form, "Form.Reason", ("Form.Reason", "x"))).Main.ShouldContain("Hãy ghi lý do");
        var refused = await officer.PostAsync(form, "Form.Reason", ("Form.Reason", "Người bị đe dọa"));
        refused.Main.ShouldContain("hãy giao cho ít nhất một người làm việc ở đó");
        refused.Html.ShouldContain("Người bị đe dọa", Case.Sensitive, "what was typed stays");
        var done = await officer.PostAsync(form, "Form.Reason", ("Form.Reason", "Người bị đe dọa"), ("Form.Keys", Place.HeadA.Value.ToString()));
        done.Main.ShouldContain("Đã niêm phong hồ sơ", Case.Sensitive, done.Main);
        done.Main.ShouldContain("Hồ sơ niêm phong: chỉ những người được giao xem được");

        foreach (var other in new[] { "clerk-a", "province" })
        {
            var visitor = await house.AsAsync(other);
            (await visitor.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound, other);
            (await visitor.GetAsync(Links.Stay(stay))).Status.ShouldBe(HttpStatusCode.NotFound, other);
            var list = await visitor.GetAsync(Links.Stays + "?state=InHouse");
            list.Html.ShouldNotContain(Name);
            list.Main.ShouldContain("Hồ sơ niêm phong");
            (await visitor.PostAsync(list, "Take.Purpose", ("Take.Purpose", "gọi điện theo dõi"), ("form", "csv"))).Html.ShouldNotContain(Name);
            (await visitor.PostTokenAsync(Links.Search, ("Form.Q", number))).Html.ShouldNotContain(Name);
            (await visitor.PostTokenAsync(Links.Search, ("Form.Q", "Giữ Kín"))).Html.ShouldNotContain(Name);
        }
        (await house.House.AskAsync<string>("SELECT coalesce(string_agg(act || ' ' || subject_id, ', '), '') FROM pt.audit_event WHERE act IN ('person.listed', 'list.taken', 'person.searched') AND subject_id <> 'day' AND account_id = $1 AND persons @> ARRAY[$2]", Place.ClerkA.Value, person.Value)).ShouldBe("", "who was not shown is not said to have been");
        (await (await house.AsAsync("head-a")).GetAsync(Links.Stays + "?state=InHouse")).Html.ShouldContain(Name);
        var seals = await (await house.AsAsync("province")).GetAsync(Links.Seals);
        seals.Main.ShouldContain("Người bị đe dọa");
        seals.Html.ShouldNotContain(Name);

        var clerk = await house.AsAsync("clerk-a");
        var asked = await clerk.PostAsync(await clerk.GetAsync(Links.OpenPerson), "Form.Reason", ("Form.Number", number), ("Form.Birth", "1985"), ("Form.Reason", "Bất tỉnh trong phòng, cần tiền sử bệnh"));
        asked.Main.ShouldContain("đang niêm phong: cần người quản lý cho mở");
        (await clerk.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        var head = await house.AsAsync("head-a");
        var queue = await head.GetAsync(Links.Openings);
        queue.Main.ShouldContain("niêm phong, chờ cho mở");
        var opening = await house.House.AskAsync<Guid>("SELECT id FROM pt.person_opening WHERE person_id = $1", person.Value);
        (await head.PostTokenAsync(Links.Handler(Links.Openings, "Let"), ("id", opening.ToString()))).Main.ShouldContain("Đã cho mở");
        (await clerk.GetAsync(Links.Person(person))).Main.ShouldContain(Name);

        var lifted = await officer.PostTokenAsync(Links.Handler(Links.Seal(person), "Lift"), ("Form.Reason", "Hết nguy hiểm"));
        lifted.Main.ShouldContain("Đã gỡ niêm phong");
        (await (await house.AsAsync("province")).GetAsync(Links.Person(person))).Main.ShouldContain(Name);
        house.Faults.Kept.ShouldBeEmpty();
    }
}
