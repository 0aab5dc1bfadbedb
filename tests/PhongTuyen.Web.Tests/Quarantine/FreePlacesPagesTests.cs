using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

/// <summary>Who has to send a patient somewhere sees where there is room, in whichever district, and nothing else of that house.</summary>
[Trait("Category", "Database")]
public sealed class FreePlacesPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    [Answers("R7", "R9")]
    public async Task A_clerk_sees_the_free_beds_of_another_district_in_the_list_on_its_page_and_where_a_transfer_is_sent()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.HospitalA, treatment: true, rooms: 3, bedsEach: 7, tier: 2);
        await house.House.FacilityAsync(Place.OfficerB, Place.CampB, rooms: 1);
        await house.House.StayAsync(Place.ClerkHospitalA, Place.HospitalA, of: PhongTuyen.Quarantine.Contract.StayClass.Treatment, bed: true);
        await house.House.StayAsync(Place.ClerkHospitalA, Place.HospitalA, of: PhongTuyen.Quarantine.Contract.StayClass.Treatment);
        var clerk = await house.AsAsync("clerk-b");

        var list = await clerk.GetAsync(Links.Facilities + "?All=true");
        var line = list.Html[list.Html.IndexOf(">Bệnh viện huyện An Bình</a>", StringComparison.Ordinal)..];
        line = line[..line.IndexOf("</tr>", StringComparison.Ordinal)];
        line.ShouldContain("data-label=\"Trống điều trị\">20<");
        line.ShouldContain("data-label=\"Điều trị\">—<", Case.Sensitive, "how many are in treatment there is not told");
        list.Html.ShouldContain("data-label=\"Trống cách ly\">4<");

        var page = await clerk.GetAsync(Links.Facility(Place.HospitalA));
        page.Main.ShouldNotContain("Chưa khai phòng, giường");
        page.Html.ShouldContain("data-label=\"Còn trống\"><strong>20</strong>");
        page.Html.ShouldContain("data-label=\"Chưa có giường\">1<");
        page.Html.ShouldNotContain("data-figure=\"in-treatment\"");

        var choice = await clerk.GetAsync("/api/units?facilities=true&q=an%20binh");
        System.Text.RegularExpressions.Regex.Unescape(choice.Html).ShouldContain("Trống điều trị: 20 · 0258");
        System.Text.RegularExpressions.Regex.Unescape((await clerk.GetAsync("/api/units?q=an%20binh")).Html).ShouldNotContain("Trống");
    }

    [Fact]
    public async Task A_board_that_is_not_there_has_no_houses()
    {
        var clerk = await house.AsAsync("clerk-b");
        (await clerk.GetAsync(Links.Facilities + "?scope=nowhere")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await clerk.GetAsync(Links.FacilitiesOf($"area/{Place.DistrictA}", "free-icu"))).Main.ShouldContain("Huyện An Bình");
    }
}
