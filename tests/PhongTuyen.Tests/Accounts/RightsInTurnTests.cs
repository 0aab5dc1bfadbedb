using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Tests.Reorganisation;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>Rights that two write at the same moment are those of the grants and trees as both leave them: nothing that was taken back comes back, and nothing that was given misses a unit.</summary>
[Answers("R33")]
[Trait("Category", "Database")]
public sealed class RightsInTurnTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    [Fact]
    public async Task A_role_that_is_taken_back_while_all_rights_are_written_stays_taken_back()
    {
        var held = await house.AccountAsync("in-turn-1", Place.CampA, (Role.Clerk, Place.CampA, null), (Role.Clerk, Place.CampB, null));
        await using var one = await house.Direct.OpenConnectionAsync(Ct);
        await using var other = await house.Direct.OpenConnectionAsync(Ct);
        await using var first = await one.BeginTransactionAsync(Ct);
        await using var second = await other.BeginTransactionAsync(Ct);
        // The first of all rights is held, so that whoever writes all of them stands still in the midst of it.
        await one.RunAsync("SELECT 1 FROM pt.account_right WHERE grant_id = (SELECT r.grant_id FROM pt.account_right r ORDER BY 1 LIMIT 1) FOR UPDATE", Ct);
        var all = other.RunAsync("SELECT pt.write_rights(NULL)", Ct);
        await house.LockedOrDoneAsync(other, all);
        all.IsCompleted.ShouldBeFalse();
        var grant = await house.AskAsync<Guid>("SELECT max(id::text)::uuid FROM pt.account_grant WHERE account_id = $1", held.Value);
        var taken = house.RunAsync<RevokeRole, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(grant, "thôi việc", Ct), Permission.ManageAccounts);
        await UntilItWaitsAsync(taken);
        await first.CommitAsync(Ct);
        await all;
        await second.CommitAsync(Ct);
        (await taken).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_right WHERE grant_id = $1", grant)).ShouldBe(0);
        (await house.RightsAreDueAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_roles_of_one_account_that_are_taken_back_at_once_are_both_gone()
    {
        var held = await house.AccountAsync("in-turn-2", Place.CampA, (Role.Clerk, Place.CampA, null), (Role.Clerk, Place.CampB, null));
        await using var one = await house.Direct.OpenConnectionAsync(Ct);
        await using var other = await house.Direct.OpenConnectionAsync(Ct);
        await using var first = await one.BeginTransactionAsync(Ct);
        await using var second = await other.BeginTransactionAsync(Ct);
        await TakeBackAsync(one, Place.CampA);
        var waits = TakeBackAsync(other, Place.CampB);
        await house.LockedOrDoneAsync(other, waits);
        await first.CommitAsync(Ct);
        await waits;
        await second.CommitAsync(Ct);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_right WHERE account_id = $1", held.Value)).ShouldBe(0);
        (await house.RightsAreDueAsync()).ShouldBeTrue();

        async Task TakeBackAsync(NpgsqlConnection connection, UnitId unit)
        {
            await connection.RunAsync("UPDATE pt.account_grant SET revoked_at = $3, revoked_by = $1 WHERE account_id = $1 AND unit_id = $2", Ct, held.Value, unit.Value, house.Clock.GetUtcNow());
            await connection.RunAsync("SELECT pt.write_rights(ARRAY[$1])", Ct, held.Value);
        }
    }

    [Fact]
    public async Task A_role_that_is_given_while_a_unit_is_added_below_is_over_that_unit_as_well()
    {
        var held = await house.AccountAsync("in-turn-3", Place.CentreA);
        await using var one = await house.Direct.OpenConnectionAsync(Ct);
        await using var first = await one.BeginTransactionAsync(Ct);
        await one.RunAsync("INSERT INTO pt.account_grant (id, account_id, role, unit_id, since, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $2, $5)", Ct, house.Clock.NewGuid(), held.Value, (short)Role.Clerk, Place.CentreA.Value, house.Clock.GetUtcNow());
        await one.RunAsync("SELECT pt.write_rights(ARRAY[$1])", Ct, held.Value);
        var added = house.RunAsync<AddUnit, UnitId>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), Place.CentreA, "KHU-LAN-LUOT", "Khu Lần Lượt", UnitKind.Camp, new(Place.Province, Place.DistrictA, default), null, null, null, null), Ct), Permission.ManageUnits);
        await UntilItWaitsAsync(added);
        await first.CommitAsync(Ct);
        var unit = (await added).Value;
        (await house.AskAsync<bool>("SELECT $2 = ANY (units) FROM pt.account_right WHERE account_id = $1", held.Value, unit.Value)).ShouldBeTrue();
        (await house.RightsAreDueAsync()).ShouldBeTrue();
    }

    /// <summary>Until the work of the program waits for its turn, or is done without.</summary>
    private async Task UntilItWaitsAsync(Task work)
    {
        while (!work.IsCompleted && !await house.AskAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database())")) await Task.Delay(10, Ct);
    }
}
