using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>Whoever holds an area and units besides sees the union of both: each stay once, each figure once.</summary>
[Trait("Category", "Database")]
public sealed class WideScopeTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_district_officer_sees_the_stays_of_the_district_and_of_own_units_elsewhere_each_once()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CampA);
        await house.FacilityAsync(Place.OfficerB, Place.CampB);
        var inCamp = await house.StayAsync(Place.ClerkA, Place.CampA);
        await house.StayAsync(Place.ClerkB, Place.CampB);
        Task<StaysList.Found> SeenAsync() => house.AsAsync(Place.OfficerA, Permission.SeePersons, (provider, _) => provider.GetRequiredService<StaysList>().FindAsync(new StayFilter(), null, Ct));
        (await SeenAsync()).Rows.Select(row => row.Id).ShouldBe([inCamp], "and what was read of the reach of units is kept");
        // The camp looks after somebody who stays at home in the other district.
        var person = await house.PersonAsync(Place.ClerkA);
        var atHome = (await house.RunAsync<AdmitPerson, StayId>(Place.ClerkA, use => use.RunAsync(
            house.Admission(person, Place.CampA) with { Place = StayPlace.Home, Home = new AreaKeys(Place.Province, Place.DistrictB, Place.CommuneB1) }, Ct))).Value;

        (await SeenAsync()).Rows.Select(row => row.Id).ShouldBe([atHome, inCamp], ignoreOrder: true);
        var figures = await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().OfVisitorAsync(Ct));
        (figures.Stock(Metric.InHouse), figures.Stock(Metric.AtHome)).ShouldBe((1, 1));
        await house.Get<LiveFigures>().BeatAsync(Ct);
        figures = await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().OfVisitorAsync(Ct));
        (figures.Stock(Metric.InHouse), figures.Stock(Metric.AtHome)).ShouldBe((1, 1), "folded into the counters of the district and of the camp");
    }
}
