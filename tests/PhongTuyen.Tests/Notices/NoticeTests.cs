using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices;
using PhongTuyen.Notices.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Notices;

/// <summary>Notices reach those who work in a unit, once, and nobody else reads them.</summary>
[Trait("Category", "Database")]
public sealed class NoticeTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<T> BoardAsync<T>(AccountId by, Func<NoticeBoard, Task<T>> ask) => house.AsAsync(by, Permission.SignedIn, (provider, _) => ask((NoticeBoard)provider.GetService(typeof(NoticeBoard))!));

    private Task TellAsync(UnitId unit, string intent) => house.AsAsync(Place.ClerkB, Permission.EnterData, async (provider, _) =>
    {
        await ((INotify)provider.GetService(typeof(INotify))!).UnitAsync(unit, "notice.clash", new Dictionary<string, string> { ["n"] = "1" }, "/desk", intent, Ct);
        return 0;
    });

    [Fact]
    public async Task Those_of_the_unit_are_told_once_read_it_and_it_is_read()
    {
        await TellAsync(Place.CampA, "one");
        await TellAsync(Place.CampA, "one");
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(Place.CampA, "two");
        foreach (var told in new[] { Place.ClerkA, Place.HeadA }) (await BoardAsync(told, async board => (await board.CountsAsync(Ct)).Unread)).ShouldBe(2);
        foreach (var other in new[] { Place.ClerkB, Place.OfficerA, Place.Leader, Place.ProvinceOfficer }) (await BoardAsync(other, async board => (await board.CountsAsync(Ct)).Unread)).ShouldBe(0);

        var mine = (await BoardAsync(Place.ClerkA, board => board.MineAsync(read: false, null, Ct))).Rows;
        mine.Select(row => (row.TextKey, row.Link, row.Read)).ShouldBe([("notice.clash", "/desk", false), ("notice.clash", "/desk", false)]);
        mine[0].At.ShouldBeGreaterThan(mine[1].At, "newest first");
        (await BoardAsync(Place.ClerkA, board => board.MineAsync(read: false, (mine[0].At, mine[0].Id), Ct))).Rows.Select(row => row.Id).ShouldBe([mine[1].Id]);
        await BoardAsync(Place.ClerkA, async board => { await board.ReadAllAsync(Ct); return 0; });
        (await BoardAsync(Place.ClerkA, async board => (await board.CountsAsync(Ct)).Unread)).ShouldBe(0);
        (await BoardAsync(Place.HeadA, async board => (await board.CountsAsync(Ct)).Unread)).ShouldBe(2, "each reads for themselves");
    }

    [Fact]
    public async Task Nobody_reads_or_marks_what_is_told_to_another()
    {
        await TellAsync(Place.HospitalA, "theirs");
        (await house.AsAsync(Place.ProvinceOfficer, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.notice WHERE intent = 'theirs'", Ct))).ShouldBe(0);
        (await house.AsAsync(Place.ProvinceOfficer, Permission.SeePersons, (_, db) => db.Connection.RunAsync("UPDATE pt.notice SET read_at = now() WHERE intent = 'theirs'", Ct))).ShouldBe(0);
        (await BoardAsync(Place.ClerkHospitalA, async board => (await board.CountsAsync(Ct)).Unread)).ShouldBe(1);
    }
}
