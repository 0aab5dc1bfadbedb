using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Worklists;

/// <summary>Work is given, taken, handed back and taken back; what is late is told above.</summary>
[Trait("Category", "Database")]
public sealed class WorkActsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private AreaKeys CampKeys => new(Place.Province, Place.DistrictA, Place.CommuneA1);

    private Task<Guid> PostAsync(Urgency urgency = Urgency.Ordinary, PersonId? person = null) => house.PostAsync(Place.ClerkB, Place.CampA, CampKeys, urgency, person);

    private async Task<string> HasAsync(Guid id) => await house.AskAsync<string>("SELECT state || ' ' || coalesce(owner_name, 'nobody') FROM pt.worklist_item WHERE id = $1", id) ?? "";

    private Task<Outcome<int>> UndoAsync(AccountId by, Guid act) => house.RunAsync<UndoWork, int>(by, use => use.RunAsync(act, Ct));

    private Task<Outcome<Dictionary<Guid, Problem>>> DependsAsync(AccountId by, Guid act) => house.RunAsync<UndoWork, Dictionary<Guid, Problem>>(by, use => use.DependsAsync(act, Ct));

    [Fact]
    public async Task What_is_posted_from_elsewhere_is_the_unit_s_own_and_nobody_else_s()
    {
        var id = await PostAsync();
        foreach (var who in new[] { Place.ClerkA, Place.HeadA, Place.OfficerA, Place.ProvinceOfficer }) (await house.RowsAsync(who, [id])).ShouldHaveSingleItem();
        foreach (var who in new[] { Place.ClerkB, Place.OfficerB, Place.ClerkHospitalA, Place.Leader, Place.Administrator }) (await house.RowsAsync(who, [id])).ShouldBeEmpty();
        (await house.GiveAsync(Place.ClerkA, Place.ClerkA, id)).Value.Done.ShouldBe(1);
        var picks = new ActOnWork.Input(house.Clock.NewGuid(), Items.List, WorkActKind.Give, [new(id, 2)], Place.ClerkB, null, null);
        (await house.DoAsync(Place.ClerkB, picks)).Problem.Status.ShouldBe(404);
        (await house.DoAsync(Place.ClerkA, picks with { Intent = house.Clock.NewGuid(), List = "none" })).Problem.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Of_two_who_take_an_item_at_once_the_second_learns_that_it_is_taken()
    {
        var id = await PostAsync();
        var (first, second) = (await house.ActAsync(Place.ClerkA, WorkActKind.Give, [id], Place.ClerkA), await house.ActAsync(Place.HeadA, WorkActKind.Give, [id], Place.HeadA));
        foreach (var _ in new[] { 1, 2 }) (await house.DoAsync(Place.ClerkA, first)).Value.Done.ShouldBe(1, "sent again, it is one act");
        (await house.DoAsync(Place.HeadA, second)).Problem.Code.ShouldBe("worklist.moved");
        (await HasAsync(id)).ShouldBe("1 clerk-a");
        (await house.GiveAsync(Place.HeadA, Place.HeadA, id)).Done.ShouldBeTrue("who has seen that, may take it over");
        (await HasAsync(id)).ShouldBe("1 head-a");
        (await house.GiveAsync(Place.HeadA, Place.HeadA, id)).Problem.Code.ShouldBe("worklist.theirs-already");
    }

    [Fact]
    public async Task Work_is_given_only_to_whoever_holds_a_role_over_its_unit()
    {
        var (camp, hospital) = (await PostAsync(), await house.PostAsync(Place.OfficerA, Place.HospitalA, new AreaKeys(Place.Province, Place.DistrictA, Place.CommuneA2)));
        (await house.GiveAsync(Place.OfficerA, Place.ClerkB, camp)).Problem.Code.ShouldBe("worklist.choose-who");
        (await house.GiveAsync(Place.OfficerA, Place.Leader, camp)).Problem.Code.ShouldBe("worklist.choose-who");
        var input = await house.ActAsync(Place.OfficerA, WorkActKind.Give, [camp, hospital], Place.ClerkA);
        var seen = (await house.RunAsync<ActOnWork, ActOnWork.Forecast>(Place.OfficerA, use => use.PreviewAsync(input, Ct))).Value;
        seen.ToName.ShouldBe("clerk-a");
        seen.Items.ToDictionary(one => one.Id, one => one.Problem?.Code).ShouldBe(new Dictionary<Guid, string?> { [camp] = null, [hospital] = "worklist.not-able" }, ignoreOrder: true);
        (await HasAsync(camp)).ShouldBe("0 nobody", "a look ahead does nothing");
        var done = (await house.DoAsync(Place.OfficerA, input)).Value;
        (done.Done, done.Left).ShouldBe((1, 1));
        (await HasAsync(camp), await HasAsync(hospital)).ShouldBe(("1 clerk-a", "0 nobody"));
        var able = await house.AsAsync(Place.OfficerA, Permission.EnterData, (services, _) => services.GetRequiredService<WorkersOf>().OfAsync([Place.CampA, Place.HospitalA], Ct));
        able.Select(row => (row.Name, row.Units)).ShouldContain(("clerk-a", 1));
        able.ShouldNotContain(row => row.Name == "clerk-b" || row.Name == "leader");
        able[0].Units.ShouldBe(2, "who can do all of it stands first");
    }

    [Fact]
    public async Task A_bulk_act_is_one_row_of_the_audit_and_is_taken_back_while_nothing_later_depends_on_it()
    {
        var persons = new[] { await house.PersonAsync(Place.ClerkA), await house.PersonAsync(Place.ClerkA) };
        Guid[] ids = [await PostAsync(person: persons[0]), await PostAsync(person: persons[1]), await PostAsync()];
        (await house.GiveAsync(Place.HeadA, Place.HeadA, ids[0])).Done.ShouldBeTrue();
        var act = (await house.GiveAsync(Place.HeadA, Place.ClerkA, ids)).Value;
        act.Done.ShouldBe(3);
        (await house.AskAsync<string>("SELECT act || ' ' || cardinality(persons) FROM pt.audit_event WHERE subject_id = $1", act.Act.ToString())).ShouldBe("work.given 2");
        (await DependsAsync(Place.HeadA, act.Act)).Value.ShouldBeEmpty();
        (await HasAsync(ids[0])).ShouldBe("1 clerk-a", "to look whether it could be taken back does not take it back");

        (await house.DoAsync(Place.ClerkA, await house.ActAsync(Place.ClerkA, WorkActKind.HandBack, [ids[1]]))).Done.ShouldBeTrue();
        (await DependsAsync(Place.HeadA, act.Act)).Value.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Key.ShouldBe(ids[1]), one => one.Value.Details["who"].ShouldBe("clerk-a"));
        (await UndoAsync(Place.HeadA, act.Act)).Problem.Code.ShouldBe("worklist.depends-on");
        (await HasAsync(ids[0])).ShouldBe("1 clerk-a", "all of it or nothing");

        var again = (await house.GiveAsync(Place.HeadA, Place.ClerkA, ids[1])).Value;
        (await UndoAsync(Place.HeadA, act.Act)).Problem.Code.ShouldBe("worklist.depends-on", "it went on, although it is with the same colleague again");
        (await UndoAsync(Place.HeadA, again.Act)).Value.ShouldBe(1);
        (await UndoAsync(Place.HeadA, again.Act)).Problem.Code.ShouldBe("worklist.undone-already");
        (await UndoAsync(Place.ClerkB, act.Act)).Problem.Status.ShouldBe(404);

        var back = (await house.DoAsync(Place.HeadA, await house.ActAsync(Place.HeadA, WorkActKind.HandBack, [ids[0], ids[2]]))).Value;
        (await HasAsync(ids[0]), await HasAsync(ids[2])).ShouldBe(("0 nobody", "0 nobody"));
        (await UndoAsync(Place.HeadA, back.Act)).Value.ShouldBe(2);
        (await HasAsync(ids[0]), await HasAsync(ids[2])).ShouldBe(("1 clerk-a", "1 clerk-a"));
    }

    [Fact]
    public async Task An_item_that_waits_or_is_done_is_nobody_s_to_give()
    {
        Guid[] ids = [await PostAsync(), await PostAsync(), await PostAsync()];
        await house.WorkAsync(Place.ClerkA, async work =>
        {
            await work.WaitAsync(Items.List, [ids[0]], Ct);
            await work.DoneAsync(Items.List, [ids[1]], Ct);
        });
        var input = await house.ActAsync(Place.ClerkA, WorkActKind.Give, ids, Place.ClerkA);
        var seen = (await house.RunAsync<ActOnWork, ActOnWork.Forecast>(Place.ClerkA, use => use.PreviewAsync(input, Ct))).Value;
        ids.Select(id => seen.Items.Single(one => one.Id == id).Problem?.Code).ShouldBe(["worklist.waits", "worklist.closed", null]);
        (await house.GiveAsync(Place.ClerkA, Place.ClerkA, ids[0], ids[1])).Problem.Code.ShouldBe("worklist.nothing-done");
        await house.WorkAsync(Place.ClerkA, work => work.OpenAsync(Items.List, [ids[0], ids[1]], Ct));
        (await house.GiveAsync(Place.ClerkA, Place.ClerkA, ids)).Value.Done.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_not_done_some_time_behind_its_deadline_is_told_to_the_nearest_above_once_and_says_so()
    {
        var (camp, urgent) = (await PostAsync(), await PostAsync(Urgency.Urgent));
        await house.GiveAsync(Place.ClerkA, Place.ClerkA, camp);
        Task<string?> ToldAsync() => house.AskAsync<string>("SELECT string_agg(DISTINCT a.user_name || ' ' || n.details, ', ') FROM pt.notice n JOIN pt.account a ON a.id = n.account_id WHERE n.text_key = 'notice.worklist-late-correction' AND n.created_at > $1", from);
        await house.FoldAsync(); // what other tests left behind
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.FoldAsync();
        from = house.Clock.GetUtcNow();

        var due = (await house.RowsAsync(Place.ClerkA, [urgent]))[0].DueAt;
        house.Clock.Advance(due.AddHours(23) - house.Clock.GetUtcNow());
        await house.FoldAsync();
        (await house.RowsAsync(Place.ClerkA, [urgent]))[0].ToldAboveAt.ShouldBeNull("it is late, and the time of the unit is not over");
        house.Clock.Advance(TimeSpan.FromHours(2));
        foreach (var _ in new[] { 1, 2 }) await house.FoldAsync();
        (await house.RowsAsync(Place.ClerkA, [urgent]))[0].ToldAboveAt.ShouldNotBeNull();
        (await house.RowsAsync(Place.ClerkA, [camp]))[0].ToldAboveAt.ShouldBeNull("its deadline is another");
        (await ToldAsync()).ShouldNotBeNull().ShouldContain("officer-a");
        (await ToldAsync())!.ShouldNotContain("province");
        (await house.TabAsync(Place.OfficerA, new(Items.List, WorkTab.Late) { Above = true })).ShouldContain(row => row.Id == urgent);

        house.Clock.Advance(TimeSpan.FromDays(6));
        await house.FoldAsync();
        (await house.RowsAsync(Place.ClerkA, [camp]))[0].ToldAboveAt.ShouldNotBeNull("somebody has it, and it is not done");
    }

    private DateTimeOffset from;

    [Fact]
    public async Task Whoever_leaves_hands_their_work_on_with_their_roles_and_gets_it_back_with_them()
    {
        var (leaver, name) = await TwoDistricts.SpareAsync(house, Place.CampA);
        var (colleague, other) = await TwoDistricts.SpareAsync(house, Place.CampA);
        Guid[] ids = [await PostAsync(), await PostAsync()];
        (await house.GiveAsync(Place.HeadA, leaver, ids)).Value.Done.ShouldBe(2);
        var handover = await TwoDistricts.HandoverAsync(house, Place.HeadA, leaver, other);
        (await HasAsync(ids[0]), await HasAsync(ids[1])).ShouldBe(($"1 {other}", $"1 {other}"));
        (await house.GiveAsync(colleague, Place.ClerkA, ids[1])).Done.ShouldBeTrue();
        (await house.RunAsync<HandOverAccount, Nothing>(Place.HeadA, use => use.UndoAsync(handover, Ct), Permission.ManageAccounts)).Done.ShouldBeTrue();
        (await HasAsync(ids[0]), await HasAsync(ids[1])).ShouldBe(($"1 {name}", "1 clerk-a"), "what the colleague gave on stays there");
    }
}
