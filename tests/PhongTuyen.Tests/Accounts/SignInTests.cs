using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>Who gets in, for how long, and what ends it.</summary>
[Trait("Category", "Database")]
public sealed class SignInTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static readonly StartSession.Browser Browser = new("10.0.0.1", "Firefox");

    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<Outcome<StartSession.Step>> TryAsync(string name, string password = TestProvince.TestPassword) => house.Get<StartSession>().WithPasswordAsync(name, password, Browser, Ct);

    private async Task<string> SignInAsync(string name) => (await TryAsync(name)).Value.Session!.Token;

    /// <summary>A request with the session's cookie; null where it is not signed in any more.</summary>
    private async Task<Visitor?> RequestAsync(string token, Permission door = Permission.SeePersons)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var visitor = await db.EnterAsync(StartSession.HashOf(token), Roles.With(door), Roles.Faceless, TimeSpan.FromMinutes(house.Get<AccountSettings>().IdleMinutes), Ct);
        await db.CommitAsync(Ct);
        return visitor;
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_for_a_while_and_every_no_sounds_alike()
    {
        for (var i = 0; i < 4; i++) (await TryAsync("clerk-hospital-b", "falsch")).Problem.Code.ShouldBe("account.sign-in-failed");
        (await TryAsync("clerk-hospital-b")).Done.ShouldBeTrue("four are forgiven");
        for (var i = 0; i < 5; i++) (await TryAsync("clerk-hospital-b", "falsch")).Problem.Code.ShouldBe("account.sign-in-failed");
        var locked = (await TryAsync("clerk-hospital-b")).Problem;
        locked.ShouldBeEquivalentTo((await TryAsync("khong-ai-ca")).Problem);
        house.Clock.Advance(TimeSpan.FromMinutes(14));
        (await TryAsync("clerk-hospital-b")).Done.ShouldBeFalse();
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        (await TryAsync(" Clerk-Hospital-B ")).Done.ShouldBeTrue();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'account.sign-in-refused' AND subject_id = $1", Place.ClerkHospitalB.ToString())).ShouldBe(11);
        foreach (var strange in new[] { "", " ", "\0", "clerk-a\ud800", "' OR 1=1 --", new string('a', 100_000), "\ufffe" }) (await TryAsync(strange, strange)).Problem.Code.ShouldBe("account.sign-in-failed");
    }

    [Fact]
    public async Task Wrong_passwords_during_a_lock_do_not_make_it_longer()
    {
        for (var i = 0; i < 5; i++) (await TryAsync("leader", "falsch")).Done.ShouldBeFalse();
        house.Clock.Advance(TimeSpan.FromMinutes(14));
        for (var i = 0; i < 8; i++) (await TryAsync("leader", "falsch")).Done.ShouldBeFalse();
        (await TryAsync("leader")).Done.ShouldBeFalse();
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 4; i++) (await TryAsync("leader", "falsch")).Done.ShouldBeFalse();
        (await TryAsync("leader")).Done.ShouldBeTrue("the lock is over, and what was tried during it did not count");
    }

    [Fact]
    public async Task A_password_that_was_changed_and_not_committed_is_not_changed()
    {
        var (mine, other) = (await SignInAsync("officer-b"), await SignInAsync("officer-b"));
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            await db.EnterAsync(StartSession.HashOf(mine), Roles.With(Permission.SignedIn), Roles.Faceless, TimeSpan.FromMinutes(30), Ct);
            (await scope.ServiceProvider.GetRequiredService<OwnAccount>().ChangePasswordAsync(TestProvince.TestPassword, "một câu dài dễ nhớ 1", Ct)).Done.ShouldBeTrue();
            await db.LeaveAsync();
        }
        (await TryAsync("officer-b")).Done.ShouldBeTrue("no audit row, no new password");
        (await RequestAsync(other)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unknown_name_costs_as_much_time_as_a_wrong_password()
    {
        async Task<double> TimeAsync(string name)
        {
            var since = Stopwatch.GetTimestamp();
            await TryAsync(name, "falsch");
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }
        // With a hash as the program makes it, not the cheap one of the tests.
        await house.SqlAsync("UPDATE pt.account_secret SET password_hash = $1 WHERE account_id = $2", Passwords.Hash(TestProvince.TestPassword), house.Place.OfficerB.Value);
        // A busy machine only ever adds: in turn, the least of each, until they agree. Without the work of a hash they never would.
        string[] names = ["officer-b", "khong-co-ai", FirstAccounts.Operator];
        var least = names.ToDictionary(name => name, _ => double.MaxValue);
        for (var i = 0; i < 4 || (i < 40 && least.Values.Min() <= least["officer-b"] * 0.4); i++)
            foreach (var name in names) least[name] = Math.Min(least[name], await TimeAsync(name));
        least["khong-co-ai"].ShouldBeGreaterThan(least["officer-b"] * 0.4);
        least[FirstAccounts.Operator].ShouldBeGreaterThan(least["officer-b"] * 0.4, "nor an account without a password");
    }

    [Fact]
    public async Task A_code_works_once_and_none_older_after_it_and_each_recovery_code_once()
    {
        var key = TimeCode.NewKey();
        string Code(int steps = 0) => TimeCode.At(key, TimeCode.StepAt(house.Clock.GetUtcNow()) + steps);
        Task<Outcome<IReadOnlyList<string>>> TurnOn(string code) => house.RunAsync<OwnAccount, IReadOnlyList<string>>(Place.ClerkB, use => use.TurnOnSecondFactorAsync(key, code, Ct), Permission.SignedIn);
        Task<Outcome<StartSession.Session>> Answer(string code) => house.Get<StartSession>().WithCodeAsync(Place.ClerkB, code, Browser, Ct);
        (await TurnOn("000000")).Done.ShouldBeFalse();
        var recovery = (await TurnOn(Code())).Value;
        recovery.Count.ShouldBe(10);
        (await Answer(Code())).Problem.Code.ShouldBe("account.code-wrong", "the code that turned it on is spent");

        house.Clock.Advance(TimeSpan.FromSeconds(60));
        var step = (await TryAsync("clerk-b")).Value;
        step.Session.ShouldBeNull("the password alone opens nothing any more");
        var used = Code();
        (await Answer(used)).Done.ShouldBeTrue();
        (await Answer(used)).Problem.Code.ShouldBe("account.code-wrong");
        (await Answer(Code(-1))).Problem.Code.ShouldBe("account.code-wrong", "an older one, though within the clock's error");
        (await Answer(Code(1))).Done.ShouldBeTrue("a clock may be half a minute fast");
        (await Answer(Code(2))).Problem.Code.ShouldBe("account.code-wrong");

        (await RequestAsync((await Answer(recovery[3])).Value.Token))!.SecondFactor.ShouldBeTrue();
        (await Answer(recovery[3])).Problem.Code.ShouldBe("account.code-wrong");
        (await Answer(recovery[4].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal))).Done.ShouldBeTrue();
        (await house.AskAsync<int>("SELECT cardinality(recovery_codes) FROM pt.account_secret WHERE account_id = $1", Place.ClerkB.Value)).ShouldBe(8);
        var race = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Answer(recovery[5]))));
        race.Count(answer => answer.Done).ShouldBe(1, "once, also at once");
        (await Answer(recovery[6])).Problem.Code.ShouldBe("account.sign-in-failed", "five wrong ones in a row lock");
    }

    [Fact]
    public async Task A_session_ends_when_idle_and_in_any_case_after_its_hours()
    {
        var token = await SignInAsync("head-a");
        for (var minutes = 0; minutes < 11 * 60; minutes += 29)
        {
            (await RequestAsync(token)).ShouldNotBeNull($"after {minutes} minutes");
            house.Clock.Advance(TimeSpan.FromMinutes(29));
        }
        (await RequestAsync(token)).ShouldNotBeNull();
        house.Clock.Advance(TimeSpan.FromMinutes(25));
        (await RequestAsync(token)).ShouldNotBeNull();
        house.Clock.Advance(TimeSpan.FromMinutes(29));
        (await RequestAsync(token)).ShouldBeNull("twelve hours");
        var idle = await SignInAsync("head-a");
        house.Clock.Advance(TimeSpan.FromMinutes(31));
        (await RequestAsync(idle)).ShouldBeNull();
        (await RequestAsync(idle + "0")).ShouldBeNull();
        (await RequestAsync("")).ShouldBeNull();
    }

    [Fact]
    public async Task Suspended_signed_out_from_afar_or_without_a_role_somebody_is_out_with_the_next_request()
    {
        var (one, two) = (await SignInAsync("clerk-a"), await SignInAsync("clerk-a"));
        var session = (await RequestAsync(one))!.Session!.Value;
        (await house.RunAsync<EndSession, Nothing>(Place.ClerkA, use => use.RunAsync(session, Place.ClerkA, Ct), Permission.SignedIn)).Done.ShouldBeTrue();
        ((await RequestAsync(one)) is null, (await RequestAsync(two)) is null).ShouldBe((true, false));

        (await house.RunAsync<SuspendAccount, Nothing>(Place.HeadA, use => use.RunAsync(Place.ClerkA, true, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await RequestAsync(two)).ShouldBeNull();
        (await TryAsync("clerk-a")).Done.ShouldBeFalse();
        (await house.RunAsync<SuspendAccount, Nothing>(Place.HeadA, use => use.RunAsync(Place.ClerkA, false, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await RequestAsync(two)).ShouldBeNull("let in again, one signs in anew");
        two = await SignInAsync("clerk-a");
        (await RequestAsync(two)).ShouldNotBeNull();

        var grant = await house.AskAsync<Guid>("SELECT id FROM pt.account_grant WHERE account_id = $1", Place.ClerkA.Value);
        (await house.RunAsync<RevokeRole, Nothing>(Place.HeadA, use => use.RunAsync(grant, "nghỉ việc", Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        var bare = (await RequestAsync(two))!;
        (bare.Roles.Count, bare.Scope.Units.Count, bare.Scope.Names).ShouldBe((0, 0, false));
    }

    [Fact]
    public async Task A_role_works_between_its_days_only_and_an_account_until_its_last()
    {
        var token = await SignInAsync("clerk-hospital-a");
        var now = house.Clock.GetUtcNow();
        var given = new GiveRole.Input(house.Clock.NewGuid(), Place.ClerkHospitalA, Role.Clerk, Place.CampA, null, now.AddMinutes(10), now.AddMinutes(20));
        (await house.RunAsync<GiveRole, Guid>(Place.OfficerA, use => use.RunAsync(given, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await RequestAsync(token))!.Scope.Units.ShouldNotContain(Place.CampA);
        house.Clock.Advance(TimeSpan.FromMinutes(11));
        (await RequestAsync(token))!.Scope.Units.ShouldContain(Place.CampA);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        (await RequestAsync(token))!.Scope.Units.ShouldNotContain(Place.CampA);
        await house.AskAsync<int>("WITH ended AS (UPDATE pt.account SET expires_at = $2 WHERE id = $1 RETURNING 1) SELECT count(*)::int FROM ended", Place.ClerkHospitalA.Value, house.Clock.GetUtcNow().AddMinutes(5));
        (await RequestAsync(token)).ShouldNotBeNull();
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        (await RequestAsync(token)).ShouldBeNull();
        (await TryAsync("clerk-hospital-a")).Done.ShouldBeFalse();
    }

    [Theory]
    [InlineData("vừa đủ mười lăm", false, null)]
    [InlineData("mười bốn ký t", false, "account.password-too-short")]
    [InlineData("tám kí t", true, null)]
    [InlineData("tám kí", true, "account.password-too-short")]
    [InlineData("Mật Khẩu Mật Khẩu", false, "account.password-too-common")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", false, "account.password-too-common")]
    [InlineData("tram-y-te-1tram-y-te-1", false, "account.password-too-common")]
    public void A_password_is_long_and_not_common_and_that_is_all(string password, bool secondFactor, string? refused) => house.Get<Passwords>().Fault(password, "tram-y-te-1", secondFactor)?.Code.ShouldBe(refused);

    [Fact]
    public async Task A_changed_password_ends_the_sessions_that_the_old_one_gave()
    {
        var (mine, other) = (await SignInAsync("officer-a"), await SignInAsync("officer-a"));
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            await db.EnterAsync(StartSession.HashOf(mine), Roles.With(Permission.SignedIn), Roles.Faceless, TimeSpan.FromMinutes(30), Ct);
            var own = scope.ServiceProvider.GetRequiredService<OwnAccount>();
            (await own.ChangePasswordAsync("falsch", "một câu dài dễ nhớ 1", Ct)).Problem.Code.ShouldBe("account.password-wrong");
            (await own.ChangePasswordAsync(TestProvince.TestPassword, "ngắn", Ct)).Problem.Code.ShouldBe("account.password-too-short");
            (await own.ChangePasswordAsync(TestProvince.TestPassword, "một câu dài dễ nhớ 1", Ct)).Done.ShouldBeTrue();
            await db.CommitAsync(Ct);
        }
        ((await RequestAsync(mine)) is null, (await RequestAsync(other)) is null).ShouldBe((false, true));
        (await TryAsync("officer-a")).Done.ShouldBeFalse();
        (await TryAsync("officer-a", "một câu dài dễ nhớ 1")).Done.ShouldBeTrue();
    }
}
