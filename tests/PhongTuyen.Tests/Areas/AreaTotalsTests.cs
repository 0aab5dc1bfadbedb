using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

[Trait("Category", "Database")]
public sealed class AreaTotalsTests(TestHouse house) : IClassFixture<TestHouse>
{
    [Theory]
    [InlineData("2021-11-01", 63, 705, 10_599)]
    [InlineData("2025-07-01", 34, 0, 3_321)]
    [InlineData("1999-01-01", 63, 705, 10_603)]
    public async Task The_official_lists_count_without_what_was_made_for_show(string day, int provinces, int districts, int communes)
    {
        var asOf = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var counts = await house.AsAsync(house.Place.Nurse, Permission.SignedIn, (provider, _) => ((AreaTotals)provider.GetService(typeof(AreaTotals))!).OnAsync(asOf, TestContext.Current.CancellationToken));
        counts.ShouldBe(new AreaCounts(provinces, districts, communes));
    }

    [Fact]
    public async Task A_province_knows_what_it_became_and_what_went_into_it()
    {
        var old = house.Areas.Book.ByCode("58", new DateOnly(2021, 11, 1))!;
        var kin = await house.AsAsync(house.Place.Nurse, Permission.SignedIn, (provider, _) => ((AreaKin)provider.GetService(typeof(AreaKin))!).OfAsync(old.Id, TestContext.Current.CancellationToken));
        var became = kin.Became.ShouldHaveSingleItem();
        (became.Area.Code, became.Partial).ShouldBe(("56", false));
        var back = await house.AsAsync(house.Place.Nurse, Permission.SignedIn, (provider, _) => ((AreaKin)provider.GetService(typeof(AreaKin))!).OfAsync(became.Area.Id, TestContext.Current.CancellationToken));
        back.CameFrom.Select(link => link.Area.Code).ShouldBe(["56", "58"], ignoreOrder: true);
    }
}
