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
        // The camp looks after somebody who stays at home in the other district.
        var person = await house.PersonAsync(Place.ClerkA);
        var atHome = (await house.RunAsync<AdmitPerson, StayId>(Place.ClerkA, use => use.RunAsync(
            house.Admission(person, Place.CampA) with { Place = StayPlace.Home, Home = new AreaKeys(Place.Province, Place.DistrictB, Place.CommuneB1) }, Ct))).Value;

        var seen = await house.AsAsync(Place.OfficerA, Permission.SeePersons, (provider, _) => provider.GetRequiredService<StaysList>().FindAsync(new StayFilter(), null, Ct));
        seen.Rows.Select(row => row.Id).ShouldBe([atHome, inCamp], ignoreOrder: true);
        var figures = await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().OfVisitorAsync(Ct));
        (figures.Stock(Metric.InHouse), figures.Stock(Metric.AtHome)).ShouldBe((1, 1));
        await house.Get<LiveFigures>().BeatAsync(Ct);
        figures = await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().OfVisitorAsync(Ct));
        (figures.Stock(Metric.InHouse), figures.Stock(Metric.AtHome)).ShouldBe((1, 1), "folded into the counters of the district and of the camp");
    }

    [Fact]
    public async Task Open_transfers_come_page_by_page_the_oldest_first()
    {
        await house.FacilityAsync(Place.OfficerA, Place.HospitalA, treatment: true, rooms: 0);
        await house.FacilityAsync(Place.OfficerB, Place.HospitalB, treatment: true, rooms: 0);
        var sent = new List<TransferId>();
        for (var i = 0; i <= TransfersList.Page; i++)
        {
            var stay = await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, of: StayClass.Treatment);
            sent.Add((await house.RunAsync<SendTransfer, TransferId>(Place.ClerkHospitalA, use => use.RunAsync(new(house.Clock.New<TransferId>(), stay, Place.HospitalB, StayClass.Treatment, "Sốt cao", LeavesNow: false), Ct))).Value);
        }
        foreach (var who in new[] { Place.ClerkHospitalB, Place.OfficerB })
        {
            var first = await PageAsync(who, null);
            first.Rows.Select(row => row.Id).ShouldBe(sent.Take(TransfersList.Page));
            var last = await PageAsync(who, first.More);
            (last.Rows.Single().Id, last.More).ShouldBe((sent[^1], null));
        }
        (await PageAsync(Place.ClerkB, null)).Rows.ShouldBeEmpty("neither end is theirs");
    }

    private Task<TransfersList.Found> PageAsync(AccountId who, string? behind) => house.AsAsync(who, Permission.SeePersons, (provider, _) => provider.GetRequiredService<TransfersList>().FindAsync(open: true, Ct, behind: behind));
}
