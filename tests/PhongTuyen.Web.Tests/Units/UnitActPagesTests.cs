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

/// <summary>Units reorganised through the pages; and a province reformed while people work.</summary>
[Trait("Category", "Database")]
public sealed class UnitActPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Answers("R1")]
    public async Task A_move_is_looked_at_done_listed_and_undone()
    {
        var province = await house.AsAsync("province");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.UnitAct(Place.CampA))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await province.GetAsync(Links.UnitAct(Place.Root))).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await province.GetAsync(Links.UnitAct(Place.HospitalA, ActKind.Move));
        (await province.PostAsync(form, "Form.Paper", ("Form.IntoText", "Trung tâm Y tế huyện Bình Yên"), ("Form.Paper", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var seen = await province.PostAsync(form, "Form.Paper", ("Form.IntoText", "Trung tâm Y tế huyện Bình Yên"), ("Form.Paper", "77/QĐ-SYT"));
        seen.Main.ShouldContain("1 tài khoản thấy thêm, 1 tài khoản thấy bớt đi");
        seen.Main.ShouldContain("officer-b");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.OK);

        var done = await province.PostAsync(seen, "Form.Paper");
        done.Main.ShouldContain("Đã sắp xếp Bệnh viện huyện An Bình");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await (await house.AsAsync("officer-b")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.OK);
        var list = await province.GetAsync(Links.UnitActsDone);
        list.Main.ShouldContain("77/QĐ-SYT");
        (await province.GetAsync(Links.Unit(Place.HospitalA))).Main.ShouldContain("trực thuộc Trung tâm Y tế huyện An Bình");
        (await province.PostAsync(list, "handler=Undo")).Main.ShouldContain("Đã hoàn tác");
        (await (await house.AsAsync("officer-a")).GetAsync(Links.Unit(Place.HospitalA))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_coming_act_stands_at_the_unit_and_can_be_withdrawn()
    {
        var province = await house.AsAsync("province");
        var form = await province.GetAsync(Links.UnitAct(Place.StationA1, ActKind.Rename));
        var seen = await province.PostAsync(form, "Form.Paper", ("Form.Name", "Trạm Y tế phường Thử Một"), ("Form.Paper", "78/QĐ-SYT"), ("Form.On", "2021-09-01"));
        seen.Main.ShouldContain("Không ai thấy thêm hay bớt gì");
        (await province.PostAsync(seen, "Form.Paper")).Main.ShouldContain("Đã lên lịch");
        (await province.GetAsync(Links.Unit(Place.StationA1))).Main.ShouldContain("Sắp xếp từ 01/09/2021");
        (await province.PostAsync(await province.GetAsync(Links.UnitActs), "handler=Withdraw")).Main.ShouldContain("Đã rút");
        (await province.GetAsync(Links.Unit(Place.StationA1))).Main.ShouldNotContain("Sắp xếp từ");
    }

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
            }
        }).ToList();
        working.AddRange(Enumerable.Range(0, 2).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var person = await house.House.PersonAsync(Place.ClerkB);
                await house.House.StayAsync(Place.ClerkB, Place.CampB, person);
                Interlocked.Increment(ref answers);
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
