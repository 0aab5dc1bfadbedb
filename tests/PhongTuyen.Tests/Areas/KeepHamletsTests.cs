using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

[Trait("Category", "Database")]
public sealed class KeepHamletsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KeepHamlets.Add New(AreaId commune, string name, HamletKind kind = HamletKind.Thon, int? households = null) => new(house.Clock.NewGuid(), commune, kind, name, households);

    private Task<Outcome<int>> AddAsync(AccountId by, KeepHamlets.Add input) => house.RunAsync<KeepHamlets, int>(by, use => use.RunAsync(input, Ct));

    private Task<Outcome<Nothing>> DoAsync(AccountId by, Func<KeepHamlets, Task<Outcome<Nothing>>> act) => house.RunAsync(by, act);

    private Task<IReadOnlyList<Hamlet>> ListAsync(AreaId commune) => house.AsAsync(Place.ClerkB, Permission.SeePersons, (provider, _) => ((HamletsOfCommune)provider.GetService(typeof(HamletsOfCommune))!).FindAsync(commune, Ct));

    [Theory]
    [InlineData(HamletKind.Thon, "3", "Thôn 3")]
    [InlineData(HamletKind.Thon, " thon  3", "Thôn 3")]
    [InlineData(HamletKind.ResidentialGroup, "TỔ DÂN PHỐ số 7", "Tổ dân phố số 7")]
    [InlineData(HamletKind.Thon, "Thôn", "Thôn Thôn")]
    [InlineData(HamletKind.Other, "Xóm Chùa", "Xóm Chùa")]
    [InlineData(HamletKind.Ap, " ", null)]
    public void A_name_carries_its_kind_however_it_was_typed(HamletKind kind, string typed, string? full) => Hamlet.FullName(kind, typed).ShouldBe(full);

    [Fact]
    public async Task A_commune_lists_its_hamlets_in_the_order_of_their_numbers()
    {
        foreach (var name in new[] { "10", "2", "1" }) (await AddAsync(Place.OfficerA, New(Place.CommuneA2, name))).Done.ShouldBeTrue();
        (await ListAsync(Place.CommuneA2)).Select(hamlet => hamlet.Name).ShouldBe(["Thôn 1", "Thôn 2", "Thôn 10"]);
    }

    [Fact]
    public async Task The_same_hamlet_is_written_down_once()
    {
        var input = New(Place.CommuneA1, "Đồng Lúa", households: 120);
        var id = (await AddAsync(Place.Nurse, input)).Value;
        (await AddAsync(Place.Nurse, input)).Value.ShouldBe(id, "sent twice");
        (await AddAsync(Place.Nurse, New(Place.CommuneA1, "thôn đồng lúa"))).Problem.Code.ShouldBe("areas.hamlet-taken");
        (await AddAsync(Place.Nurse, New(Place.CommuneA1, "Đồng Lúa", HamletKind.Ap))).Done.ShouldBeTrue("an ấp of that name is another one");
        (await AddAsync(Place.Nurse, New(Place.CommuneA1, "", households: -1))).Problems.Select(problem => problem.Field).ShouldBe(["name", "households"]);
    }

    [Fact]
    public async Task A_hamlet_is_renamed_ended_and_taken_up_again_and_a_newer_change_stands()
    {
        var id = (await AddAsync(Place.Nurse, New(Place.CommuneA1, "Cầu Mây"))).Value;
        var change = new KeepHamlets.Change(house.Clock.NewGuid(), id, 1, HamletKind.Thon, "Cầu Mây Mới", 88);
        (await DoAsync(Place.Nurse, use => use.RunAsync(change, Ct))).Done.ShouldBeTrue();
        (await DoAsync(Place.Nurse, use => use.RunAsync(change, Ct))).Done.ShouldBeTrue("sent twice");
        (await DoAsync(Place.Nurse, use => use.RunAsync(change with { Intent = house.Clock.NewGuid() }, Ct))).Problem.Code.ShouldBe("kernel.changed");
        (await DoAsync(Place.Nurse, use => use.EndAsync(id, Ct))).Done.ShouldBeTrue();
        (await ListAsync(Place.CommuneA1)).Single(hamlet => hamlet.Id == id).ValidTo.ShouldBe(house.Clock.Today());
        (await AddAsync(Place.Nurse, New(Place.CommuneA1, "Cầu Mây Mới"))).Done.ShouldBeTrue("the name is free again");
        (await DoAsync(Place.Nurse, use => use.ReopenAsync(id, Ct))).Problem.Code.ShouldBe("areas.hamlet-taken");
    }

    [Fact]
    public async Task Nobody_keeps_the_list_of_a_commune_that_is_not_theirs()
    {
        (await AddAsync(Place.Nurse, New(Place.CommuneA2, "Lấn Sang"))).Problem.Status.ShouldBe(404);
        (await AddAsync(Place.OfficerB, New(Place.CommuneA1, "Lấn Sang"))).Problem.Status.ShouldBe(404);
        (await AddAsync(Place.ClerkA, New(Place.CommuneA1, "Lấn Sang"))).Problem.Status.ShouldBe(404, "a clerk of a camp has no area");
        (await AddAsync(Place.OfficerA, New(Place.DistrictA, "Cả Huyện"))).Problem.Status.ShouldBe(404, "only communes have hamlets");
        var id = (await AddAsync(Place.OfficerB, New(Place.CommuneB1, "Của Huyện Khác"))).Value;
        (await DoAsync(Place.OfficerA, use => use.EndAsync(id, Ct))).Problem.Status.ShouldBe(404);
        (await DoAsync(Place.OfficerA, use => use.RunAsync(new KeepHamlets.Change(house.Clock.NewGuid(), id, 1, HamletKind.Thon, "Chiếm", null), Ct))).Problem.Status.ShouldBe(404);
    }
}
