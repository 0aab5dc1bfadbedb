using System.Collections.Concurrent;
using System.Net;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Units;

/// <summary>A province reformed while people work.</summary>
[Trait("Category", "Database")]
public sealed class ReformUnderWorkTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_province_is_reformed_while_people_work_and_no_request_fails()
    {
        await house.House.FacilityAsync(Place.OfficerB, Place.CampB);
        var (stop, failed, answers) = (new CancellationTokenSource(), new ConcurrentQueue<string>(), 0);
        var working = new[] { ("clerk-b", Links.Day), ("officer-b", Links.Stays), ("province", Links.Board), ("nurse", Links.Search), ("head-a", Links.Facilities) }.Select(async pair =>
        {
            var visitor = await house.SignInAsync(pair.Item1, TestProvince.TestPassword);
            while (!stop.IsCancellationRequested)
            {
                var page = await visitor.GetAsync(pair.Item2);
                if (page.Status != HttpStatusCode.OK) failed.Enqueue($"{pair.Item1} {pair.Item2} {page.Status}");
                Interlocked.Increment(ref answers);
                // People, not a load: the rest of the machine goes on.
                await Task.Delay(20, Ct);
            }
        }).ToList();
        working.AddRange(Enumerable.Range(0, 2).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var person = await house.House.PersonAsync(Place.ClerkB);
                await house.House.StayAsync(Place.ClerkB, Place.CampB, person);
                Interlocked.Increment(ref answers);
                // People, not a load: the rest of the machine goes on.
                await Task.Delay(20, Ct);
            }
        }));
        while (answers < 20 && working.TrueForAll(task => !task.IsFaulted)) await Task.Delay(50, Ct);
        var reform = new AreaReform(null,
        [
            new("T900003", AreaLevel.District, null, null, []), new("T900006", AreaLevel.Commune, null, null, ["L1"]), new("T900007", AreaLevel.Commune, null, null, ["L1"]), new("L1", AreaLevel.Commune, "Xã Bình Yên", "T900001", []),
        ], [new("TTYT-B", ActKind.Rename, null, "Trung tâm Y tế khu vực Bình Yên", null, ["L1"])]);
        var done = await house.House.RunAsync<ReformAreas, Guid>(Place.Administrator, use => use.RunAsync(new(house.Clock.NewGuid(), reform, "1/NQ", house.Clock.Today()), Ct), Permission.ManageAreas);
        var then = answers;
        while (answers < then + 20 && working.TrueForAll(task => !task.IsFaulted)) await Task.Delay(50, Ct);
        await stop.CancelAsync();
        await Task.WhenAll(working);
        done.Done.ShouldBeTrue();
        failed.ShouldBeEmpty();
        house.Faults.Kept.ShouldBeEmpty();
    }
}
