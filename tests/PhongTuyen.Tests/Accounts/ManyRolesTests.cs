using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>The scope of somebody with many roles is that of all of them together, however many they are, and of none that is over or still to come.</summary>
[Trait("Category", "Database")]
public sealed class ManyRolesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    [Fact]
    public async Task Twenty_roles_hold_what_two_of_them_hold_and_nothing_of_another_time()
    {
        var alone = await ScopeAsync();
        await GiveAsync(Place.OfficerA, "since", "until");
        var two = await ScopeAsync();
        two.Length.ShouldBeGreaterThan(alone.Length, "the clerk also stands for the officer of the district");
        await GiveAsync(Place.OfficerB, "since + interval '9 years'", "NULL");
        await GiveAsync(Place.OfficerB, "since - interval '9 years'", "since");
        (await ScopeAsync()).ShouldBe(two);
        for (var i = 0; i < 16; i++) await GiveAsync(i % 2 == 0 ? Place.OfficerA : Place.ClerkA, "since", "until");
        (await ScopeAsync()).ShouldBe(two, "the same, and more often");
        await GiveAsync(Place.OfficerB, "since", "until");
        (await ScopeAsync()).ShouldBe((await ScopeAsync(Place.OfficerB)).Concat(two).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The rights of somebody, given to the clerk of camp A as well.</summary>
    private Task GiveAsync(AccountId like, string since, string until) => house.SqlAsync($"""
        INSERT INTO pt.account_right (grant_id, account_id, role, since, until, units, provinces, districts, communes)
        SELECT gen_random_uuid(), $1, role, {since}, {until}, units, provinces, districts, communes FROM pt.account_right WHERE account_id = $2 AND role IN (1, 3)
        """, Place.ClerkA.Value, like.Value);

    private Task<string[]> ScopeAsync(AccountId? of = null) => house.AsAsync(of ?? Place.ClerkA, Permission.SeePersons, (_, db) => Task.FromResult<string[]>(
        [.. db.Scope.Units.Select(id => $"unit {id}").Concat(db.Scope.Provinces.Select(id => $"province {id}")).Concat(db.Scope.Districts.Select(id => $"district {id}")).Concat(db.Scope.Communes.Select(id => $"commune {id}")).Order(StringComparer.Ordinal)]));
}
