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

namespace PhongTuyen.Tests.Oversight;

/// <summary>Whether somebody who is answerable for data can still enter it is written down; it follows the account, its rights and the place of the unit, whoever changes them.</summary>
[Trait("Category", "Database")]
public sealed class AbleOfficerTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_roles_that_enter_data_are_those_of_the_program() =>
        (await house.AskAsync<short[]>("SELECT pt.entering_roles()")).ShouldBe(Roles.With(Permission.EnterData));

    [Fact]
    [Answers("R32")]
    public async Task It_follows_the_account_and_its_rights()
    {
        var (clerk, leader) = (await house.AccountAsync("able-clerk", Place.CampA, (Role.Clerk, Place.CampA, null)), await house.AccountAsync("able-leader", Place.CampA, (Role.Leader, Place.CampA, null)));
        var (held, faceless) = (await NamedAsync(clerk, Place.CampA), await NamedAsync(leader, Place.CampA));
        (await AbleAsync(held), await AbleAsync(faceless)).ShouldBe((true, false));

        await house.SqlAsync("UPDATE pt.account SET state = 2 WHERE id = $1", clerk.Value);
        (await AbleAsync(held)).ShouldBeFalse("suspended");
        await house.SqlAsync("UPDATE pt.account SET state = 1, expires_at = $2 WHERE id = $1", clerk.Value, house.Clock.GetUtcNow().AddHours(3));
        (await AbleAsync(held), await AbleAsync(held, hours: 4)).ShouldBe((true, false));
        await house.SqlAsync("UPDATE pt.account_grant SET until = $2 WHERE account_id = $1", clerk.Value, house.Clock.GetUtcNow().AddHours(2));
        await house.WriteRightsAsync(clerk);
        (await AbleAsync(held, hours: 1), await AbleAsync(held, hours: 2)).ShouldBe((true, false), "the earlier of the two ends");
        await house.SqlAsync("UPDATE pt.account_grant SET role = 5, until = NULL WHERE account_id = $1", clerk.Value);
        await house.WriteRightsAsync(clerk);
        (await AbleAsync(held)).ShouldBeFalse("a role that enters nothing");
        await house.SqlAsync("UPDATE pt.account_grant SET role = 2 WHERE account_id = $1", leader.Value);
        await house.WriteRightsAsync(leader);
        (await AbleAsync(faceless)).ShouldBeTrue();

        // What had ended meanwhile and is taken back.
        await house.SqlAsync("UPDATE pt.oversight_officer SET ended_at = now() WHERE id = $1", faceless);
        await house.SqlAsync("UPDATE pt.account SET state = 2 WHERE id = $1", leader.Value);
        await house.SqlAsync("UPDATE pt.oversight_officer SET ended_at = NULL WHERE id = $1", faceless);
        (await AbleAsync(faceless)).ShouldBeFalse();
        (await house.AbleIsOfRightsAsync()).ShouldBeTrue();
    }

    [Fact]
    [Answers("R32")]
    public async Task It_follows_the_unit_to_where_it_stands()
    {
        var clerk = await house.AccountAsync("able-of-district", Place.CampB, (Role.Clerk, null, Place.DistrictB));
        var held = await NamedAsync(clerk, Place.CampB);
        (await AbleAsync(held)).ShouldBeTrue();
        await house.SqlAsync("UPDATE pt.unit SET district_id = $2 WHERE id = $1", Place.CampB.Value, Place.DistrictA.Value);
        (await AbleAsync(held)).ShouldBeFalse("the role is over the district");
        (await house.AskAsync<int>("SELECT district_id FROM pt.oversight_officer WHERE id = $1", held)).ShouldBe(Place.DistrictA.Value);
        (await house.AbleIsOfRightsAsync()).ShouldBeTrue();
        await house.SqlAsync("UPDATE pt.unit SET district_id = $2 WHERE id = $1", Place.CampB.Value, Place.DistrictB.Value);
        (await AbleAsync(held)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE pt.account SET state = 2 WHERE id = $1")]
    [InlineData("UPDATE pt.account_right SET units = '{}' WHERE account_id = $1")]
    public async Task Whoever_loses_it_at_the_moment_of_being_named_has_it_not(string loses)
    {
        foreach (var namedFirst in new[] { true, false })
        {
            var clerk = await house.AccountAsync($"able-{loses.Length}-{namedFirst}".ToLowerInvariant(), Place.CampA, (Role.Clerk, Place.CampA, null));
            await using var one = await house.Direct.OpenConnectionAsync(Ct);
            await using var other = await house.Direct.OpenConnectionAsync(Ct);
            await using var first = await one.BeginTransactionAsync(Ct);
            await using var second = await other.BeginTransactionAsync(Ct);
            var (duty, id) = (await DutyAsync(), house.Clock.NewGuid());
            Task Name(NpgsqlConnection connection) => NameAsync(connection, id, duty, clerk, Place.CampA);
            Task Lose(NpgsqlConnection connection) => connection.RunAsync(loses, Ct, clerk.Value);
            await (namedFirst ? Name(one) : Lose(one));
            var waits = namedFirst ? Lose(other) : Name(other);
            await house.LockedOrDoneAsync(other, waits);
            waits.IsCompleted.ShouldBeFalse("one after the other");
            await first.CommitAsync(Ct);
            await waits;
            await second.CommitAsync(Ct);
            (await AbleAsync(id)).ShouldBeFalse(namedFirst ? "named before" : "named after");
        }
    }

    private Task<bool> AbleAsync(Guid officer, int hours = 0) => house.AskAsync<bool>("SELECT able @> $2::timestamptz FROM pt.oversight_officer WHERE id = $1", officer, house.Clock.GetUtcNow().AddHours(hours));

    private async Task<Guid> DutyAsync()
    {
        var duty = house.Clock.NewGuid();
        await house.SqlAsync("INSERT INTO pt.oversight_duty (id, unit_id, name, paper, rhythm, since, due_at, entered_at, entered_by) VALUES ($1, $2, 'Số liệu', '1/SYT', 2, '2021-07-01', '16:00', now(), $3)", duty, Place.Department.Value, Place.ProvinceOfficer.Value);
        return duty;
    }

    private async Task<Guid> NamedAsync(AccountId account, UnitId unit)
    {
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        var id = house.Clock.NewGuid();
        await NameAsync(connection, id, await DutyAsync(), account, unit);
        return id;
    }

    private static Task NameAsync(NpgsqlConnection connection, Guid id, Guid duty, AccountId account, UnitId unit) => connection.RunAsync("""
        INSERT INTO pt.oversight_officer (id, duty_id, unit_id, province_id, district_id, commune_id, account_id, named_at, named_by)
        SELECT $1, $2, u.id, u.province_id, u.district_id, u.commune_id, $3, now(), $3 FROM pt.unit u WHERE u.id = $4
        """, Ct, id, duty, account.Value, unit.Value);
}
