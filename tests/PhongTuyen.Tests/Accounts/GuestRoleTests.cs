using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>A role over one's own place for a colleague of another organisation: named, for a purpose, until a day; ended by either side, and by itself.</summary>
[Answers("R33")]
[Trait("Category", "Database")]
public sealed class GuestRoleTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private DateTimeOffset In(int days) => house.Clock.Today().AddDays(days).AtLocal();

    private async Task<(AccountId Id, string Name)> ColleagueAsync(UnitId? unit = null)
    {
        var name = TestAccounts.NewName("ban");
        return (await house.AccountAsync(name, unit ?? Place.CampB, (Role.Clerk, unit ?? Place.CampB, null)), name);
    }

    private Task<long> SeesAsync(AccountId by, PersonId person, Permission door = Permission.SeePersons) => house.AsAsync(by, door, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.person WHERE id = $1", Ct, person.Value));

    private Task<GuestRolesList.Found> ListAsync(AccountId by, bool ours = false, bool ended = false) => house.AsAsync(by, Permission.ManageAccounts, (provider, _) => ((GuestRolesList)provider.GetService(typeof(GuestRolesList))!).FindAsync(ours, ended, null, Ct));

    [Fact]
    public async Task An_inspector_of_another_organisation_reads_the_place_for_two_weeks_and_enters_nothing()
    {
        var person = await house.PersonAsync(Place.ClerkA, lives: Place.KeysA1);
        var (who, name) = await ColleagueAsync();
        (await SeesAsync(who, person)).ShouldBe(0);
        var grant = (await house.GuestAsync(Place.OfficerA, name.ToUpperInvariant(), Role.Inspector, Place.CentreA, null, In(14))).Value;
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, null, Place.DistrictA, In(14))).Done.ShouldBeTrue("over the area as well");
        (await SeesAsync(who, person)).ShouldBe(1);
        (await SeesAsync(who, person, Permission.EnterData)).ShouldBe(0, "what they enter elsewhere does not open this place");
        foreach (var door in new[] { Permission.EnterData, Permission.Import, Permission.ManageFacility, Permission.JudgeEntries, Permission.SealPersons, Permission.ManageAccounts, Permission.Operate }) Roles.Opens([(int)Role.Inspector], door).ShouldBeFalse($"{door}");
        (await house.AsAsync(who, Permission.SeeEntries, (_, db) => Task.FromResult(db.Scope.Units.Contains(Place.CampA)))).ShouldBeTrue();
        var row = (await ListAsync(Place.OfficerA)).Rows.Single(one => one.Id == grant);
        (row.Name, row.UserName, row.Home, row.Role, row.UnitName, row.Purpose, row.Paper, row.GivenUnit).ShouldBe((name, name, "Khu cách ly Bình Yên", Role.Inspector, "Trung tâm Y tế huyện An Bình", "Thanh tra công tác cách ly", "25/QĐ-SYT", "Trung tâm Y tế huyện An Bình"));
        (await ListAsync(Place.OfficerB, ours: true)).Rows.ShouldContain(one => one.Id == grant);
        (await ListAsync(Place.OfficerB)).Rows.ShouldNotContain(one => one.Id == grant);
        (await ListAsync(Place.HeadA)).Rows.ShouldNotContain(one => one.Id == grant, "not over the head's own place");
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'account.guest-role-given' AND subject_id = $1 ORDER BY at LIMIT 1", who.ToString())).ShouldBe("Thanh tra công tác cách ly");
        foreach (var (told, key) in new[] { (who, "notice.guest-own-given"), (Place.OfficerB, "notice.guest-given") })
            (await house.AskAsync<string>("SELECT details FROM pt.notice WHERE account_id = $1 AND text_key = $2 AND intent LIKE $3", told.Value, key, $"guest-given/{grant}/%"))!.ShouldContain(house.Clock.Today().AddDays(13).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        house.Clock.Advance(In(14) - house.Clock.GetUtcNow());
        (await SeesAsync(who, person)).ShouldBe(0, "it goes by itself");
        (await ListAsync(Place.OfficerA, ended: true)).Rows.ShouldContain(one => one.Id == grant);
    }

    [Fact]
    public async Task Who_is_unknown_and_who_may_not_have_it_are_answered_alike_and_nobody_gives_what_is_not_theirs()
    {
        var (_, name) = await ColleagueAsync();
        var until = In(10);
        var asked = house.Clock.GetUtcNow();
        foreach (var wrong in new[] { "khong-co-ai", "administrator" }) (await house.GuestAsync(Place.OfficerA, wrong, Role.Inspector, Place.CampA, null, until)).Problem.Code.ShouldBe("account.guest-unknown", wrong);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'account.guest-asked-for' AND account_id = $1 AND at >= $2", Place.OfficerA.Value, asked)).ShouldBe(2, "each asking is kept");
        (await house.GuestAsync(Place.OfficerA, "clerk-a", Role.Inspector, Place.CampA, null, until)).Problem.Code.ShouldBe("account.guest-is-ours");
        (await house.GuestAsync(Place.OfficerA, "officer-a", Role.Inspector, Place.CampA, null, until)).Problem.Code.ShouldBe("account.not-yourself");
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampB, null, until)).Problem.Code.ShouldBe("account.grant-needs-place", "another's place");
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, null, Place.Province, until)).Problem.Code.ShouldBe("account.grant-needs-place", "the area above");
        foreach (var role in new[] { Role.Clerk, Role.Leader, Role.DistrictOfficer }) (await house.GuestAsync(Place.OfficerA, name, role, Place.CampA, null, until)).Problem.Code.ShouldBe("account.role-not-yours", $"{role}");
        (await house.GuestAsync(Place.HeadA, name, Role.Inspector, Place.CampA, null, until)).Problem.Code.ShouldBe("account.role-not-yours");
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, until, purpose: "x")).Problem.Code.ShouldBe("account.purpose-of-guest");
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, null)).Problem.Status.ShouldBe(422);
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(16))).Problem.Code.ShouldBe("account.guest-too-long", "fourteen days and today");
        (await house.GuestAsync(Place.OfficerA, name, Role.TechnologyTeam, Place.CampA, null, In(300))).Done.ShouldBeTrue("the IT team for a year");
        (await house.GuestAsync(Place.OfficerA, name, Role.TechnologyTeam, Place.CampA, null, In(20))).Problem.Code.ShouldBe("account.role-held");
        (await house.GuestAsync(Place.ClerkA, name, Role.Inspector, Place.CampA, null, until)).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task Either_side_ends_it_and_only_the_giver_prolongs_it()
    {
        var (_, name) = await ColleagueAsync();
        var first = (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(3))).Value;
        Task<Outcome<Nothing>> Prolong(AccountId by, int days) => house.RunAsync<GiveGuestRole, Nothing>(by, use => use.ProlongAsync(first, In(days), Ct), Permission.ManageAccounts);
        (await Prolong(Place.OfficerB, 8)).Problem.Status.ShouldBe(404);
        (await Prolong(Place.OfficerA, 30)).Problem.Code.ShouldBe("account.guest-too-long");
        (await Prolong(Place.OfficerA, 8)).Done.ShouldBeTrue();
        (await house.AskAsync<DateTime>("SELECT until FROM pt.account_right WHERE grant_id = $1", first)).ShouldBe(In(8).UtcDateTime);
        foreach (var outsider in new[] { Place.ClerkA, Place.HeadA, Place.Leader }) (await house.EndGuestAsync(outsider, first)).Problem.Status.ShouldBe(404);
        (await house.EndGuestAsync(Place.OfficerB, first)).Done.ShouldBeTrue("the colleague's own manager");
        (await house.EndGuestAsync(Place.OfficerA, first)).Problem.Status.ShouldBe(404, "it is over");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE intent LIKE $1 AND account_id = $2", $"guest-ended/{first}/%", Place.OfficerA.Value)).ShouldBe(1, "who gave it hears of it");
        var second = (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(3))).Value;
        (await house.EndGuestAsync(Place.OfficerA, second)).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_right WHERE grant_id = ANY ($1)", (object)new[] { first, second })).ShouldBe(0);
        // Nor by the account's own page, where the manager takes any role back.
        var third = (await house.GuestAsync(Place.OfficerA, name, Role.TechnologyTeam, Place.CampA, null, In(3))).Value;
        (await house.RunAsync<RevokeRole, Nothing>(Place.OfficerB, use => use.RunAsync(third, null, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_is_not_handed_out_over_the_places_of_others_and_the_role_goes_to_nobody_else()
    {
        var (who, name) = await ColleagueAsync();
        var (next, nextName) = await ColleagueAsync();
        var grant = (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(5))).Value;
        Task<Outcome<ReissueAccount.Issued>> Reissue() => house.RunAsync<ReissueAccount, ReissueAccount.Issued>(Place.OfficerB, use => use.RunAsync(new(house.Clock.NewGuid(), who), Ct), Permission.ManageAccounts);
        (await Reissue()).Problem.Code.ShouldBe("account.guest-role-first");
        (await house.RunAsync<SuspendAccount, Nothing>(Place.OfficerB, use => use.RunAsync(who, true, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue("its manager suspends it all the same");
        (await house.RunAsync<SuspendAccount, Nothing>(Place.OfficerB, use => use.RunAsync(who, false, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await house.RunAsync<HandOverAccount, Guid>(Place.OfficerB, use => use.RunAsync(new(house.Clock.NewGuid(), who, nextName, null, "chuyển công tác"), Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_grant WHERE account_id = $1 AND role = 10", next.Value)).ShouldBe(0);
        (await house.AskAsync<bool>("SELECT revoked_at IS NOT NULL FROM pt.account_grant WHERE id = $1", grant)).ShouldBeTrue();
        (await Reissue()).Done.ShouldBeTrue("once it has ended");
    }

    [Fact]
    public async Task A_program_comes_to_no_place_of_another_organisation_so_an_account_has_a_key_or_such_a_role()
    {
        var (who, name) = await ColleagueAsync();
        var grant = (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(5))).Value;
        Task<Outcome<AccountKeys.Made>> Key() => house.RunAsync<AccountKeys, AccountKeys.Made>(Place.OfficerB, use => use.MakeAsync(new(house.Clock.NewGuid(), who, "Phần mềm bệnh viện", ["people"], house.Clock.Today().AddDays(9)), Ct), Permission.ManageAccounts);
        (await Key()).Problem.Code.ShouldBe("account.guest-role-first");
        // The database alone says the same.
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => house.AsAsync(Place.OfficerB, Permission.ManageAccounts, (_, db) => db.Connection.RunAsync(
            "INSERT INTO pt.account_key (id, account_id, name, hash, tail, doors, made_at, made_by, expires_at) VALUES (gen_random_uuid(), $1, 'x', '\\x01', 'x', '{people}', $2, $3, $2 + interval '1 day')", Ct, who.Value, house.Clock.GetUtcNow(), Place.OfficerB.Value))))
            .SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege);
        (await house.EndGuestAsync(Place.OfficerA, grant)).Done.ShouldBeTrue();
        var key = (await Key()).Value;
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(5))).Problem.Code.ShouldBe("account.guest-unknown", "a program acts with it");
        (await house.RunAsync<AccountKeys, Nothing>(Place.OfficerB, use => use.EndAsync(who, key.Id, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await house.GuestAsync(Place.OfficerA, name, Role.Inspector, Place.CampA, null, In(5))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task An_inspector_ties_nobody_and_takes_no_list_that_needs_a_second_officer()
    {
        var number = Given.Number();
        await house.PersonAsync(Place.ClerkB, number: number, lives: Place.KeysB1);
        var inspector = await Guests.InspectorAsync(house, "thanh-tra-1", Place.CentreA, Place.CentreA, Place.DistrictA);
        (await house.RunAsync<LookUpPerson, PersonId>(inspector, use => use.RunAsync(new(house.Clock.NewGuid(), DocumentKind.CitizenCard, number, BirthDate.OfYear(1985), "xác minh"), Ct), Permission.SeePersons)).Problem.Status.ShouldBe(403);
        (await house.RunAsync<ListRequests, Guid>(inspector, use => use.AskAsync(house.Clock.NewGuid(), "stays", "/desk/quarantine/stays", "kiểm tra", AsyncEnumerable.Empty<int>(), Ct), Permission.SeePersons)).Problem.Code.ShouldBe("person.long-lists-not-for-inspectors");
        (await house.RunAsync<GiveRole, Guid>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), Place.ClerkA, Role.Inspector, Place.CampA, null, null, null), Ct), Permission.ManageAccounts)).Problem.Status.ShouldBe(422, "an inspector's role always has an end");
    }
}
