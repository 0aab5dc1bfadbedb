using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Quarantine;

/// <summary>A facility's page: beds are opened and closed there, and of a large house one sees only the wing that was asked for.</summary>
[Trait("Category", "Database")]
public sealed class FacilityPageTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task WingAsync(string wing, int rooms) => (await house.House.RunAsync<RunFacility, RunFacility.Added>(Place.HeadA, use => use.RunAsync(
        new RunFacility.AddRooms(house.House.Clock.NewGuid(), Place.CampA, wing, [.. Enumerable.Range(1, rooms).Select(n => $"Buồng {wing[^1]}{n}")], 10, PlaceClasses.Observation, false, false, 0), Ct), Permission.ManageFacility)).Value.Beds.ShouldBe(rooms * 10);

    private Task<int> BedAsync(string wing) => house.House.AskAsync<int>("SELECT b.id FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id WHERE r.wing = $1 ORDER BY b.id LIMIT 1", wing);

    [Fact]
    public async Task Rooms_added_by_mistake_are_taken_back_from_the_page_and_a_bed_that_was_given_stands_in_the_way()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CentreA, rooms: 0);
        var officer = await house.AsAsync("officer-a");
        Task<long> RoomsAsync(string wing) => house.House.AskAsync<long>("SELECT count(*) FROM pt.quarantine_room WHERE unit_id = $1 AND wing = $2", Place.CentreA.Value, wing);
        async Task<WebPage> AddAsync(string wing) => await officer.PostAsync(await officer.GetAsync(Links.Rooms(Place.CentreA)), "Form.Rooms", ("Form.Wing", wing), ("Form.Rooms", "1-3"), ("Form.BedsEach", "2"));
        var added = await AddAsync("Nhầm khu");
        added.Main.ShouldContain("Đã thêm 6 giường.");
        (await RoomsAsync("Nhầm khu")).ShouldBe(3);
        var back = await officer.PostAsync(added, "handler=Undo");
        back.Main.ShouldContain("6 giường vừa thêm không còn nữa");
        back.Main.ShouldNotContain("Nhầm khu");
        (await RoomsAsync("Nhầm khu")).ShouldBe(0);
        back.Main.ShouldContain("hoàn tác việc thêm 6 giường", Case.Sensitive, "it stands in the history of the house");

        await AddAsync("Đúng khu");
        var stay = await house.House.StayAsync(Place.OfficerA, Place.CentreA);
        (await house.House.AssignAsync(Place.OfficerA, stay, new BedId(await BedAsync("Đúng khu")))).Done.ShouldBeTrue();
        var later = await officer.GetAsync(Links.Rooms(Place.CentreA));
        later.Main.ShouldContain("thêm 6 giường", Case.Sensitive, "offered later too");
        var refused = await officer.PostAsync(later, "handler=Undo");
        refused.Main.ShouldContain("Giường Đúng khu · 1 · 1 đã có người nằm hoặc giữ chỗ");
        refused.Html.ShouldContain(Links.Stay(stay));
        (await RoomsAsync("Đúng khu")).ShouldBe(3);
    }

    [Fact]
    public async Task A_large_house_is_shown_wing_by_wing_and_only_who_lies_there_is_written_down_as_seen()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 0);
        await WingAsync("Dãy A", 6);
        var (inB, stay) = (await house.House.PersonAsync(Place.ClerkA, "Thạch Thị Nằm B"), default(StayId));
        await WingAsync("Dãy B", 6);
        stay = await house.House.StayAsync(Place.ClerkA, Place.CampA, inB);
        (await house.House.AssignAsync(Place.ClerkA, stay, new BedId(await BedAsync("Dãy B")))).Done.ShouldBeTrue();
        var head = await house.AsAsync("head-a");
        Task<long> SeenAsync() => house.House.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'person.listed' AND subject_id = 'facility' AND account_id = $1 AND persons @> ARRAY[$2::uuid]", Place.HeadA.Value, inB.Value);

        (await head.GetAsync(Links.Facility(Place.CampA))).Main.ShouldContain("Thạch Thị Nằm B", Case.Sensitive, "120 beds are shown at once");
        (await SeenAsync()).ShouldBe(1);

        await WingAsync("Dãy C", 1);
        var first = await head.GetAsync(Links.Facility(Place.CampA));
        (first.Main.Contains("Buồng A1", StringComparison.Ordinal), first.Main.Contains("Buồng B1", StringComparison.Ordinal), first.Main.Contains("Thạch Thị Nằm B", StringComparison.Ordinal)).ShouldBe((true, false, false));
        first.Main.ShouldContain("1 trên 60 giường", Case.Sensitive, "how full the others are is said all the same");
        (await SeenAsync()).ShouldBe(1);
        (await head.GetAsync(Links.Facility(Place.CampA) + "?wing=kh%C3%B4ng%20c%C3%B3")).Main.ShouldContain("Buồng A1");

        var second = await head.GetAsync(Links.Facility(Place.CampA) + "?wing=" + Uri.EscapeDataString("Dãy B"));
        (second.Main.Contains("Buồng A1", StringComparison.Ordinal), second.Main.Contains("Thạch Thị Nằm B", StringComparison.Ordinal)).ShouldBe((false, true));
        (await SeenAsync()).ShouldBe(2);

        var (taken, free) = (await BedAsync("Dãy B"), await BedAsync("Dãy B") + 1);
        async Task<bool> OpenAsync(int bed) => await house.House.AskAsync<bool>("SELECT open FROM pt.quarantine_bed WHERE id = $1", bed);
        var closed = await head.PostAsync(second, "handler=Bed", ("Form.Close", free.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        (await OpenAsync(free)).ShouldBeFalse();
        closed.Address.ShouldContain("wing=D", Case.Sensitive, "back in the same wing");
        await head.PostAsync(closed, "handler=Bed", ("Form.Open", free.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        (await OpenAsync(free)).ShouldBeTrue();
        (await head.PostAsync(second, "handler=Bed", ("Form.Close", taken.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Main.ShouldContain("Giường đang có người nằm");
        (await OpenAsync(taken)).ShouldBeTrue("somebody lies there");
        (await head.PostAsync(second, "handler=Bed")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound, "no bed named");
    }
}
