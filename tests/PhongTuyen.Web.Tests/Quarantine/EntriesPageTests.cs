using System.Net;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

[Trait("Category", "Database")]
public sealed class EntriesPageTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Who_entered_what_is_summed_for_all_own_units_or_for_one_and_never_for_others()
    {
        await house.House.PersonAsync(Place.ClerkA);
        await house.House.PersonAsync(Place.ClerkB);
        var officer = await house.AsAsync("officer-a");
        (await officer.GetAsync(Links.Entries)).Main.ShouldContain("clerk-a");
        var camp = await officer.GetAsync($"{Links.Entries}?Unit={Place.CampA}");
        camp.Main.ShouldContain("clerk-a");
        camp.Main.ShouldNotContain("clerk-b");
        (await officer.GetAsync($"{Links.Entries}?Unit={Place.HospitalA}")).Main.ShouldNotContain("clerk-a");
        (await officer.GetAsync($"{Links.Entries}?Unit={Place.CampB}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.GetAsync(Links.Entries)).Main.ShouldNotContain("clerk-b");
    }

    [Fact]
    public async Task A_unit_that_is_not_found_is_said_and_what_was_typed_stays()
    {
        var page = await (await house.AsAsync("officer-a")).GetAsync(Links.Entries + "?UnitText=khong+co+don+vi+nay");
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain("khong co don vi nay");
    }
}
