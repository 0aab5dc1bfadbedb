using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reporting;

/// <summary>Figures from the shelf are what the counters say now, and nobody is given those of another scope.</summary>
[Trait("Category", "Database")]
public sealed class FigureShelfTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_counted_since_is_in_the_next_answer_and_another_scope_has_an_answer_of_its_own()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CampA);
        var camp = FigureScope.Of(Place.CampA);
        var before = (await house.FiguresAsync(Place.ClerkA, camp)).Stock(Metric.InHouse);
        await house.StayAsync(Place.ClerkA, Place.CampA);
        (await house.FiguresAsync(Place.ClerkA, camp)).Stock(Metric.InHouse).ShouldBe(before + 1);
        await house.StayAsync(Place.ClerkA, Place.CampA);
        await house.Get<LiveFigures>().BeatAsync(Ct);
        (await house.FiguresAsync(Place.ClerkA, camp)).Stock(Metric.InHouse).ShouldBe(before + 2);
        var units = await UnitsAsync(Place.OfficerA);
        units[Place.CampA].Stock(Metric.InHouse).ShouldBe(before + 2);
        await house.StayAsync(Place.ClerkA, Place.CampA);
        (await UnitsAsync(Place.OfficerA))[Place.CampA].Stock(Metric.InHouse).ShouldBe(before + 3);
        (await UnitsAsync(Place.OfficerB)).ShouldNotContainKey(Place.CampA, "the row policies, and not the shelf, say what another district sees");
    }

    [Fact]
    public void Scopes_that_differ_have_different_names()
    {
        var scopes = new[]
        {
            new Scope([new UnitId(1)], [], [], [], true), new Scope([], [new AreaId(1)], [], [], true), new Scope([], [], [new AreaId(1)], [], true), new Scope([], [], [], [new AreaId(1)], true),
            new Scope([new UnitId(1), new UnitId(2)], [], [], [], true), new Scope([new UnitId(2)], [new AreaId(1)], [], [], true), Scope.Nobody,
        };
        scopes.Select(scope => scope.Mark).Distinct().Count().ShouldBe(scopes.Length);
        new Scope([new UnitId(1)], [], [], [], true).Mark.ShouldBe(scopes[0].Mark);
    }

    private Task<Dictionary<UnitId, Figures>> UnitsAsync(AccountId by) => house.AsAsync(by, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().OfUnitsAsync([Place.CampA, Place.CampB], Ct));
}
