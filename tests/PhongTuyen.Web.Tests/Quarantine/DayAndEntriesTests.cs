using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

[Trait("Category", "Database")]
public sealed partial class DayAndEntriesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task FacilityAsync()
    {
        if (await house.House.AsAsync(Place.OfficerA, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<bool>("SELECT NOT EXISTS (SELECT 1 FROM pt.quarantine_facility WHERE unit_id = $1)", Ct, Place.CampA.Value)))
            await house.House.FacilityAsync(Place.OfficerA, Place.CampA);
    }

    private async Task<StayId> StayAsync(string name, DateOnly? until = null)
    {
        await FacilityAsync();
        var stay = await house.House.StayAsync(Place.ClerkA, Place.CampA, await house.House.PersonAsync(Place.ClerkA, name, Given.Number()), bed: true);
        if (until is { } end) (await house.RunAsync<ChangePlan, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, end, "theo quyết định", null), Ct), Permission.EnterData)).Done.ShouldBeTrue();
        return stay;
    }

    [Fact]
    [Answers("R12")]
    public async Task Who_leaves_today_stands_on_the_day_of_the_clerk_and_is_counted_for_the_district()
    {
        await StayAsync("Tô Văn Hôm Nay", house.Clock.Today());
        await StayAsync("Tô Văn Ngày Mai", house.Clock.Today().AddDays(1));
        var day = await (await house.AsAsync("clerk-a")).GetAsync(Links.Day);
        day.Main.ShouldContain("Hết hạn hôm nay và quá hạn 1");
        day.Main.ShouldContain("Tô Văn Hôm Nay");
        day.Main.ShouldNotContain("Tô Văn Ngày Mai");

        var officer = await house.AsAsync("officer-a");
        var board = await officer.GetAsync($"{Links.Board}?scope=area/{Place.DistrictA}");
        var list = await officer.GetAsync(board.Links.First(link => link.Contains("due=" + house.Clock.Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        list.Main.ShouldContain("Tô Văn Hôm Nay");
        list.Main.ShouldNotContain("Tô Văn Ngày Mai");
    }

    [Fact]
    [Answers("R14", "R37")]
    public async Task The_district_sees_who_of_its_units_entered_how_much_and_how_often_it_was_corrected()
    {
        var stay = await StayAsync("Tô Thị Nhập Sai");
        var before = await LineAsync("officer-a", "clerk-a");
        var seen = await house.House.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.Set<Stay>().AsNoTracking().FirstAsync(one => one.Id == stay, Ct));
        (await house.RunAsync<CorrectStay, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, seen.Version, seen.Class, seen.Tier, seen.Severity, seen.ArrivedAt, StayReason.EpidemicArea, null, seen.Protection, seen.OriginOn, "covid-19", null), Ct), Permission.EnterData)).Done.ShouldBeTrue();
        await StayAsync("Tô Thị Nhập Thêm");
        var after = await LineAsync("officer-a", "clerk-a");
        (after.Entered - before.Entered, after.Corrected - before.Corrected).ShouldBe((2, 1), "a person and a stay; one correction");

        var page = await (await house.AsAsync("officer-a")).GetAsync(Links.Entries);
        page.Links.ShouldContain(Links.Stay(stay));
        page.Main.ShouldContain("Tiếp xúc gần (F1) → Về từ vùng dịch");
        (await (await house.AsAsync("officer-b")).GetAsync(Links.Entries)).Main.ShouldNotContain("clerk-a");
        (await (await house.AsAsync("clerk-a")).GetAsync(Links.Entries)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<(int Entered, int Corrected)> LineAsync(string visitor, string account)
    {
        var page = await (await house.AsAsync(visitor)).GetAsync(Links.Entries);
        var line = Lines().Matches(page.Html).Single(match => match.Groups[1].Value == account);
        return (int.Parse(line.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), int.Parse(line.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    [Answers("R29")]
    public async Task Who_is_quarantined_at_home_is_counted_and_found_by_the_station_of_the_commune()
    {
        var person = await house.House.PersonAsync(Place.Nurse, "Tô Văn Tại Nhà", lives: Place.KeysA1);
        (await house.RunAsync<AdmitPerson, StayId>(Place.Nurse, use => use.RunAsync(house.House.Admission(person, Place.StationA1) with { Place = StayPlace.Home, Home = Place.KeysA1 }, Ct), Permission.EnterData)).Done.ShouldBeTrue();
        var nurse = await house.AsAsync("nurse");
        var board = await nurse.GetAsync($"{Links.Board}?scope=area/{Place.CommuneA1}");
        board.Main.ShouldContain("trong đó tại nhà, nơi lưu trú: 1");
        var list = await nurse.GetAsync(Links.Stays + "?state=InHouse&place=Home");
        list.Main.ShouldContain("Tô Văn Tại Nhà");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Stays + "?state=InHouse&place=Home")).Main.ShouldContain("Tô Văn Tại Nhà");
        (await (await house.AsAsync("officer-b")).GetAsync(Links.Stays + "?state=InHouse&place=Home")).Main.ShouldNotContain("Tô Văn Tại Nhà");
    }

    [Theory]
    [InlineData("/desk/quarantine/stays?state=zzz", "state")]
    [InlineData("/desk/quarantine/stays?class=99", "class")]
    [InlineData("/desk/quarantine/stays?day=2026-99-99", "day")]
    [InlineData("/desk/quarantine/stays?lacks=zzz", "lacks")]
    [InlineData("/desk/quarantine/stays?unit=abc", "unit")]
    [InlineData("/desk/quarantine/stays?area=2147483647", "area")]
    [InlineData("/desk/cases?class=99", "class")]
    [InlineData("/desk/cases?disease=zzz", "disease")]
    public async Task A_filter_that_cannot_be_read_shows_no_list_and_sends_no_file(string address, string name)
    {
        await FacilityAsync();
        await house.House.StayAsync(Place.ClerkA, Place.CampA, await house.House.PersonAsync(Place.ClerkA, "Tô Thị Không Lọc", Given.Number()));
        var clerk = await house.AsAsync("clerk-a");
        var page = await clerk.GetAsync(address);
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Main.ShouldContain($"“{name}”");
        page.Main.ShouldNotContain("Tô Thị Không Lọc");
        var file = await clerk.PostTokenAsync($"{address}&handler=File", ("Take.Purpose", "kiểm tra"), ("form", "csv"));
        file.Status.ShouldBe(HttpStatusCode.BadRequest);
        file.Html.ShouldNotContain("Tô Thị Không Lọc");
    }

    [GeneratedRegex("""<th scope="row"><a [^>]*>([^<]*)</a></th><td class="pt-num"[^>]*>(\d+)</td><td class="pt-num"[^>]*>\d+</td><td class="pt-num"[^>]*>(\d+)</td>""")]
    private static partial Regex Lines();
}
