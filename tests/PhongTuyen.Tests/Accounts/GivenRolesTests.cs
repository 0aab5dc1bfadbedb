using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>Who makes accounts and gives roles: below the own unit, and nothing that one could not hold.</summary>
[Trait("Category", "Database")]
public sealed class GivenRolesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private int made;

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<Outcome<MakeAccount.Made>> MakeAsync(AccountId by, UnitId unit, Role role, AreaId? area = null) => house.RunAsync<MakeAccount, MakeAccount.Made>(by, use => use.RunAsync(
        new(house.Clock.New<AccountId>(), $"moi-{by.ToString()[^4..]}-{made++}", "Người Mới", unit, null, null, role, area, role is Role.Volunteer or Role.Inspector ? house.Clock.GetUtcNow().AddDays(14) : null), Ct), Permission.ManageAccounts);

    [Fact]
    public async Task Each_role_gives_just_what_the_table_says()
    {
        var may = new Dictionary<AccountId, (UnitId Unit, Role[] Roles)>
        {
            [Place.HeadA] = (Place.CampA, [Role.Clerk, Role.UnitHead, Role.Volunteer]),
            [Place.OfficerA] = (Place.CentreA, [Role.Clerk, Role.UnitHead, Role.DistrictOfficer, Role.Leader, Role.SteeringCommittee, Role.TechnologyTeam, Role.Volunteer, Role.Inspector]),
            [Place.ProvinceOfficer] = (Place.Department, [Role.Clerk, Role.UnitHead, Role.DistrictOfficer, Role.ProvinceOfficer, Role.Leader, Role.SteeringCommittee, Role.TechnologyTeam, Role.Volunteer, Role.Inspector]),
        };
        foreach (var (by, (unit, roles)) in may)
            foreach (var role in Enum.GetValues<Role>())
                if (roles.Contains(role)) (await MakeAsync(by, unit, role)).Done.ShouldBeTrue($"{unit} {role}");
                else (await MakeAsync(by, unit, role)).Problem.Code.ShouldBe("account.role-not-yours", $"{unit} {role}");
        foreach (var by in new[] { Place.ClerkA, Place.Leader, Place.Nurse }) (await MakeAsync(by, Place.CampA, Role.Clerk)).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_reaches_beside_or_above_the_own_units_and_areas()
    {
        (await MakeAsync(Place.HeadA, Place.CampB, Role.Clerk)).Problem.Status.ShouldBe(404);
        (await MakeAsync(Place.HeadA, Place.CentreA, Role.Clerk)).Problem.Status.ShouldBe(404);
        (await MakeAsync(Place.OfficerA, Place.CampA, Role.Clerk, Place.CommuneB1)).Problem.Status.ShouldBe(404, "an area of another district");
        (await MakeAsync(Place.OfficerA, Place.CampA, Role.DistrictOfficer, Place.Province)).Problem.Status.ShouldBe(404, "the area above");
        (await MakeAsync(Place.OfficerA, Place.CampA, Role.Leader, default(AreaId))).Problem.Status.ShouldBe(404, "the country");
        (await MakeAsync(Place.OfficerA, Place.CampA, Role.Clerk, Place.CommuneA2)).Done.ShouldBeTrue();
        foreach (var above in new[] { Place.OfficerA, Place.ProvinceOfficer, Place.ClerkB })
            (await house.RunAsync<SuspendAccount, Nothing>(Place.HeadA, use => use.RunAsync(above, true, Ct), Permission.ManageAccounts)).Problem.Status.ShouldBe(404);
        (await house.RunAsync<SuspendAccount, Nothing>(Place.OfficerA, use => use.RunAsync(Place.HeadA, true, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await house.RunAsync<SuspendAccount, Nothing>(Place.OfficerA, use => use.RunAsync(Place.HeadA, false, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_changes_their_own_rights_neither_by_the_program_nor_by_the_database()
    {
        (await house.RunAsync<GiveRole, Guid>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), Place.OfficerA, Role.Clerk, Place.CampA, null, null, null), Ct), Permission.ManageAccounts)).Problem.Code.ShouldBe("account.not-yourself");
        (await house.RunAsync<SuspendAccount, Nothing>(Place.OfficerA, use => use.RunAsync(Place.OfficerA, true, Ct), Permission.ManageAccounts)).Problem.Code.ShouldBe("account.not-yourself");
        await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(Place.OfficerA, Permission.ManageAccounts, (_, db) => db.Connection.RunAsync(
            "INSERT INTO pt.account_grant (id, account_id, role, unit_id, since, given_at) VALUES ($1, $2, 4, $3, now(), now())", Ct, house.Clock.NewGuid(), Place.OfficerA.Value, Place.CentreA.Value)));
        (await house.AsAsync(Place.OfficerA, Permission.ManageAccounts, (_, db) => db.Connection.RunAsync("UPDATE pt.account_grant SET role = 7 WHERE account_id = $1", Ct, Place.OfficerA.Value))).ShouldBe(0);
        (await house.AsAsync(Place.HeadA, Permission.ManageAccounts, (_, db) => db.Connection.RunAsync("UPDATE pt.account SET unit_id = $2 WHERE id = $1", Ct, Place.ClerkB.Value, Place.CampA.Value))).ShouldBe(0);
    }

    [Fact]
    public async Task A_role_that_is_held_already_is_not_given_again_not_even_at_once()
    {
        var who = (await MakeAsync(Place.OfficerA, Place.CentreA, Role.Leader)).Value.Id;
        Task<Outcome<Guid>> Give(Role role, DateTimeOffset? until = null) => house.RunAsync<GiveRole, Guid>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), who, role, Place.CampA, null, null, until), Ct), Permission.ManageAccounts);
        Task<long> Living() => house.AskAsync<long>("SELECT count(*) FROM pt.account_grant WHERE account_id = $1 AND unit_id = $2 AND revoked_at IS NULL", who.Value, Place.CampA.Value);
        var day = house.Clock.GetUtcNow().AddDays(1);
        (await Give(Role.Clerk, day)).Done.ShouldBeTrue();
        (await Give(Role.Clerk, day)).Problem.Code.ShouldBe("account.role-held");
        (await Give(Role.Clerk, day.AddHours(-1))).Problem.Code.ShouldBe("account.role-held");
        (await Give(Role.UnitHead, day)).Done.ShouldBeTrue("another role");
        (await Give(Role.Clerk, day.AddDays(5))).Done.ShouldBeTrue("a longer one is another");
        var race = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Give(Role.DistrictOfficer))));
        race.Count(answer => answer.Done).ShouldBe(1);
        (await Living()).ShouldBe(4);
        var grant = await house.AskAsync<Guid>("SELECT id FROM pt.account_grant WHERE account_id = $1 AND role = 3", who.Value);
        (await house.RunAsync<RevokeRole, Nothing>(Place.OfficerA, use => use.RunAsync(grant, "hết việc", Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await Give(Role.DistrictOfficer)).Done.ShouldBeTrue("taken back, it may be given again");
    }
}
