using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Reporting;

/// <summary>A live figure is what somebody who counts the rows at this moment would find, whoever writes meanwhile.</summary>
[Answers("R11")]
[Trait("Category", "Database")]
public sealed class CountersTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private const int Writers = 8, Rounds = 2, Acts = 8;

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_figure_equals_a_recount_at_any_moment_while_many_write(int seed)
    {
        var acts = new RandomActs(house, seed);
        using var over = new CancellationTokenSource();
        var watch = WatchAsync(over.Token);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => acts.WriteAsync(round * Writers + writer, Acts), Ct)));
            await AllLevelsAsync($"seed {seed}, round {round}");
        }
        await over.CancelAsync();
        (await watch).ShouldBeGreaterThan(3, "compared while they wrote");
        acts.Done.ShouldBeGreaterThan(Writers * Rounds * Acts / 4, "most acts were done, so the figures moved");
        await house.Get<LiveFigures>().BeatAsync(Ct);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.report_delta")).ShouldBe(0, "all is folded");
        await AllLevelsAsync($"seed {seed}, folded");
    }

    /// <summary>Compares without pause while the writers write, and folds now and then.</summary>
    private async Task<int> WatchAsync(CancellationToken until)
    {
        var compared = 0;
        for (; !until.IsCancellationRequested; compared++)
        {
            (await house.DifferencesAsync()).ShouldBe("");
            if (compared % 3 == 0) await house.Get<LiveFigures>().BeatAsync(CancellationToken.None);
            await Task.Delay(100, CancellationToken.None);
        }
        return compared;
    }

    /// <summary>What the screens read, at each level and as each reader, against the rows.</summary>
    private async Task AllLevelsAsync(string when)
    {
        var days = Enumerable.Range(0, 2).Select(back => house.Clock.Today().AddDays(-back)).Order().ToArray();
        foreach (var (scope, by, where) in new[]
        {
            (FigureScope.Of(Place.CampA), Place.ClerkA, $"unit_id = {Place.CampA}"),
            (FigureScope.Of(Place.HospitalB), Place.ClerkHospitalB, $"unit_id = {Place.HospitalB}"),
            (FigureScope.Of(Place.KeysA1), Place.OfficerA, $"commune_id = {Place.CommuneA1}"),
            (FigureScope.Of(new AreaKeys(Place.Province, Place.DistrictA, default)), Place.OfficerA, $"district_id = {Place.DistrictA}"),
            (FigureScope.Of(new AreaKeys(Place.Province, Place.DistrictB, default)), Place.OfficerB, $"district_id = {Place.DistrictB}"),
            (FigureScope.Of(new AreaKeys(Place.Province, default, default)), Place.Leader, $"province_id = {Place.Province}"),
            (FigureScope.Country, Place.Operator, "true"),
        })
            (await house.FiguresAsync(by, scope)).Lines(days).ShouldBe(await house.RecountAsync(where, days), $"{when}, {scope}");
        var below = await house.AsAsync(Place.Leader, Permission.SeeFigures, (provider, _) => ((FigureReader)provider.GetService(typeof(FigureReader))!).AreasBelowAsync(FigureScope.Of(new AreaKeys(Place.Province, default, default)), districts: true, Ct));
        foreach (var district in new[] { Place.DistrictA, Place.DistrictB })
            (below.TryGetValue(district, out var figures) ? figures.Lines(days) : []).ShouldBe(await house.RecountAsync($"district_id = {district}", days), when);
    }

    [Fact]
    public async Task A_district_officer_sees_each_row_once_although_two_grants_cover_it()
    {
        await house.StayAsync(Place.ClerkA, Place.CampA);
        var mine = await house.AsAsync(Place.OfficerA, Permission.SeeFigures, (provider, _) => ((FigureReader)provider.GetService(typeof(FigureReader))!).OfVisitorAsync(Ct));
        mine.Lines().ShouldBe(await house.RecountAsync($"district_id = {Place.DistrictA}"));
    }

    [Fact]
    public async Task A_late_entry_counts_on_its_own_day_and_an_unknown_start_on_none()
    {
        var (today, camp) = (house.Clock.Today(), FigureScope.Of(Place.CampB));
        var before = await house.FiguresAsync(Place.ClerkB, camp, days: 6);
        var late = house.Admission(await house.PersonAsync(Place.ClerkB), Place.CampB) with { ArrivedAt = today.AddDays(-5).AtLocal(new TimeOnly(23, 59)) };
        (await house.AdmitAsync(Place.ClerkB, late)).Done.ShouldBeTrue();
        var unknown = house.Admission(await house.PersonAsync(Place.ClerkB), Place.CampB) with { ArrivedAt = null, ArrivalUnknown = true };
        (await house.AdmitAsync(Place.ClerkB, unknown)).Done.ShouldBeTrue();

        var after = await house.FiguresAsync(Place.ClerkB, camp, days: 6);
        long Grown(Metric metric, DateOnly? day = null) => day is { } flow ? after.Flow(metric, flow) - before.Flow(metric, flow) : after.Stock(metric) - before.Stock(metric);
        (Grown(Metric.Arrived, today), Grown(Metric.Arrived, today.AddDays(-5)), Grown(Metric.StartUnknown), Grown(Metric.InHouse), Grown(Metric.StaysTotal)).ShouldBe((0, 1, 1, 2, 2));
        Enumerable.Range(0, 7).Sum(back => Grown(Metric.Arrived, today.AddDays(-back))).ShouldBe(1, "the unknown start is in no day");

        (await house.CorrectAsync(Place.ClerkB, unknown.Id, input => input with { ArrivedAt = house.Clock.GetUtcNow().AddMinutes(-1) })).Done.ShouldBeTrue();
        after = await house.FiguresAsync(Place.ClerkB, camp, days: 6);
        (Grown(Metric.Arrived, today), Grown(Metric.StartUnknown)).ShouldBe((1, 0), "found out, it moves into its day");
        (await house.EndAsync(Place.ClerkB, unknown.Id, StayEnd.Left, null)).Done.ShouldBeTrue();
        after = await house.FiguresAsync(Place.ClerkB, camp, days: 6);
        (Grown(Metric.InHouse), Grown(Metric.Left, today)).ShouldBe((1, 0), "an end on an unknown day is no flow of today");
    }

    [Fact]
    public async Task Whoever_waits_for_a_move_reads_the_new_figure_when_told()
    {
        var live = house.Get<LiveFigures>();
        await live.StartAsync(Ct);
        try
        {
            await live.MovedFromAsync(-1).WaitAsync(TimeSpan.FromSeconds(10), Ct);
            for (var i = 0; i < 3; i++)
            {
                await house.Get<LiveFigures>().BeatAsync(Ct);
                var before = (await house.FiguresAsync(Place.ClerkA, FigureScope.Of(Place.CampA))).Stock(Metric.InHouse);
                var waiting = live.MovedFromAsync(live.Version);
                waiting.IsCompleted.ShouldBeFalse("nothing was written");
                await house.StayAsync(Place.ClerkA, Place.CampA);
                await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct);
                (await house.FiguresAsync(Place.ClerkA, FigureScope.Of(Place.CampA))).Stock(Metric.InHouse).ShouldBe(before + 1);
            }
        }
        finally
        {
            await live.StopAsync(CancellationToken.None);
        }
    }
}
