using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>What managers do with the accounts of their units, and where it ends.</summary>
[Trait("Category", "Database")]
public sealed class ManagedAccountTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<AccountId> MakeAsync(AccountId by, UnitId unit, Role role, string name, AreaId? area = null)
    {
        var input = new MakeAccount.Input(house.Clock.New<AccountId>(), name, "Người Mới", unit, null, null, role, area, null);
        return (await house.RunAsync<MakeAccount, MakeAccount.Made>(by, use => use.RunAsync(input, Ct), Permission.ManageAccounts)).Value.Id;
    }

    private Task<Outcome<ReissueAccount.Issued>> ReissueAsync(AccountId by, AccountId account, Guid? intent = null) =>
        house.RunAsync<ReissueAccount, ReissueAccount.Issued>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), account), Ct), Permission.ManageAccounts);

    private Task<Account?> LookAsync(AccountId by, AccountId account) => house.AsAsync(by, Permission.ManageAccounts, (_, db) => db.FindAsync<Account>([account], Ct).AsTask());

    [Fact]
    [Answers("R1", "R7")]
    public async Task Nobody_hands_out_the_password_of_somebody_with_a_role_above_their_own()
    {
        var above = await MakeAsync(Place.Administrator, Place.Department, Role.Administrator, "quan-tri-so");
        (await ReissueAsync(Place.ProvinceOfficer, above)).Problem.Code.ShouldBe("account.above-you");
        (await house.RunAsync<SuspendAccount, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(above, true, Ct), Permission.ManageAccounts)).Problem.Code.ShouldBe("account.above-you");
        var edit = new EditAccount.Input(house.Clock.NewGuid(), above, 1, "Tên Khác", null, null, null);
        (await house.RunAsync<EditAccount, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(edit, Ct), Permission.ManageAccounts)).Problem.Code.ShouldBe("account.above-you");
        (await ReissueAsync(Place.Administrator, above)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_password_is_told_once_however_often_the_form_is_sent()
    {
        var intent = house.Clock.NewGuid();
        var first = (await ReissueAsync(Place.HeadA, Place.ClerkA, intent)).Value.Password;
        first.ShouldNotBeNull();
        (await ReissueAsync(Place.HeadA, Place.ClerkA, intent)).Value.Password.ShouldBeNull();
        await using var connection = await house.Database.Jobs.OpenConnectionAsync(Ct);
        Passwords.Fits(await connection.ValueAsync<string>("SELECT password_hash FROM pt.account_secret WHERE account_id = $1", Ct, Place.ClerkA.Value), first).ShouldBeTrue();
        (await connection.ValueAsync<long>("SELECT count(*) FROM pt.audit_event WHERE position($1 IN detail) > 0", Ct, first)).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_of_another_district_is_not_there()
    {
        (await ReissueAsync(Place.OfficerA, Place.ClerkB)).Problem.Status.ShouldBe(404);
        var edit = new EditAccount.Input(house.Clock.NewGuid(), Place.ClerkB, 1, "Tên Khác", null, null, null);
        (await house.RunAsync<EditAccount, Nothing>(Place.OfficerA, use => use.RunAsync(edit, Ct), Permission.ManageAccounts)).Problem.Status.ShouldBe(404);
        (await house.AsAsync(Place.OfficerA, Permission.ManageAccounts, (provider, _) => ((AccountView)provider.GetService(typeof(AccountView))!).OfAsync(Place.ClerkB, Ct))).ShouldBeNull();
    }

    [Fact]
    [Answers("R4")]
    public async Task Data_and_last_day_are_corrected_once_and_a_newer_change_is_not_overwritten()
    {
        var account = await MakeAsync(Place.OfficerA, Place.CampA, Role.Clerk, "tang-cuong");
        var shown = (await LookAsync(Place.OfficerA, account))!.Version;
        var end = new DateOnly(2021, 9, 30).AtLocal();
        var edit = new EditAccount.Input(house.Clock.NewGuid(), account, shown, "  Trần Văn  Tăng Cường ", "Điều dưỡng", "cuong@soyte.vn", end);
        Task<Outcome<Nothing>> Edit(EditAccount.Input input) => house.RunAsync<EditAccount, Nothing>(Place.OfficerA, use => use.RunAsync(input, Ct), Permission.ManageAccounts);
        (await Edit(edit)).Done.ShouldBeTrue();
        (await Edit(edit)).Done.ShouldBeTrue("sent twice, done once");
        var after = (await LookAsync(Place.OfficerA, account))!;
        (after.DisplayName, after.ExpiresAt, after.Version).ShouldBe(("Trần Văn Tăng Cường", end, shown + 1));
        (await Edit(edit with { Intent = house.Clock.NewGuid(), DisplayName = "Người Khác" })).Problem.Code.ShouldBe("kernel.changed");
        (await Edit(edit with { Intent = house.Clock.NewGuid(), BaseVersion = after.Version, DisplayName = " ", Email = "không phải thư" })).Problems.Select(problem => problem.Code).ShouldBe(["kernel.required", "account.email-form"]);
    }

    [Fact]
    [Answers("R1", "R33")]
    public async Task An_officer_gets_the_unit_and_the_area_together()
    {
        var input = new MakeAccount.Input(house.Clock.New<AccountId>(), "can-bo-moi", "Cán Bộ Mới", Place.CentreA, null, null, Role.DistrictOfficer, Place.DistrictA, null) { AlsoUnit = true };
        var made = (await house.RunAsync<MakeAccount, MakeAccount.Made>(Place.OfficerA, use => use.RunAsync(input, Ct), Permission.ManageAccounts)).Value;
        var scope = await house.AsAsync(made.Id, Permission.SeePersons, (_, db) => Task.FromResult(db.Scope));
        scope.Units.ShouldContain(Place.CampA);
        scope.Districts.ShouldBe([Place.DistrictA]);
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_somebody_else_through_their_own_page()
    {
        var start = house.Get<StartSession>();
        (await start.WithPasswordAsync("nurse", TestProvince.TestPassword, new(null, "Firefox"), Ct)).Done.ShouldBeTrue();
        (await start.WithPasswordAsync("nurse", TestProvince.TestPassword, new(null, "Chrome"), Ct)).Done.ShouldBeTrue();
        Task<IReadOnlyList<AccountSession>> Open(AccountId by) => house.AsAsync(by, Permission.SignedIn, async (provider, _) => (IReadOnlyList<AccountSession>)await ((EndSession)provider.GetService(typeof(EndSession))!).OpenAsync(Place.Nurse, Ct));
        var sessions = await Open(Place.Nurse);
        sessions.Count.ShouldBe(2);
        (await house.RunAsync<EndSession, Nothing>(Place.OfficerA, use => use.RunAsync(sessions[0].Id, Place.OfficerA, Ct), Permission.SignedIn)).Problem.Status.ShouldBe(404);
        (await house.RunAsync<EndSession, Nothing>(Place.OfficerA, use => use.RunAsync(sessions[0].Id, Place.Nurse, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue("the manager of the unit may");
        (await Open(Place.Nurse)).Count.ShouldBe(1);
        (await house.AsAsync(Place.Nurse, Permission.SignedIn, (provider, _) => ((EndSession)provider.GetService(typeof(EndSession))!).OthersAsync(Ct))).ShouldBe(1);
        (await Open(Place.Nurse)).ShouldBeEmpty();
    }
}
