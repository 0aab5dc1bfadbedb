using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

[Trait("Category", "Database")]
public sealed class StaysPagingTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_after_page_gives_every_stay_once_the_newest_first_also_where_many_have_one_moment_or_none()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 0);
        await house.FacilityAsync(Place.OfficerB, Place.CampB, rooms: 0);
        for (var i = 0; i < 24; i++) await house.StayAsync(Place.ClerkA, Place.CampA);
        for (var i = 0; i < 6; i++) await house.StayAsync(Place.ClerkB, Place.CampB);
        // Four moments for all of them, a microsecond apart, and a fifth that nobody knows; a third of them has ended.
        await house.SqlAsync("""
            UPDATE pt.quarantine_stay s SET arrived_at = CASE WHEN n % 5 = 0 THEN NULL ELSE arrived_at + (n % 5) * interval '1 microsecond' END, arrived_on = CASE WHEN n % 5 = 0 THEN NULL ELSE arrived_on END,
              state = CASE WHEN n % 3 = 0 THEN 5 ELSE 2 END, ended_as = CASE WHEN n % 3 = 0 THEN 1 END
            FROM (SELECT id, row_number() OVER (PARTITION BY unit_id ORDER BY id) AS n FROM pt.quarantine_stay) x WHERE x.id = s.id
            """);
        foreach (var (who, many) in new[] { (Place.ClerkA, 24), (Place.OfficerA, 24), (Place.ProvinceOfficer, 30) })
        {
            await EveryPageAsync(who, new StayFilter(), many);
            await EveryPageAsync(who, new StayFilter { State = StayState.Ended }, many / 3);
            await EveryPageAsync(who, new StayFilter { StartUnknown = true }, null);
        }
        await EveryPageAsync(Place.ProvinceOfficer, new StayFilter { Unit = Place.CampA }, 24);
        await EveryPageAsync(Place.ProvinceOfficer, new StayFilter { Area = new(Place.Province, Place.DistrictB, default) }, 6);
        // Of hundreds of units the last days are looked through first: these stays begin within them and before them.
        await house.SqlAsync("UPDATE pt.quarantine_stay SET arrived_at = arrived_at - n * interval '1 day', arrived_on = arrived_on - n FROM (SELECT id AS of, row_number() OVER (ORDER BY id)::int % 7 AS n FROM pt.quarantine_stay) x WHERE of = id");
        foreach (var others in new[] { 5, 400 })
        {
            await house.HoldSingleUnitsAsync(Place.ClerkA, Place.CampB, others);
            await EveryPageAsync(Place.ClerkA, new StayFilter(), 30);
            await EveryPageAsync(Place.ClerkA, new StayFilter { State = StayState.Ended }, 10);
            await EveryPageAsync(Place.ClerkA, new StayFilter { StartUnknown = true }, null);
        }
    }

    private async Task EveryPageAsync(AccountId who, StayFilter filter, int? many)
    {
        var whole = (await house.AsAsync(who, Permission.SeePersons, (provider, _) => provider.GetRequiredService<StaysList>().FindAsync(filter, null, Ct, 1000))).Rows;
        whole.Select(row => row.Id).ShouldBeUnique();
        whole.ShouldBe(whole.OrderByDescending(row => row.ListedAt).ThenByDescending(row => row.Id.ToString(), StringComparer.Ordinal));
        if (many is { } n) whole.Count.ShouldBe(n);
        whole.Count.ShouldBeGreaterThan(3);
        foreach (var page in new[] { 1, 4, 7, whole.Count - 1, whole.Count, whole.Count + 1 })
        {
            var (found, behind) = (new List<StaysList.Row>(), default(string));
            do
            {
                var next = await house.AsAsync(who, Permission.SeePersons, (provider, _) => provider.GetRequiredService<StaysList>().FindAsync(filter, behind, Ct, page));
                next.Rows.Count.ShouldBeLessThanOrEqualTo(page);
                found.AddRange(next.Rows);
                behind = next.More;
            } while (behind is not null && found.Count <= whole.Count);
            found.Select(row => row.Id).ShouldBe(whole.Select(row => row.Id), $"{page} a page");
        }
    }
}
