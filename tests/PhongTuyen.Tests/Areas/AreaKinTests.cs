using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

[Trait("Category", "Database")]
public sealed class AreaKinTests(TestHouse house) : IClassFixture<TestHouse>
{
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
