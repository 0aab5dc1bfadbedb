using Microsoft.Extensions.Logging.Abstractions;
using PhongTuyen.Accounts;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Notices;
using PhongTuyen.Outbox;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>Which units have accounts that work, by when they shall, and who is reminded of those that have none.</summary>
[Trait("Category", "Database")]
public sealed class CoverageTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static int made;

    private Task<T> ReportAsync<T>(AccountId by, Func<CoverageReport, Task<T>> ask) => house.AsAsync(by, Permission.ManageAccounts, (provider, _) => ask((CoverageReport)provider.GetService(typeof(CoverageReport))!));

    private async Task<UnitId> StationAsync(UnitId under, AreaKeys area) => (await house.RunAsync<AddUnit, UnitId>(Place.ProvinceOfficer,
        use => use.RunAsync(new(house.Clock.NewGuid(), under, $"TYT-{Interlocked.Increment(ref made)}", $"Trạm y tế số {made}", UnitKind.HealthStation, area, null, null, null, null), Ct), Permission.ManageUnits)).Value;

    private async Task<AccountId> AccountAsync(UnitId unit, Role role = Role.Clerk) => (await house.RunAsync<MakeAccount, MakeAccount.Made>(Place.ProvinceOfficer,
        use => use.RunAsync(new(house.Clock.New<AccountId>(), $"tram-{Interlocked.Increment(ref made)}", "Người Trực", unit, null, null, role, null, null), Ct), Permission.ManageAccounts)).Value.Id;

    private async Task<AccountCoverage> StandingAsync(UnitId unit) => (await ReportAsync(Place.ProvinceOfficer, report => report.FindAsync(new(), null, Ct, 1000))).Rows.Single(row => row.Id == unit).Standing;

    private async Task<Outcome<Guid>> SetAsync(AccountId by, UnitId unit, DateOnly due, UnitKind? kind = UnitKind.HealthStation, string paper = "1792/UBND-KGVX") =>
        await house.RunAsync<KeepDeadlines, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), unit, kind, due, paper), Ct), Permission.ManageAccounts);

    private Task<long> NoticesAsync(AccountId account, Guid deadline) => house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND link LIKE '%' || $2 || '%'", account.Value, deadline.ToString());

    [Fact]
    [Answers("R2")]
    public async Task A_unit_is_covered_when_somebody_of_it_could_sign_in_and_has_done_so()
    {
        var station = await StationAsync(Place.CentreA, Place.KeysA1);
        (await StandingAsync(station)).ShouldBe(AccountCoverage.Lacking);
        var account = await AccountAsync(station);
        (await StandingAsync(station)).ShouldBe(AccountCoverage.Given);
        await house.AskAsync<int>("UPDATE pt.account SET must_change_password = false WHERE id = $1 RETURNING 1", account.Value);
        (await StandingAsync(station)).ShouldBe(AccountCoverage.Used);

        await house.RunAsync<SuspendAccount, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(account, true, Ct), Permission.ManageAccounts);
        (await StandingAsync(station)).ShouldBe(AccountCoverage.Lacking, "suspended");
        await house.RunAsync<SuspendAccount, Nothing>(Place.ProvinceOfficer, use => use.RunAsync(account, false, Ct), Permission.ManageAccounts);
        await house.AskAsync<int>("UPDATE pt.account SET expires_at = $2 WHERE id = $1 RETURNING 1", account.Value, house.Clock.GetUtcNow());
        (await StandingAsync(station)).ShouldBe(AccountCoverage.Lacking, "its last day has passed");
        await house.AskAsync<int>("UPDATE pt.account SET expires_at = NULL WHERE id = $1 RETURNING 1", account.Value);
        await house.AskAsync<int>("UPDATE pt.account_grant SET revoked_at = $2 WHERE account_id = $1 RETURNING 1", account.Value, house.Clock.GetUtcNow());
        (await StandingAsync(station)).ShouldBe(AccountCoverage.Lacking, "without a role it opens nothing");
    }

    [Fact]
    [Answers("R2")]
    public async Task Districts_add_up_to_the_list_and_nobody_sees_another_districts()
    {
        await StationAsync(Place.CentreA, Place.KeysA1);
        await StationAsync(Place.CentreB, Place.KeysB1);
        foreach (var by in new[] { Place.ProvinceOfficer, Place.OfficerA })
        {
            var (districts, all) = ((await ReportAsync(by, report => report.FindAsync(new() { Standing = AccountCoverage.Used }, null, Ct, 1))).Districts, (await ReportAsync(by, report => report.FindAsync(new(), null, Ct, 1000))).Rows);
            districts.Sum(district => district.All).ShouldBe(all.Count);
            foreach (var district in districts)
                foreach (var (standing, count) in new[] { (AccountCoverage.Used, district.Used), (AccountCoverage.Given, district.Given), (AccountCoverage.Lacking, district.Lacking) })
                    (await ReportAsync(by, report => report.FindAsync(new() { Area = district.Area, Standing = standing }, null, Ct, 1000))).Rows.Count(row => district.Area.Value != 0 || row.Place is null).ShouldBe(district.Area.Value == 0 ? all.Count(row => row.Place is null && row.Standing == standing) : count);
            if (by == Place.OfficerA) districts.ShouldNotContain(district => district.Area == Place.DistrictB);
            else districts.Select(district => district.Area).ShouldBe([.. districts.Select(district => district.Area).Distinct()]);
        }
        // By pages of one the whole list is found once.
        var (seen, behind) = (new List<UnitId>(), (string?)null);
        do
        {
            var found = await ReportAsync(Place.OfficerA, report => report.FindAsync(new(), behind, Ct, 1));
            seen.AddRange(found.Rows.Select(row => row.Id));
            behind = found.More;
        }
        while (behind is not null);
        seen.ShouldBeUnique();
        seen.Count.ShouldBe((await ReportAsync(Place.OfficerA, report => report.FindAsync(new(), null, Ct, 1000))).Rows.Count);
    }

    [Fact]
    [Answers("R2")]
    public async Task A_deadline_is_seen_below_and_changed_above_only()
    {
        var id = (await SetAsync(Place.ProvinceOfficer, Place.Department, house.Clock.Today().AddDays(5))).Value;
        var below = (await ReportAsync(Place.OfficerA, report => report.DeadlinesAsync(Ct))).Single(one => one.Id == id);
        (below.Own, below.Kind, below.Paper).ShouldBe((false, UnitKind.HealthStation, "1792/UBND-KGVX"));
        (await ReportAsync(Place.ProvinceOfficer, report => report.DeadlinesAsync(Ct))).Single(one => one.Id == id).Own.ShouldBeTrue();
        Task<Outcome<Nothing>> Change(AccountId by, bool withdrawn) => house.RunAsync<KeepDeadlines, Nothing>(by, use => use.WithdrawAsync(id, withdrawn, Ct), Permission.ManageAccounts);
        (await Change(Place.OfficerA, true)).Problem.Status.ShouldBe(404);
        (await Change(Place.ProvinceOfficer, true)).Done.ShouldBeTrue();
        (await ReportAsync(Place.OfficerA, report => report.DeadlinesAsync(Ct))).ShouldNotContain(one => one.Id == id);
        (await Change(Place.ProvinceOfficer, false)).Done.ShouldBeTrue();
        (await ReportAsync(Place.OfficerA, report => report.DeadlinesAsync(Ct))).ShouldContain(one => one.Id == id);

        (await SetAsync(Place.OfficerA, Place.CentreB, house.Clock.Today())).Problem.Status.ShouldBe(404);
        (await SetAsync(Place.OfficerA, Place.CentreA, house.Clock.Today(), paper: " ")).Problems.Select(problem => problem.Field).ShouldBe(["paper"]);
        (await SetAsync(Place.OfficerA, Place.CentreA, new DateOnly(2199, 1, 1))).Problem.Code.ShouldBe("account.deadline-far-away");
        var other = (await SetAsync(Place.OfficerB, Place.CentreB, house.Clock.Today())).Value;
        (await ReportAsync(Place.OfficerA, report => report.DeadlinesAsync(Ct))).ShouldNotContain(one => one.Id == other);
    }

    [Fact]
    [Answers("R2")]
    public async Task The_nearest_manager_is_reminded_once_a_day_by_hand_and_by_itself_and_by_mail()
    {
        await StationAsync(Place.CentreA, Place.KeysA1);
        await house.AskAsync<int>("UPDATE pt.account SET email = 'huyen-a@ttyt.vn' WHERE id = $1 RETURNING 1", Place.OfficerA.Value);
        await house.AskAsync<int>("UPDATE pt.account_deadline SET withdrawn_at = entered_at RETURNING 1");
        var id = (await SetAsync(Place.ProvinceOfficer, Place.Department, house.Clock.Today().AddDays(3))).Value;
        Task<Outcome<RemindOfAccounts.Result>> Remind(AccountId by) => house.RunAsync<RemindOfAccounts, RemindOfAccounts.Result>(by, use => use.RunAsync(id, Ct), Permission.ManageAccounts);
        (await Remind(Place.OfficerB)).Value.Asked.ShouldBe(await LackingAsync(Place.CentreB) > 0 ? 1 : 0, "a district reminds of its own units only");
        var first = (await Remind(Place.ProvinceOfficer)).Value;
        first.Told.ShouldBeGreaterThan(0);
        (await NoticesAsync(Place.OfficerA, id)).ShouldBe(1);
        (await NoticesAsync(Place.ProvinceOfficer, id)).ShouldBe(0, "somebody nearer manages them");
        (await NoticesAsync(Place.ClerkA, id)).ShouldBe(0);
        (await Remind(Place.ProvinceOfficer)).Value.Told.ShouldBe(0, "once a day");

        // The next mornings by itself, with a mail to whoever has an address; not eight days before, not where it was taken back.
        var reminders = new AccountReminders(house.Database, new FieldCipher(house.Keys), new OutboxSettings { Server = "127.0.0.1", Port = 25, From = "phongtuyen@cdc.vn" }, TestHouse.Words, new AccountSettings(), new KeySettings(), house.Clock, NullLogger<AccountReminders>.Instance);
        (await reminders.RunAsync(Ct)).ShouldBe(0);
        house.Clock.Advance(TimeSpan.FromDays(1));
        (await reminders.RunAsync(Ct)).ShouldBe(first.Asked);
        (await NoticesAsync(Place.OfficerA, id)).ShouldBe(2);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.outbox_message WHERE intent LIKE $1", $"coverage/{id}/%")).ShouldBe(1);
        await house.RunAsync<KeepDeadlines, Nothing>(Place.ProvinceOfficer, use => use.WithdrawAsync(id, true, Ct), Permission.ManageAccounts);
        var far = (await SetAsync(Place.ProvinceOfficer, Place.Department, house.Clock.Today().AddDays(8))).Value;
        house.Clock.Advance(TimeSpan.FromHours(1));
        (await reminders.RunAsync(Ct)).ShouldBe(0);
        house.Clock.Advance(TimeSpan.FromDays(1));
        (await reminders.RunAsync(Ct)).ShouldBeGreaterThan(0);
        (await NoticesAsync(Place.OfficerA, far)).ShouldBe(1);
        (await NoticesAsync(Place.OfficerA, id)).ShouldBe(2);

        async Task<int> LackingAsync(UnitId centre) => (await ReportAsync(Place.ProvinceOfficer, report => report.FindAsync(new() { Under = centre, Kind = UnitKind.HealthStation, Standing = AccountCoverage.Lacking }, null, Ct, 1000))).Rows.Count;
    }
}
