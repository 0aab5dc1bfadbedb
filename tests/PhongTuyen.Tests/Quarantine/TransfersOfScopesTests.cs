using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>The list looks at each subtree of a scope by itself; together they are what the row policy shows.</summary>
[Trait("Category", "Database")]
public sealed class TransfersOfScopesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_scope_finds_just_the_transfers_that_are_its_own_at_either_end_open_or_closed()
    {
        foreach (var (by, camp) in new[] { (Place.OfficerA, Place.CampA), (Place.OfficerB, Place.CampB) })
            await house.FacilityAsync(by, camp, rooms: 0);
        await SendAsync(Place.ClerkA, Place.CampA, Place.CampB, null);
        await SendAsync(Place.ClerkB, Place.CampB, Place.CampA, transfer => house.RefuseAsync(Place.ClerkA, transfer));
        await SendAsync(Place.ClerkB, Place.CampB, Place.CampA, transfer => house.TakeBackAsync(Place.ClerkB, transfer));
        // One whose place was another when it was sent: it is seen through the unit alone.
        var moved = await SendAsync(Place.ClerkA, Place.CampA, Place.CampB, null);
        await house.AskAsync<int>("UPDATE pt.quarantine_transfer SET district_id = 900003, commune_id = 0 WHERE id = $1 RETURNING 1", moved.Value);
        await house.AskAsync<int>("INSERT INTO pt.quarantine_reach VALUES (2, $1, 900003) ON CONFLICT DO NOTHING RETURNING 1", Place.CampA.Value);
        foreach (var who in new[] { Place.ClerkA, Place.ClerkB, Place.ClerkHospitalB, Place.OfficerA, Place.OfficerB, Place.ProvinceOfficer, Place.Operator, Place.Nurse }) await OwnAsync(who);
        await house.HoldSingleUnitsAsync(Place.ClerkA, Place.CampB, 400);
        await OwnAsync(Place.ClerkA);
    }

    private async Task OwnAsync(AccountId who)
    {
        foreach (var open in new[] { true, false })
        {
            var theirs = await house.AsAsync(who, Permission.SeePersons, (_, db) => db.Connection.RowsAsync($"SELECT id FROM pt.quarantine_transfer WHERE state {(open ? "IN (1, 2)" : "> 2")}", r => r.GetGuid(0), Ct));
            var found = new List<Guid>();
            string? behind = null;
            do
            {
                var page = await house.AsAsync(who, Permission.SeePersons, (provider, _) => provider.GetRequiredService<TransfersList>().FindAsync(open, Ct, behind: behind));
                found.AddRange(page.Rows.Select(row => row.Id.Value));
                behind = page.More;
            }
            while (behind is not null);
            found.ShouldBe(theirs, ignoreOrder: true, $"{who}, open: {open}");
        }
    }

    private async Task<TransferId> SendAsync(AccountId by, UnitId from, UnitId to, Func<TransferId, Task>? then)
    {
        var transfer = (await house.SendAsync(by, await house.StayAsync(by, from), to, of: StayClass.Observation)).Value;
        if (then is not null) await then(transfer);
        return transfer;
    }
}
