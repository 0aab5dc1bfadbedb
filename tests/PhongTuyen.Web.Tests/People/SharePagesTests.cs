using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

/// <summary>A record and a discrepancy shared through the pages: picked unit, purpose, end; looked at, answered, given back, ended.</summary>
[Answers("R34")]
[Trait("Category", "Database")]
public sealed class SharePagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    private string Day(int days) => house.Clock.Today().AddDays(days).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_record_is_shared_looked_at_and_given_back()
    {
        const string Name = "Đinh Văn Chia Sẻ";
        var person = await house.House.PersonAsync(Place.ClerkA, Name, Given.Number(), lives: Place.KeysA1);
        var (giver, other) = (await house.AsAsync("clerk-a"), await house.AsAsync("clerk-hospital-b"));
        (await other.GetAsync(Links.Share(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await (await house.AsAsync("leader")).GetAsync(Links.Share(person))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await giver.GetAsync(Links.Person(person))).Links.ShouldContain(Links.Share(person));
        var form = await giver.GetAsync(Links.Share(person));
        var refused = await giver.PostAsync(form, "Form.Purpose", ("Form.UnitText", "Bệnh viện huyện Bình Yên"), ("Form.Purpose", "x"), ("Form.Until", Day(50)));
        refused.Main.ShouldContain("Hãy ghi chia sẻ để làm gì");
        refused.Main.ShouldContain("Hôm nay chỉ chia sẻ được đến hết " + Day(30));
        var done = await giver.PostAsync(form, "Form.Purpose", ("Form.UnitText", "Bệnh viện huyện Bình Yên"), ("Form.Purpose", "Theo dõi sau ra viện"), ("Form.Until", Day(3)));
        done.Main.ShouldContain("Đã chia sẻ với Bệnh viện huyện Bình Yên", Case.Sensitive, done.Main);
        done.Main.ShouldContain($"chia sẻ hồ sơ với Bệnh viện huyện Bình Yên đến hết {Day(3)}");

        (await other.GetAsync(Links.Notices)).Main.ShouldContain("Khu cách ly An Bình chia sẻ một hồ sơ với đơn vị của anh/chị");
        var received = await other.GetAsync(Links.Shares);
        received.Main.ShouldContain(Name);
        received.Main.ShouldContain("Theo dõi sau ra viện");
        var seen = await other.GetAsync(Links.Person(person));
        seen.Main.ShouldContain("Chỉ xem được, không sửa được");
        foreach (var act in new[] { Links.EditPerson(person), Links.Share(person) }) seen.Links.ShouldNotContain(act);
        (await other.GetAsync(Links.Share(person))).Status.ShouldBe(HttpStatusCode.NotFound, "it is not shared on");
        (await (await house.AsAsync("clerk-b")).GetAsync(Links.Shares)).Main.ShouldContain("Chưa nhận hồ sơ chia sẻ nào");
        (await (await house.AsAsync("clerk-b")).GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);

        (await other.PostAsync(received, "handler=End")).Main.ShouldContain("Đã trả lại");
        (await other.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound, "with the next click");
        var over = await other.GetAsync(Links.Shares + "?over=true");
        over.Main.ShouldContain("đã trả lại");
        over.Html.ShouldNotContain(Name);
        (await giver.GetAsync(Links.Shares + "?show=given&over=true")).Main.ShouldContain(Name);
        (await giver.GetAsync(Links.Person(person))).Main.ShouldContain("Bệnh viện huyện Bình Yên trả lại hồ sơ được chia sẻ");
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_is_gone_for_the_other_unit_the_moment_its_time_is_over()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Lê Thị Hết Hạn", lives: Place.KeysA1);
        var (giver, other) = (await house.SignInAsync("clerk-a", TestProvince.TestPassword), await house.SignInAsync("clerk-hospital-b", TestProvince.TestPassword));
        await giver.PostAsync(await giver.GetAsync(Links.Share(person)), "Form.Purpose", ("Form.UnitText", "Bệnh viện huyện Bình Yên"), ("Form.Purpose", "Theo dõi"), ("Form.Until", Day(0)));
        (await other.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
        await house.House.AskAsync<object>("UPDATE pt.person_share SET ends_at = $2 WHERE person_id = $1 RETURNING 1", person.Value, house.Clock.GetUtcNow());
        (await other.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await giver.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_a_discrepancy_the_other_unit_sees_that_one_and_its_answer_stands_at_it()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Bùi Văn Sai Lệch", lives: Place.KeysA1);
        var finding = await house.House.AskAsync<Guid>("""
            INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at) VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, 'address.not-found', 'person', $1, $6) RETURNING id
            """, person.Value, Place.CampA.Value, Place.Province.Value, Place.DistrictA.Value, Place.CommuneA1.Value, house.Clock.GetUtcNow());
        var (giver, other) = (await house.AsAsync("clerk-a"), await house.AsAsync("clerk-hospital-b"));
        (await giver.GetAsync(Links.Findings)).Links.ShouldContain(Links.ShareFinding(person, finding));
        (await giver.GetAsync(Links.ShareFinding(person, Guid.CreateVersion7()))).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await giver.GetAsync(Links.ShareFinding(person, finding));
        (await giver.PostAsync(form, "Form.Purpose", ("Form.UnitText", "Bệnh viện huyện Bình Yên"), ("Form.Purpose", "Xin xác minh địa chỉ"), ("Form.Until", Day(3)))).Main.ShouldContain("Đã chia sẻ với Bệnh viện huyện Bình Yên");
        var received = await other.GetAsync(Links.Shares);
        received.Main.ShouldContain("Bùi Văn Sai Lệch");
        received.Main.ShouldContain("Địa chỉ không khớp một đơn vị hành chính duy nhất");
        (await other.GetAsync(Links.Person(person))).Status.ShouldBe(HttpStatusCode.NotFound, "and nothing else of the record");
        (await house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'person.listed' AND subject_id = 'shares' AND account_id = $1 AND persons @> ARRAY[$2]", Place.ClerkHospitalB.Value, person.Value)).ShouldBeGreaterThan(0, "that the name was seen is written");
        (await other.PostAsync(received, "handler=Answer", ("answer", " "))).Main.ShouldContain("Hãy ghi câu trả lời");
        (await other.PostAsync(received, "handler=Answer", ("answer", "Ở thôn Đông, xã Thử Ba"))).Main.ShouldContain("Đã gửi trả lời");
        (await giver.GetAsync(Links.Findings)).Main.ShouldContain("Ở thôn Đông, xã Thử Ba");
        (await giver.PostAsync(await giver.GetAsync(Links.Shares + "?show=given"), "handler=End")).Main.ShouldContain("Đã thôi chia sẻ");
        (await other.GetAsync(Links.Shares)).Html.ShouldNotContain("Bùi Văn Sai Lệch");
    }
}
