using System.Globalization;
using System.Net;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

/// <summary>The day of a large house: what is shown may be cut, what is said is the whole, and the rest is a click away.</summary>
[Trait("Category", "Database")]
public sealed class DayPageTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private const int Many = DayOfUnit.Most + 5;

    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R4", "R10")]
    public async Task What_stands_in_the_way_of_taking_a_list_back_is_listed_with_links()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 0);
        var (one, two) = (await house.House.StayAsync(Place.ClerkA, Place.CampA), await house.House.StayAsync(Place.ClerkA, Place.CampA));
        var name = await house.House.AskAsync<string>("UPDATE pt.person SET name = 'Đỗ Thị Kẹt' WHERE id = (SELECT person_id FROM pt.quarantine_stay WHERE id = $1) RETURNING name", two.Value);
        var clerk = await house.AsAsync("clerk-a");
        var left = await clerk.PostTokenAsync($"{Links.Day}?handler=Leave&unit={Place.CampA}", ("Selected", one.ToString()), ("Selected", two.ToString()), ("Intent", house.Clock.NewGuid().ToString()));
        left.Html.ShouldContain("handler=undo");
        (await house.House.ReopenAsync(Place.ClerkA, two)).Done.ShouldBeTrue();
        (await house.House.EndAsync(Place.ClerkA, two, StayEnd.Died)).Done.ShouldBeTrue();
        var seen = await house.ToldAsync("person.listed");
        var refused = await clerk.PostAsync(left, "handler=undo");
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Main.ShouldContain("Không hoàn tác được nữa: 1 dòng đã có việc tiếp theo");
        refused.Main.ShouldContain($"{name} Đã có người thay đổi sau đó.");
        refused.Links.ShouldContain(Links.Stay(two));
        refused.Links.ShouldNotContain(Links.Stay(one), "nothing depends on the other");
        (await house.ToldAsync("person.listed")).ShouldBeGreaterThan(seen, "who is named there is in the audit");
        // The undo goes through once nothing stands in the way.
        var again = await clerk.PostTokenAsync($"{Links.Day}?handler=Leave&unit={Place.CampA}", ("Selected", (await house.House.StayAsync(Place.ClerkA, Place.CampA)).ToString()), ("Intent", house.Clock.NewGuid().ToString()));
        (await clerk.PostAsync(again, "handler=undo")).Main.ShouldContain("Đã hoàn tác");
        var last = await clerk.PostTokenAsync($"{Links.Day}?handler=Leave&unit={Place.CampA}", ("Selected", (await house.House.StayAsync(Place.ClerkA, Place.CampA)).ToString()), ("Intent", house.Clock.NewGuid().ToString()));
        last.Main.ShouldContain("Hoàn tác");
        var later = await clerk.GetAsync(Links.Day);
        later.Main.ShouldContain("Lượt anh/chị đã làm, còn hoàn tác được", Case.Sensitive, "the note is gone, the way back is not");
        (await clerk.PostAsync(later, "handler=undo")).Main.ShouldContain("Đã hoàn tác: 1 người");
        // A list of which one cannot leave says who it is.
        var mixed = await clerk.PostTokenAsync($"{Links.Day}?handler=Leave&unit={Place.CampA}", ("Selected", one.ToString()), ("Selected", two.ToString()), ("Intent", house.Clock.NewGuid().ToString()));
        mixed.Links.ShouldContain(Links.Stay(one));
    }

    [Fact]
    [Answers("R4", "R10")]
    public async Task Whoever_got_a_bed_from_another_tab_is_left_where_they_lie_and_named()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 2, bedsEach: 4);
        var stays = new List<StayId>();
        for (var i = 0; i < 3; i++) stays.Add(await house.House.StayAsync(Place.ClerkA, Place.CampA, await house.House.PersonAsync(Place.ClerkA, $"Đỗ Thị Thẻ {"Một Hai Ba".Split(' ')[i]}")));
        var late = await house.House.StayAsync(Place.ClerkA, Place.CampA, await house.House.PersonAsync(Place.ClerkA, "Đỗ Thị Đến Sau"));
        async Task<BedId?[]> BedsAsync()
        {
            var beds = new List<BedId?>();
            foreach (var stay in stays) beds.Add((await house.House.LookAsync(Place.ClerkA, stay))!.BedId);
            return [.. beds];
        }
        var clerk = await house.AsAsync("clerk-a");
        Task<WebPage> GiveAsync(params StayId[] ticked) => clerk.PostTokenAsync($"{Links.Day}?handler=Beds&unit={Place.CampA}", [.. ticked.Select(stay => ("Selected", stay.ToString())), ("Intent", house.Clock.NewGuid().ToString())]);
        var first = await GiveAsync([.. stays]);
        first.Main.ShouldContain("Đã xếp giường cho 3 người.");
        var lie = await BedsAsync();
        lie.ShouldAllBe(bed => bed != null);

        // The second tab was drawn before, and has one more.
        var seen = await house.ToldAsync("person.listed");
        var second = await GiveAsync([.. stays, late]);
        second.Main.ShouldContain("Đã xếp giường cho 1 người. 3 người đã có giường từ trước, giữ nguyên: Đỗ Thị Thẻ Một, Đỗ Thị Thẻ Hai, Đỗ Thị Thẻ Ba.");
        (await BedsAsync()).ShouldBe(lie);
        (await house.ToldAsync("person.listed")).ShouldBe(seen + 2, "who is named, and the day behind the note");
        var third = await GiveAsync([.. stays]);
        third.Status.ShouldBe(HttpStatusCode.Conflict);
        third.Main.ShouldContain("Mọi người được chọn đều đã có giường từ trước");
        third.Links.ShouldContain(Links.Stay(stays[0]));
        (await BedsAsync()).ShouldBe(lie);

        // Both acts can be taken back, the first one first.
        (await clerk.PostAsync(first, "handler=giveBack")).Main.ShouldContain("Đã hoàn tác: 3 người chưa có giường.");
        (await clerk.PostAsync(second, "handler=giveBack")).Main.ShouldContain("Đã hoàn tác: 1 người chưa có giường.");
        (await BedsAsync()).ShouldAllBe(bed => bed == null);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    [Answers("R12")]
    public async Task More_people_than_a_page_shows_are_counted_and_found_all_the_same()
    {
        await house.House.FacilityAsync(Place.OfficerB, Place.CampB, rooms: 1, bedsEach: 5);
        for (var i = 0; i < Many; i++) await house.House.StayAsync(Place.ClerkB, Place.CampB);
        var today = house.Clock.Today();
        await house.House.AskAsync<int>("UPDATE pt.quarantine_stay SET planned_end = $2 WHERE unit_id = $1 RETURNING 1", Place.CampB.Value, today);
        await house.House.AskAsync<int>("UPDATE pt.quarantine_stay SET planned_end = $2 WHERE id IN (SELECT id FROM pt.quarantine_stay WHERE unit_id = $1 ORDER BY id LIMIT 3) RETURNING 1", Place.CampB.Value, today.AddDays(-2));
        var clerk = await house.AsAsync("clerk-b");
        var day = await clerk.GetAsync(Links.Day);
        Heading(day, "leaving").ShouldBe(Many.ToString(CultureInfo.InvariantCulture));
        day.Main.ShouldContain($"Hết hạn hôm nay và quá hạn {Many}", Case.Sensitive, "the figure and the heading it leads to are one number");
        day.Main.ShouldContain($"Dự kiến rời hôm nay: đang hiện {DayOfUnit.Most} trên {Many - 3} người.");
        day.Main.ShouldNotContain("Quá ngày dự kiến:", Case.Sensitive, "all three of those are shown");
        Heading(day, "missing").ShouldBe($"{DayOfUnit.Most}+");
        foreach (var part in new[] { "due=" + today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "lacks=bed", "lacks=arrival", "lacks=plan" })
            (await clerk.GetAsync(day.Links.Single(link => link.StartsWith(Links.Stays, StringComparison.Ordinal) && link.Contains(part, StringComparison.Ordinal)))).Status.ShouldBe(HttpStatusCode.OK);
        // Beds by class: five free ones of observation, none of treatment to speak of; who waits for one takes none away.
        day.Main.ShouldContain("Giường cách ly còn trống 5");
        day.Main.ShouldNotContain("Giường điều trị còn trống");
    }

    [Fact]
    public async Task Transfers_of_a_day_are_told_from_the_unit_that_is_looked_at_and_all_of_them_are_found()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 0);
        await house.House.FacilityAsync(Place.OfficerA, Place.HospitalA, treatment: true, rooms: 0);
        var moving = TransfersList.Page + 1;
        for (var i = 0; i < moving; i++) (await house.House.SendAsync(Place.ClerkA, await house.House.StayAsync(Place.ClerkA, Place.CampA), Place.HospitalA)).Done.ShouldBeTrue();
        var officer = await house.AsAsync("officer-a");
        var (camp, hospital) = (await officer.GetAsync($"{Links.Day}?unit={Place.CampA}"), await officer.GetAsync($"{Links.Day}?unit={Place.HospitalA}"));
        (camp.Main.Contains("đi Bệnh viện huyện An Bình", StringComparison.Ordinal), camp.Main.Contains("từ Khu cách ly An Bình", StringComparison.Ordinal)).ShouldBe((true, false), "both ends are the officer's, the page is the camp's");
        (hospital.Main.Contains("đi Bệnh viện huyện An Bình", StringComparison.Ordinal), hospital.Main.Contains("từ Khu cách ly An Bình", StringComparison.Ordinal)).ShouldBe((false, true));
        Heading(camp, "coming").ShouldBe($"{TransfersList.Page}+");

        var first = await officer.GetAsync(camp.Links.Single(link => link == Links.TransfersOf(Place.CampA)));
        first.Main.ShouldContain("Khu cách ly An Bình");
        var second = await officer.GetAsync(first.Links.Single(link => link.Contains("behind=", StringComparison.Ordinal)));
        (Cards(first) + Cards(second)).ShouldBe(moving);
        Cards(await officer.GetAsync(Links.TransfersOf(Place.StationA1))).ShouldBe(0);
        (await (await house.AsAsync("officer-b")).GetAsync(Links.TransfersOf(Place.CampA))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Where_there_are_more_units_than_a_list_holds_one_is_found_by_its_name()
    {
        await house.House.AskAsync<int>("""
            WITH made AS (INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, valid_from)
              SELECT $1, 'TX-' || n, 'Trạm số ' || n, 'tram so ' || n, 9, $2, 900003, 0, '2021-01-01' FROM generate_series(1, 310) n RETURNING id)
            SELECT count(*)::int FROM made
            """, Place.CentreB.Value, Place.Province.Value);
        await house.House.AskAsync<object>("SELECT pt.write_rights(NULL)");
        var officer = await house.AsAsync("officer-b");
        var day = await officer.GetAsync(Links.Day);
        day.Html.ShouldContain("data-src=\"/api/units\"");
        (await officer.GetAsync($"{Links.Day}?UnitText={Uri.EscapeDataString("Trạm số 309")}")).Main.ShouldContain("Trạm số 309 · ngày");
        (await officer.GetAsync($"{Links.Day}?UnitText={Uri.EscapeDataString("Trạm không có")}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var person = await house.House.PersonAsync(Place.OfficerB, "Tống Thị Xa Xôi");
        var form = await officer.GetAsync(Links.AdmitPerson(person));
        form.Html.ShouldContain("data-src=\"/api/units\"");
        var done = await officer.PostAsync(form, "Form.UnitText", ("Form.UnitText", "Trạm số 309"), ("Form.Unit", ""), ("Form.Place", "Home"), ("Form.HomeText", "Xã Thử Ba, Huyện Bình Yên, Tỉnh Thử Nghiệm"), ("Form.Reason", "CloseContact"));
        done.Main.ShouldContain("Trạm số 309", Case.Sensitive, done.Address);
        done.Address.ShouldStartWith("/desk/quarantine/stay/");
    }

    private static int Cards(WebPage page) => page.Html.Split("<article class=\"pt-card").Length - 1;

    private static string Heading(WebPage page, string id)
    {
        var from = page.Html.IndexOf("<span class=\"pt-count\">", page.Html.IndexOf($"<h2 id=\"{id}\"", StringComparison.Ordinal), StringComparison.Ordinal) + "<span class=\"pt-count\">".Length;
        return WebUtility.HtmlDecode(page.Html[from..page.Html.IndexOf('<', from)]);
    }
}
