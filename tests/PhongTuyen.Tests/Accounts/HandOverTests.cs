using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Accounts;

/// <summary>An officer leaves: the roles go over whole, at once or after a last day, and come back whole.</summary>
[Trait("Category", "Database")]
public sealed class HandOverTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static int made;

    private async Task<(AccountId Id, string Name)> AccountAsync(Role role = Role.Clerk, UnitId? unit = null, AreaId? area = null)
    {
        var name = $"ban-giao-{Interlocked.Increment(ref made)}";
        return ((await house.RunAsync<MakeAccount, MakeAccount.Made>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.New<AccountId>(), name, $"Cán Bộ {made}", unit ?? Place.CampA, null, null, role, area, null), Ct), Permission.ManageAccounts)).Value.Id, name);
    }

    private Task<Outcome<Guid>> HandOverAsync(AccountId by, AccountId from, string? to, DateOnly? lastDay = null, string? reason = "Chuyển công tác", Guid? id = null) =>
        house.RunAsync<HandOverAccount, Guid>(by, use => use.RunAsync(new(id ?? house.Clock.NewGuid(), from, to, lastDay, reason), Ct), Permission.ManageAccounts);

    private Task<Outcome<Nothing>> UndoAsync(AccountId by, Guid handover) => house.RunAsync<HandOverAccount, Nothing>(by, use => use.UndoAsync(handover, Ct), Permission.ManageAccounts);

    private Task GiveAsync(AccountId to, Role role, UnitId unit) => house.RunAsync<GiveRole, Guid>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), to, role, unit, null, null, null), Ct), Permission.ManageAccounts);

    private async Task<Guid> NoticeAsync(AccountId of) => await house.AskAsync<Guid>("INSERT INTO pt.notice (id, intent, account_id, text_key, created_at) VALUES (gen_random_uuid(), gen_random_uuid()::text, $1, 'notice.planted', now()) RETURNING id", of.Value);

    /// <summary>What the account opens, as every request reads it: role, units, how long.</summary>
    private async Task<string> RightsAsync(AccountId of) => await house.AskAsync<string?>("SELECT string_agg(role || ' ' || units_text || ' ' || coalesce(until::text, 'always'), '; ' ORDER BY role, units_text) FROM pt.account_right WHERE account_id = $1", of.Value) ?? "";

    private async Task<string> StandingAsync(AccountId of) => await house.AskAsync<string>("SELECT state || ' ' || coalesce(expires_at::text, 'always') FROM pt.account WHERE id = $1", of.Value) ?? "";

    [Fact]
    [Answers("R1")]
    public async Task Who_takes_over_has_every_role_and_notice_at_once_and_who_leaves_is_out()
    {
        var (from, to) = (await AccountAsync(), await AccountAsync());
        await GiveAsync(from.Id, Role.UnitHead, Place.CampA);
        await GiveAsync(from.Id, Role.Clerk, Place.HospitalA);
        var (rights, notice) = (await RightsAsync(from.Id), await NoticeAsync(from.Id));
        await house.AskAsync<Guid>("INSERT INTO pt.account_session (id, account_id, token_hash, created_at, last_seen_at, expires_at, second_factor) VALUES (gen_random_uuid(), $1, sha256($2), now(), now(), now() + interval '1 day', false) RETURNING id", from.Id.Value, from.Id.Value.ToByteArray());

        var id = house.Clock.NewGuid();
        var done = await HandOverAsync(Place.OfficerA, from.Id, to.Name, id: id);
        done.Value.ShouldBe(id);
        (await HandOverAsync(Place.OfficerA, from.Id, to.Name, id: id)).Value.ShouldBe(id, "sent again, it is done once");
        (await RightsAsync(to.Id)).ShouldBe(rights, "and the role that both had is not given twice");
        (await RightsAsync(from.Id)).ShouldBeEmpty();
        (await StandingAsync(from.Id)).ShouldBe("2 always");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.account_session WHERE account_id = $1 AND ended_at IS NULL", from.Id.Value)).ShouldBe(0);
        (await house.AskAsync<Guid>("SELECT account_id FROM pt.notice WHERE id = $1", notice)).ShouldBe(to.Id.Value);
        (await house.AskAsync<string>("SELECT string_agg(act, ' ' ORDER BY act) FROM (SELECT DISTINCT act FROM pt.audit_event WHERE subject_kind = 'account' AND subject_id IN ($1, $2) AND account_id = $3) a", from.Id.ToString(), to.Id.ToString(), Place.OfficerA.Value))
            .ShouldBe("account.handed-over account.role-given account.role-revoked account.suspended");
    }

    [Fact]
    public async Task Until_the_end_of_the_last_day_both_work()
    {
        var (from, to) = (await AccountAsync(), await AccountAsync(unit: Place.HospitalA));
        var last = house.Clock.Today().AddDays(3);
        (await HandOverAsync(Place.OfficerA, from.Id, to.Name.ToUpperInvariant(), last)).Done.ShouldBeTrue();
        var end = await house.AskAsync<string>("SELECT $1::timestamptz::text", last.AddDays(1).AtLocal());
        (await StandingAsync(from.Id)).ShouldBe($"1 {end}");
        (await RightsAsync(from.Id)).ShouldBe($"1 {{{Place.CampA.Value}}} {end}");
        (await RightsAsync(to.Id)).ShouldContain($"1 {{{Place.CampA.Value}}} always");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task It_is_taken_back_whole_but_for_notices_that_were_read(int days)
    {
        var (from, to) = (await AccountAsync(), await AccountAsync());
        await GiveAsync(from.Id, Role.UnitHead, Place.CampA);
        var before = (await RightsAsync(from.Id), await StandingAsync(from.Id), await RightsAsync(to.Id), await StandingAsync(to.Id));
        var (read, unread) = (await NoticeAsync(from.Id), await NoticeAsync(from.Id));
        var handover = (await HandOverAsync(Place.OfficerA, from.Id, to.Name, days == 0 ? null : house.Clock.Today().AddDays(days))).Value;
        (await RightsAsync(to.Id)).ShouldNotBe(before.Item3);
        await house.AskAsync<int>("UPDATE pt.notice SET read_at = now() WHERE id = $1 RETURNING 1", read);

        (await UndoAsync(Place.OfficerB, handover)).Problem.Code.ShouldBe("kernel.not-found");
        (await UndoAsync(Place.OfficerA, handover)).Done.ShouldBeTrue();
        (await RightsAsync(from.Id), await StandingAsync(from.Id), await RightsAsync(to.Id), await StandingAsync(to.Id)).ShouldBe(before);
        (await house.AskAsync<Guid>("SELECT account_id FROM pt.notice WHERE id = $1", unread)).ShouldBe(from.Id.Value);
        (await house.AskAsync<Guid>("SELECT account_id FROM pt.notice WHERE id = $1", read)).ShouldBe(to.Id.Value);
        (await UndoAsync(Place.OfficerA, handover)).Done.ShouldBeTrue("twice comes to the same");
        (await HandOverAsync(Place.OfficerA, from.Id, to.Name)).Done.ShouldBeTrue("and it can be done again");
    }

    [Fact]
    public async Task What_was_handed_on_is_taken_back_in_the_opposite_order_and_a_later_end_stays()
    {
        var (first, second, third) = (await AccountAsync(), await AccountAsync(unit: Place.HospitalA), await AccountAsync(unit: Place.StationA1));
        var before = (await RightsAsync(first.Id), await RightsAsync(second.Id), await RightsAsync(third.Id));
        var one = (await HandOverAsync(Place.OfficerA, first.Id, second.Name, house.Clock.Today().AddDays(5))).Value;
        var other = (await HandOverAsync(Place.OfficerA, second.Id, third.Name)).Value;
        (await UndoAsync(Place.OfficerA, one)).Problem.Code.ShouldBe("account.handed-on");
        (await UndoAsync(Place.OfficerA, other)).Done.ShouldBeTrue();
        var end = house.Clock.Today().AddDays(40).AtLocal();
        await house.AskAsync<int>("UPDATE pt.account SET expires_at = $2 WHERE id = $1 RETURNING 1", first.Id.Value, end);
        (await UndoAsync(Place.OfficerA, one)).Done.ShouldBeTrue();
        (await RightsAsync(first.Id), await RightsAsync(second.Id), await RightsAsync(third.Id)).ShouldBe(before);
        (await house.AskAsync<DateTimeOffset>("SELECT expires_at FROM pt.account WHERE id = $1", first.Id.Value)).ShouldBe(end, "its manager has set another end meanwhile");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_reason_and_leaves_nothing()
    {
        var (from, to, suspended) = (await AccountAsync(), await AccountAsync(), await AccountAsync());
        await house.RunAsync<SuspendAccount, Nothing>(Place.OfficerA, use => use.RunAsync(suspended.Id, true, Ct), Permission.ManageAccounts);
        var elsewhere = await AccountAsync(unit: Place.CampB);
        var before = await RightsAsync(from.Id);
        async Task<string> CodesAsync(Task<Outcome<Guid>> act) => string.Join(' ', (await act).Problems.Select(problem => problem.Code));
        (await CodesAsync(HandOverAsync(Place.OfficerA, from.Id, null, reason: " "))).ShouldBe("kernel.required kernel.required");
        (await CodesAsync(HandOverAsync(Place.OfficerA, from.Id, "khong-co-ai"))).ShouldBe("account.successor-unknown");
        (await CodesAsync(HandOverAsync(Place.OfficerA, from.Id, elsewhere.Name))).ShouldBe("account.successor-unknown", "of another district: as if it were not there");
        (await CodesAsync(HandOverAsync(Place.OfficerA, from.Id, from.Name))).ShouldBe("account.successor-same");
        (await CodesAsync(HandOverAsync(Place.OfficerA, from.Id, suspended.Name))).ShouldBe("account.successor-not-usable");
        (await CodesAsync(HandOverAsync(Place.OfficerA, from.Id, to.Name, house.Clock.Today().AddDays(-1)))).ShouldBe("account.last-day-passed");
        (await CodesAsync(HandOverAsync(Place.OfficerA, Place.OfficerA, to.Name))).ShouldBe("account.not-yourself");
        (await CodesAsync(HandOverAsync(Place.OfficerB, from.Id, to.Name))).ShouldBe("kernel.not-found");
        (await CodesAsync(HandOverAsync(Place.OfficerA, suspended.Id, to.Name))).ShouldBe("", "who is suspended already still has roles to leave");
        (await CodesAsync(HandOverAsync(Place.OfficerA, suspended.Id, to.Name))).ShouldBe("account.nothing-to-hand-over");
        (await RightsAsync(from.Id)).ShouldBe(before);
    }

    [Fact]
    public async Task Nobody_hands_over_or_takes_back_what_they_could_not_give()
    {
        var (from, to) = (await AccountAsync(Role.DistrictOfficer, area: Place.DistrictA), await AccountAsync());
        (await HandOverAsync(Place.HeadA, from.Id, to.Name)).Problem.Code.ShouldBe("account.above-you");
        var handover = (await HandOverAsync(Place.ProvinceOfficer, from.Id, to.Name)).Value;
        (await UndoAsync(Place.HeadA, handover)).Problem.Code.ShouldBe("account.above-you");
        (await RightsAsync(from.Id)).ShouldBeEmpty();

        // Who took over manages the unit now, and still does not decide about themselves.
        var head = await AccountAsync(Role.UnitHead);
        handover = (await HandOverAsync(Place.OfficerA, head.Id, to.Name)).Value;
        (await UndoAsync(to.Id, handover)).Problem.Code.ShouldBe("account.not-yourself");
    }
}
