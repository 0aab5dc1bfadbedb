using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

[Trait("Category", "Database")]
public sealed class TransfersListTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
