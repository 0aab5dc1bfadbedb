using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Reorganisation;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>The scope of somebody with many roles is that of all of them together, however many they are, and of none that is over or still to come.</summary>
[Trait("Category", "Database")]
public sealed class ManyRolesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        (await house.ReachIsOfRightsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_roles_of_one_kind_are_one_row_at_the_entrance_and_one_that_is_to_come_waits()
    {
        var many = await house.AccountAsync("many-together", Place.CampA, [.. Enumerable.Repeat<(Role, UnitId?, AreaId?)>((Role.Clerk, Place.CampA, null), 30), (Role.Clerk, Place.CampB, null)]);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_right WHERE account_id = $1", many.Value)).ShouldBe(31);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_reach WHERE account_id = $1", many.Value)).ShouldBe(1);
        await house.SqlAsync("UPDATE pt.account_grant SET since = since + interval '1 hour' WHERE account_id = $1 AND unit_id = $2", many.Value, Place.CampB.Value);
        await house.WriteRightsAsync(many);
        (await house.ReachIsOfRightsAsync()).ShouldBeTrue();
        (await ScopeAsync(many)).ShouldBe([$"unit {Place.CampA}"]);
        house.Clock.Advance(TimeSpan.FromHours(2));
        (await ScopeAsync(many)).ShouldBe([.. new[] { Place.CampA, Place.CampB }.Select(unit => $"unit {unit}").Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task What_two_take_away_at_the_same_moment_is_gone_for_both()
    {
        var held = await house.AccountAsync("two-at-once", Place.CampA, (Role.Clerk, Place.CampA, null), (Role.Clerk, Place.CampB, null));
        await using var one = await house.Direct.OpenConnectionAsync(Ct);
        await using var other = await house.Direct.OpenConnectionAsync(Ct);
        await using var first = await one.BeginTransactionAsync(Ct);
        await using var second = await other.BeginTransactionAsync(Ct);
        await TakeAsync(one, Place.CampA);
        var waits = TakeAsync(other, Place.CampB);
        await house.LockedOrDoneAsync(other, waits);
        await first.CommitAsync(Ct);
        await waits;
        await second.CommitAsync(Ct);
        (await house.ReachIsOfRightsAsync()).ShouldBeTrue();
        (await ScopeAsync(held)).ShouldBe([]);

        // As where a unit is merged away: each in a statement of its own, on a right of its own.
        Task<int> TakeAsync(NpgsqlConnection connection, UnitId unit) => connection.RunAsync("UPDATE pt.account_right SET units = '{}' WHERE account_id = $1 AND units = ARRAY[$2::int]", Ct, held.Value, unit.Value);
    }

    /// <summary>The rights of somebody, given to the clerk of camp A as well.</summary>
    private Task GiveAsync(AccountId like, string since, string until) => house.SqlAsync($"""
        INSERT INTO pt.account_right (grant_id, account_id, role, since, until, units, provinces, districts, communes)
        SELECT gen_random_uuid(), $1, role, {since}, {until}, units, provinces, districts, communes FROM pt.account_right WHERE account_id = $2 AND role IN (1, 3)
        """, Place.ClerkA.Value, like.Value);

    private Task<string[]> ScopeAsync(AccountId? of = null) => house.AsAsync(of ?? Place.ClerkA, Permission.SeePersons, (_, db) => Task.FromResult<string[]>(
        [.. db.Scope.Units.Select(id => $"unit {id}").Concat(db.Scope.Provinces.Select(id => $"province {id}")).Concat(db.Scope.Districts.Select(id => $"district {id}")).Concat(db.Scope.Communes.Select(id => $"commune {id}")).Order(StringComparer.Ordinal)]));
}
