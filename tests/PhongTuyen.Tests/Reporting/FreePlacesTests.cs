using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reporting;

/// <summary>Where there is room: told to all staff of any house, the sum of its houses for an area, and nothing in a house that is closed.</summary>
[Answers("R9", "R11")]
[Trait("Category", "Database")]
public sealed class FreePlacesTests(FreePlacesTests.Houses house) : IClassFixture<FreePlacesTests.Houses>
{
    /// <summary>District A has a camp with eight beds and a second one with four; in district B there is nothing.</summary>
    public sealed class Houses : TestHouse
    {
        protected override async Task FurnishAsync()
        {
            await this.FacilityAsync(Place.ProvinceOfficer, Place.CampA);
            await this.FacilityAsync(Place.ProvinceOfficer, Place.HospitalA, rooms: 1);
        }
    }

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private FigureScope District => FigureScope.Of(new AreaKeys(Place.Province, Place.DistrictA, default));

    private Task<Dictionary<UnitId, Figures>> PlacesAsync(AccountId by) =>
        house.AsAsync(by, Permission.SeePersons, (provider, _) => provider.GetRequiredService<FigureReader>().PlacesOfAsync([Place.CampA, Place.HospitalA, Place.CampB], Ct));

    private static long Free(Figures figures) => BoardSums.Free(figures, BoardSums.IsObservation);

    private async Task<long> FreeAsync(FigureScope of) => Free(await house.FiguresAsync(Place.ProvinceOfficer, of));

    private async Task CloseAsync(DateOnly? on)
    {
        var version = (await house.AsAsync(Place.ProvinceOfficer, Permission.ManageFacility, (_, db) => db.Connection.ValueAsync<int?>("SELECT version FROM pt.quarantine_facility WHERE unit_id = $1", CancellationToken.None, Place.CampA.Value))) ?? 0;
        (await house.RunAsync<RunFacility, UnitId>(Place.ProvinceOfficer, use => use.RunAsync(new RunFacility.SetUp(house.Clock.NewGuid(), Place.CampA, version, true, false, null, new(2021, 5, 1), on, "12/QĐ", null), Ct), Permission.ManageFacility)).Done.ShouldBeTrue();
    }

    [Fact]
    [Answers("R7")]
    public async Task A_clerk_of_another_district_is_told_the_free_places_of_a_house_and_no_other_figure_of_it()
    {
        await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        await house.StayAsync(Place.ClerkA, Place.CampA);
        foreach (var folded in new[] { false, true })
        {
            if (folded) await house.Get<LiveFigures>().BeatAsync(Ct);
            var (told, own) = ((await PlacesAsync(Place.ClerkB))[Place.CampA], await house.FiguresAsync(Place.ClerkA, FigureScope.Of(Place.CampA)));
            (Free(told), BoardSums.Open(told), told.Stock(Metric.WithoutBed)).ShouldBe((Free(own), 8, own.Stock(Metric.WithoutBed)));
            Free(told).ShouldBeLessThan(8);
            var others = Enum.GetValues<Metric>().Where(metric => metric is not (Metric.WithoutBed or (>= Metric.BedsOpen and <= Metric.Licensed))).ToList();
            others.Where(metric => told.Details(metric).Any() || told.Details(metric, house.Clock.Today()).Any()).ShouldBeEmpty("nothing but places");
            own.Stock(Metric.InHouse).ShouldBeGreaterThan(0, "so that hiding it means something");
            (await house.AsAsync(Place.ClerkB, Permission.SeePersons, (_, db) => db.Connection.RowsAsync("SELECT DISTINCT metric FROM pt.places_of($1, $2)", r => (int)r.GetInt16(0), Ct, new[] { Place.CampA.Value }, house.Clock.Today())))
                .ShouldAllBe(metric => metric == 8 || metric >= 20 && metric <= 29);
            (await house.FiguresAsync(Place.ClerkB, FigureScope.Of(Place.CampA))).Lines(house.Clock.Today()).ShouldBeEmpty("the counters themselves stay closed");
        }
        await using var nobody = await house.Database.App.OpenConnectionAsync(Ct);
        (await nobody.ValueAsync<long>("SELECT count(*) FROM pt.places_of($1, $2)", Ct, new[] { Place.CampA.Value }, house.Clock.Today())).ShouldBe(0);
    }

    [Fact]
    public async Task The_free_places_of_a_district_are_the_sum_of_its_houses_whoever_waits_for_a_bed_in_one()
    {
        for (var i = 0; i < 6; i++) await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, bed: i < 4);
        var (camp, full) = (await FreeAsync(FigureScope.Of(Place.CampA)), await FreeAsync(FigureScope.Of(Place.HospitalA)));
        full.ShouldBe(0, "four beds, six people");
        camp.ShouldBeGreaterThan(0);
        (await FreeAsync(District)).ShouldBe(camp + full);
        (await house.FiguresAsync(Place.ProvinceOfficer, District)).Stock(Metric.WithoutBed).ShouldBeGreaterThanOrEqualTo(2, "they are told beside it");
    }

    [Fact]
    public async Task A_closed_house_has_no_free_places_at_any_level_and_has_them_again_when_it_opens()
    {
        await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        var (own, all) = (await FreeAsync(FigureScope.Of(Place.CampA)), await FreeAsync(District));
        own.ShouldBeGreaterThan(0);

        await CloseAsync(house.Clock.Today().AddDays(1));
        (await FreeAsync(District)).ShouldBe(all, "it closes tomorrow");
        house.Clock.Advance(TimeSpan.FromDays(1));
        (await FreeAsync(District)).ShouldBe(all - own, "nobody had to do anything for it");
        await CloseAsync(house.Clock.Today());
        foreach (var folded in new[] { false, true })
        {
            if (folded) await house.Get<LiveFigures>().BeatAsync(Ct);
            (await FreeAsync(FigureScope.Of(Place.CampA))).ShouldBe(0);
            (await FreeAsync(District)).ShouldBe(all - own, "who still lies in the closed house takes no bed of another");
            (await FreeAsync(FigureScope.Of(new AreaKeys(Place.Province, default, default)))).ShouldBe(all - own);
            Free((await PlacesAsync(Place.ClerkB))[Place.CampA]).ShouldBe(0);
            Free(await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().OfVisitorAsync(Ct))).ShouldBe(all - own);
            Free((await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => provider.GetRequiredService<FigureReader>().UnitsBelowAsync(District, 10, Ct)))[Place.CampA]).ShouldBe(0);
            (await house.FiguresAsync(Place.ProvinceOfficer, FigureScope.Of(Place.CampA))).Stock(Metric.BedsOccupied).ShouldBeGreaterThan(0, "who lies there is still told");
            (await house.DifferencesAsync()).ShouldBe("");
        }
        await CloseAsync(null);
        (await FreeAsync(FigureScope.Of(Place.CampA)), await FreeAsync(District)).ShouldBe((own, all));
    }

    [Fact]
    public async Task A_house_whose_unit_is_closed_has_no_free_places()
    {
        var (own, all) = (await FreeAsync(FigureScope.Of(Place.CampA)), await FreeAsync(District));
        own.ShouldBeGreaterThan(0);
        await UnitAsync(house.Clock.Today());
        (await FreeAsync(District)).ShouldBe(all - own);
        await UnitAsync(null);
        (await FreeAsync(District)).ShouldBe(all);

        Task<int> UnitAsync(DateOnly? last) => house.AskAsync<int>("UPDATE pt.unit SET valid_to = $2 WHERE id = $1 RETURNING 1", Place.CampA.Value, last is { } day ? day : new Npgsql.NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date });
    }
}
