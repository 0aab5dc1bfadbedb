using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cases;

[Trait("Category", "Database")]
public sealed class CasesPagingTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task CaseAsync(AccountId by, int i, AreaKeys? lives) => (await house.RunAsync<RecordCase, CaseId>(by, async use => await use.RunAsync(
        new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), await house.PersonAsync(by, lives: lives), 0, "covid-19", (CaseClass)(1 + i % 4), null, "RT-PCR") { ReportedOn = i % 4 == 0 ? null : house.Clock.Today().AddDays(-2 * (i % 4)) }, Ct))).Done.ShouldBeTrue();

    [Fact]
    public async Task Page_after_page_gives_every_case_once_in_both_orders_also_where_many_have_one_day_or_none()
    {
        for (var i = 0; i < 20; i++) await CaseAsync(Place.ClerkA, i, i % 2 == 0 ? null : Place.KeysA1);
        for (var i = 0; i < 5; i++) await CaseAsync(Place.ClerkB, i, Place.KeysB1);
        foreach (var (oldest, manyUnits) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            if (manyUnits) await house.HoldManyUnitsAsync(Place.OfficerA, Place.ProvinceOfficer);
            foreach (var (who, many) in new[] { (Place.ClerkA, 20), (Place.OfficerA, 20), (Place.ProvinceOfficer, 25) })
            {
                await EveryPageAsync(who, new CaseFilter { OldestFirst = oldest }, many);
                await EveryPageAsync(who, new CaseFilter { OldestFirst = oldest, Class = CaseClass.Confirmed }, null);
            }
            await EveryPageAsync(Place.ProvinceOfficer, new CaseFilter { OldestFirst = oldest, Unit = Place.CampA }, 20);
            await EveryPageAsync(Place.ProvinceOfficer, new CaseFilter { OldestFirst = oldest, Area = new(Place.Province, Place.DistrictB, default) }, 5);
        }
        foreach (var others in new[] { 5, 400 })
        {
            await house.HoldSingleUnitsAsync(Place.ClerkA, Place.CampB, others);
            foreach (var oldest in new[] { false, true }) await EveryPageAsync(Place.ClerkA, new CaseFilter { OldestFirst = oldest }, 25);
        }
    }

    private async Task EveryPageAsync(AccountId who, CaseFilter filter, int? many)
    {
        var whole = (await FindAsync(null, 1000)).Rows;
        whole.Select(row => row.Id).ShouldBeUnique();
        var order = whole.OrderByDescending(row => row.ReportedOn ?? DateOnly.MinValue).ThenByDescending(row => row.Id.ToString(), StringComparer.Ordinal);
        whole.ShouldBe(filter.OldestFirst ? order.Reverse() : order);
        if (many is { } n) whole.Count.ShouldBe(n);
        whole.Count.ShouldBeGreaterThan(3);
        foreach (var page in new[] { 1, 4, 7, whole.Count - 1, whole.Count, whole.Count + 1 })
        {
            var (found, behind) = (new List<CasesList.Row>(), default(string));
            do
            {
                var next = await FindAsync(behind, page);
                next.Rows.Count.ShouldBeLessThanOrEqualTo(page);
                found.AddRange(next.Rows);
                behind = next.More;
            } while (behind is not null && found.Count <= whole.Count);
            found.Select(row => row.Id).ShouldBe(whole.Select(row => row.Id), $"{page} a page");
        }

        Task<CasesList.Found> FindAsync(string? behind, int page) => house.AsAsync(who, Permission.SeePersons, (provider, _) => provider.GetRequiredService<CasesList>().FindAsync(filter, behind, Ct, page));
    }
}
