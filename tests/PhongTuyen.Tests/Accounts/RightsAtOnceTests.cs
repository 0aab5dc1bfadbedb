using PhongTuyen.Accounts;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>What was begun in somebody's name and waits is done by the rights of the moment in which it is done: files that were allowed, lists that are taken in.</summary>
[Answers("R33")]
[Trait("Category", "Database")]
public sealed class RightsAtOnceTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    /// <summary>A clerk of a house of their own, so that no test meets another's.</summary>
    private Task<AccountId> ClerkAsync(UnitId unit, DateTimeOffset? until = null) => house.AccountUntilAsync(TestAccounts.NewName("c"), unit, until, (Role.Clerk, unit, null));

    private async Task RevokeAsync(AccountId account) => (await house.RunAsync<RevokeRole, Nothing>(Place.ProvinceOfficer, async use => await use.RunAsync(await house.AskAsync<Guid>("SELECT id FROM pt.account_grant WHERE account_id = $1", account.Value), "thôi việc", Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_that_was_allowed_does_not_leave_when_the_role_has_ended_meanwhile(bool revoked)
    {
        var camp = revoked ? Place.CampB : Place.HospitalB;
        await house.FacilityAsync(Place.OfficerB, camp);
        var clerk = await ClerkAsync(camp, house.Clock.GetUtcNow().AddHours(2));
        for (var i = 0; i < 3; i++) await house.StayAsync(clerk, camp);
        var settings = house.Get<ListSettings>();
        const string Here = "/desk/quarantine/stays";
        Task<Outcome<List<StaysList.Row>>> Take() => house.AsAsync(clerk, Permission.SeePersons, (provider, _) =>
            ((TakeList)provider.GetService(typeof(TakeList))!).RunAsync("stays", Here, "bàn giao", ((StaysList)provider.GetService(typeof(StaysList))!).AllAsync(new StayFilter(), Ct), row => [row.Person], async rows => await rows.ToListAsync(Ct), Ct));
        settings.MostPersons = 2;
        try
        {
            var request = (await house.AsAsync(clerk, Permission.SeePersons, (provider, _) => ((ListRequests)provider.GetService(typeof(ListRequests))!).AskAsync(house.Clock.NewGuid(), "stays", Here, "bàn giao", ((StaysList)provider.GetService(typeof(StaysList))!).AllAsync(new StayFilter(), Ct), Ct))).Value;
            (await house.RunAsync<ListRequests, Nothing>(Place.OfficerB, use => use.DecideAsync(request, true, null, Ct), Permission.SeePersons)).Done.ShouldBeTrue();
            if (revoked) await RevokeAsync(clerk);
            else house.Clock.Advance(TimeSpan.FromHours(2));
            // The door answers 403; past it there is nobody to take.
            (await house.AsAsync(clerk, Permission.SeePersons, (_, db) => Task.FromResult(db.Visitor!.Roles.Count))).ShouldBe(0);
            var taken = await Take();
            (taken.Done ? taken.Value.Count : 0).ShouldBe(0);
            (await house.AskAsync<bool>("SELECT taken_at IS NULL FROM pt.list_request WHERE id = $1", request)).ShouldBeTrue("what was allowed was not used");
        }
        finally { settings.MostPersons = 1000; }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_that_waits_is_not_taken_in_when_the_role_of_who_started_it_has_ended(bool revoked)
    {
        await house.FacilityAsync(Place.OfficerA, Place.HospitalA, rooms: 0);
        var clerk = await ClerkAsync(Place.HospitalA, house.Clock.GetUtcNow().AddHours(2));
        var id = await house.UploadAsync(clerk, Place.HospitalA, ListImport.Csv("Họ tên,Ngày sinh,Giới tính", "Lý Văn Chờ,1980,Nam", "Lý Thị Chờ,1982,Nữ"));
        (await house.CheckAsync(clerk, id)).State.ShouldBe(ImportState.Checked);
        (await house.RunAsync<SteerImport, ImportState>(clerk, use => use.StartAsync(id, Ct), Permission.Import)).Done.ShouldBeTrue();
        if (revoked) await RevokeAsync(clerk);
        else house.Clock.Advance(TimeSpan.FromHours(2));
        while (await house.Get<ImportWorker>().WorkAsync(Ct)) { }
        (await house.AskAsync<string>("SELECT state || ' ' || fault FROM pt.import_run WHERE id = $1", id.Value)).ShouldBe("6 not-allowed");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person WHERE import_id = $1", id.Value)).ShouldBe(0);
    }
}
