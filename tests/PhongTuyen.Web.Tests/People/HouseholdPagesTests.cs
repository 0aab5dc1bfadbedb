using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.People;

[Trait("Category", "Database")]
public sealed class HouseholdPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Who_looks_for_a_household_is_told_of_more_than_are_shown_and_of_those_who_live_in_it_already()
    {
        var person = await house.House.PersonAsync(Place.ClerkA, "Mạc Thị Tìm Hộ");
        for (var i = 0; i < FindPersons.Most; i++) await house.House.PersonAsync(Place.ClerkA, "Ngụy Văn Đông Đảo");
        var clerk = await house.AsAsync("clerk-a");
        var form = await clerk.GetAsync(Links.Household(person));
        (await clerk.PostAsync(form, "handler=Find", ("q", "mac thi tim ho"))).Main.ShouldContain("Chỉ tìm thấy chính người này hoặc người đã cùng hộ");
        (await clerk.PostAsync(form, "handler=Find", ("q", "mac thi khong co"))).Main.ShouldContain("Không tìm thấy ai");
        (await clerk.PostAsync(form, "handler=Find", ("q", "nguy van dong dao"))).Main.ShouldNotContain("Chỉ hiện 20 người đầu");
        await house.House.PersonAsync(Place.ClerkA, "Ngụy Văn Đông Đảo");
        (await clerk.PostAsync(form, "handler=Find", ("q", "nguy van dong dao"))).Main.ShouldContain("Chỉ hiện 20 người đầu");
    }
}
