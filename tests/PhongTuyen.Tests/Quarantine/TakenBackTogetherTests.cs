using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Reporting;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>What was done with a list of stays at one press is taken back whole, or not at all: then everybody who stands in the way is named.</summary>
[Trait("Category", "Database")]
public sealed class TakenBackTogetherTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<Guid> LeaveAsync(params StayId[] stays)
    {
        var intent = house.Clock.NewGuid();
        (await house.RunAsync<EndStay, EndStay.Many>(Place.ClerkA, use => use.RunManyAsync(intent, stays, StayEnd.Left, house.Clock.GetUtcNow(), Ct))).Done.ShouldBeTrue();
        return intent;
    }

    private Task<Outcome<TakenBack>> BackAsync(AccountId by, Guid of) => house.RunAsync<ReopenStay, TakenBack>(by, use => use.RunManyAsync(house.Clock.NewGuid(), of, "bấm nhầm", Ct));

    private async Task<StayState> StateAsync(StayId stay) => (await house.LookAsync(Place.ClerkA, stay))!.State;

    [Fact]
    [Answers("R4")]
    public async Task A_list_that_left_together_is_in_house_again_unless_somebody_went_on_with_one_of_them()
    {
        var stays = new[] { await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA) };
        var left = await LeaveAsync(stays);
        // The second came back by hand and died later; the third is admitted elsewhere since.
        (await house.ReopenAsync(Place.ClerkA, stays[1])).Done.ShouldBeTrue();
        (await house.EndAsync(Place.ClerkA, stays[1], StayEnd.Died)).Done.ShouldBeTrue();
        var elsewhere = await house.StayAsync(Place.ClerkA, Place.CampA, (await house.LookAsync(Place.ClerkA, stays[2]))!.PersonId);
        var refused = await BackAsync(Place.ClerkA, left);
        refused.Problems.Select(problem => (problem.Code, problem.Field)).ShouldBe([("kernel.depends-on", null), ("kernel.changed-since", stays[1].ToString()), ("stay.reopen-other-stay", stays[2].ToString())]);
        refused.Problem.Details["n"].ShouldBe("2");
        foreach (var stay in stays) (await StateAsync(stay)).ShouldBe(StayState.Ended, "all or none, also those before the first that stands in the way");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'stay.reopened' AND subject_id = $1", stays[0].ToString())).ShouldBe(0);

        (await house.WithdrawAsync(Place.ClerkA, elsewhere)).Done.ShouldBeTrue();
        (await BackAsync(Place.ClerkA, left)).Problems.Select(problem => problem.Field).ShouldBe([null, stays[1].ToString()]);
    }

    [Fact]
    public async Task An_act_is_taken_back_by_who_did_it_and_with_the_reason_in_the_audit()
    {
        var stays = new[] { await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA) };
        var left = await LeaveAsync(stays);
        (await BackAsync(Place.ClerkB, left)).Problem.Status.ShouldBe(404);
        (await BackAsync(Place.ClerkA, house.Clock.NewGuid())).Problem.Status.ShouldBe(404);
        (await BackAsync(Place.ClerkA, left)).Value.ShouldBe(new(left, 2));
        foreach (var stay in stays) (await StateAsync(stay)).ShouldBe(StayState.InHouse);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'stay.reopened' AND purpose = 'bấm nhầm' AND subject_id = ANY ($1)", (object)stays.Select(stay => stay.ToString()).ToArray())).ShouldBe(2);
        (await BackAsync(Place.ClerkA, left)).Problems.Select(problem => problem.Code).ShouldBe(["kernel.depends-on", "stay.not-in-state", "stay.not-in-state"], "taken back already");
    }

    [Fact]
    public async Task What_can_still_be_taken_back_is_offered_to_who_did_it_until_it_is()
    {
        Task<List<OwnAct>> MineAsync(AccountId by) => house.AsAsync(by, PhongTuyen.Accounts.Permission.EnterData, (services, _) => ((EndStay)services.GetService(typeof(EndStay))!).MineAsync(Ct));
        var before = await MineAsync(Place.ClerkA);
        var first = await LeaveAsync(await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA));
        house.Clock.Advance(TimeSpan.FromDays(2));
        var second = await LeaveAsync(await house.StayAsync(Place.ClerkA, Place.CampA));
        (await MineAsync(Place.ClerkA)).Take(2).Select(act => (act.Intent, act.Count)).ShouldBe([(second, 1), (first, 2)], "newest first, days later too");
        (await MineAsync(Place.HeadA)).ShouldBeEmpty();
        (await BackAsync(Place.ClerkA, first)).Done.ShouldBeTrue();
        (await MineAsync(Place.ClerkA)).Select(act => act.Intent).ShouldBe([second, .. before.Select(act => act.Intent)]);
    }

    [Fact]
    public async Task Ones_own_acts_over_many_are_found_by_an_index_of_their_own_and_not_among_all_writes()
    {
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await connection.RunAsync("SET LOCAL enable_seqscan = off", Ct);
        var plan = string.Join('\n', await connection.RowsAsync("EXPLAIN SELECT i.id FROM pt.intent i WHERE i.account_id = $1 AND i.kind = $2 AND right(i.kind, 5) = '-list' ORDER BY i.at DESC LIMIT 50", r => r.GetString(0), Ct, Place.ClerkA.Value, "stay.end-list"));
        plan.ShouldContain("intent_own_lists");
        plan.ShouldNotContain("Sort");
    }

    [Fact]
    [Answers("R4")]
    public async Task Rooms_that_were_added_at_one_press_are_gone_again_unless_a_bed_was_given_to_somebody()
    {
        await house.FacilityAsync(Place.OfficerA, Place.CentreA, rooms: 0);
        Task<T> Async<T>(AccountId by, Func<RunFacility, Task<T>> act) => house.AsAsync(by, PhongTuyen.Accounts.Permission.ManageFacility, (services, _) => act((RunFacility)services.GetService(typeof(RunFacility))!));
        async Task<Guid> AddAsync(string wing)
        {
            var intent = house.Clock.NewGuid();
            (await Async(Place.OfficerA, use => use.RunAsync(new RunFacility.AddRooms(intent, Place.CentreA, wing, ["1", "2"], 3, PlaceClasses.Observation, false, false, 0), Ct))).Value.Beds.ShouldBe(6);
            return intent;
        }
        Task<Outcome<TakenBack>> TakeAsync(AccountId by, Guid of, UnitId? unit = null) => Async(by, use => use.UndoAsync(house.Clock.NewGuid(), unit ?? Place.CentreA, of, Ct));
        async Task<(long, long)> ThereAsync() => (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_room WHERE unit_id = $1", Place.CentreA.Value), await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed WHERE unit_id = $1", Place.CentreA.Value));

        var (kept, wrong) = (await AddAsync("A"), await AddAsync("B"));
        (await ThereAsync()).ShouldBe((4, 12));
        (await Async(Place.OfficerA, use => use.MineAsync(Place.CentreA, Ct))).Select(act => (act.Intent, act.Count)).ShouldBe([(wrong, 6), (kept, 6)]);
        (await TakeAsync(Place.OfficerB, wrong)).Problem.Status.ShouldBe(404, "of another district");
        (await TakeAsync(Place.ProvinceOfficer, wrong)).Problem.Status.ShouldBe(404, "not their act");
        (await TakeAsync(Place.OfficerA, wrong, Place.CampA)).Problem.Status.ShouldBe(404, "of another house");
        (await TakeAsync(Place.OfficerA, wrong)).Value.ShouldBe(new(wrong, 6));
        (await ThereAsync()).ShouldBe((2, 6));
        (await TakeAsync(Place.OfficerA, wrong)).Problem.Code.ShouldBe("kernel.changed-since", "taken back already");

        // A bed that was given stands in the way, also when it is free again: who lay there is part of a record.
        var stay = await house.StayAsync(Place.OfficerA, Place.CentreA, bed: true);
        (await house.EndAsync(Place.OfficerA, stay, StayEnd.Left)).Done.ShouldBeTrue();
        var refused = await TakeAsync(Place.OfficerA, kept);
        refused.Problems.Select(problem => (problem.Code, problem.Field)).ShouldBe([("kernel.depends-on", null), ("bed.was-given", stay.ToString())]);
        refused.Problems[1].Details["bed"].ShouldBe("A · 1 · 1");
        (await ThereAsync()).ShouldBe((2, 6));
        (await Async(Place.OfficerA, use => use.MineAsync(Place.CentreA, Ct))).Select(act => act.Intent).ShouldBe([kept]);
        (await house.DifferencesAsync()).ShouldBeEmpty("places are counted as they are");
    }

    [Fact]
    [Answers("R4")]
    public async Task Beds_that_were_given_together_go_back_as_they_were_unless_somebody_lies_elsewhere_since()
    {
        await house.FacilityAsync(Place.OfficerA, Place.StationA1, rooms: 1, bedsEach: 4);
        var stays = new[] { await house.StayAsync(Place.OfficerA, Place.StationA1), await house.StayAsync(Place.OfficerA, Place.StationA1), await house.StayAsync(Place.OfficerA, Place.StationA1, bed: true) };
        var before = await BedAsync(stays[2]);
        async Task<AssignBed.Many> GiveAsync(Guid intent) => (await house.RunAsync<AssignBed, AssignBed.Many>(Place.OfficerA, use => use.RunManyAsync(intent, stays, Ct))).Value;
        var intent = house.Clock.NewGuid();
        var first = await GiveAsync(intent);
        (first.Given.Select(one => one.Id).SequenceEqual(stays[..2]), first.Had!.Single()).ShouldBe((true, stays[2]));
        (await BedAsync(stays[2])).ShouldBe(before, "who has one is left where they lie");
        (await GiveBackAsync(intent)).Value.Count.ShouldBe(2);
        foreach (var stay in stays[..2]) (await BedAsync(stay)).ShouldBeNull();
        (await BedAsync(stays[2])).ShouldBe(before);

        var again = house.Clock.NewGuid();
        var given = (await GiveAsync(again)).Given;
        (await house.AssignAsync(Place.OfficerA, stays[1], null, any: true)).Done.ShouldBeTrue();
        var moved = await BedAsync(stays[1]);
        moved.ShouldNotBe(given[1].Bed);
        (await GiveBackAsync(again)).Problems.Select(problem => (problem.Code, problem.Field)).ShouldBe([("kernel.depends-on", null), ("kernel.changed-since", stays[1].ToString())]);
        (await BedAsync(stays[0]), await BedAsync(stays[1])).ShouldBe((given[0].Bed, moved), "nobody loses the bed in which they lie now");

        (await house.RunAsync<AssignBed, AssignBed.Many>(Place.OfficerA, use => use.RunManyAsync(house.Clock.NewGuid(), stays, Ct))).Problems.Select(problem => (problem.Code, problem.Field))
            .ShouldBe([("bed.all-have", null), .. stays.Select(stay => ("bed.has-one", (string?)stay.ToString()))]);

        // As the program did before: who had a bed got another one. Each lies in the bed of the next, and nobody's is free.
        var lay = new[] { given[0].Bed, moved!.Value, before!.Value };
        foreach (var stay in stays) (await house.AssignAsync(Place.OfficerA, stay, null)).Done.ShouldBeTrue();
        for (var i = 0; i < 3; i++) (await house.AssignAsync(Place.OfficerA, stays[i], lay[(i + 1) % 3])).Done.ShouldBeTrue();
        await SayAsync([.. stays.Select((stay, i) => new AssignBed.One(stay, lay[i], lay[(i + 1) % 3]))]);
        (await GiveBackAsync(again)).Value.Count.ShouldBe(3);
        foreach (var (stay, bed) in stays.Zip(lay)) (await BedAsync(stay)).ShouldBe(bed, "each where they lay");

        await SayAsync([new(stays[0], lay[2], lay[0]), new(stays[1], null, lay[1])]);
        (await GiveBackAsync(again)).Problems.Select(problem => (problem.Code, problem.Field)).ShouldBe([("kernel.depends-on", null), ("bed.taken", stays[0].ToString())]);
        foreach (var (stay, bed) in stays.Zip(lay)) (await BedAsync(stay)).ShouldBe(bed, "all or none");

        Task SayAsync(IReadOnlyList<AssignBed.One> list) => house.AskAsync<object>("UPDATE pt.intent SET answer = $2 WHERE id = $1 RETURNING id", again, JsonSerializer.Serialize(new AssignBed.Many(list)));
        async Task<BedId?> BedAsync(StayId stay) => (await house.LookAsync(Place.OfficerA, stay))!.BedId;
        Task<Outcome<TakenBack>> GiveBackAsync(Guid of) => house.RunAsync<AssignBed, TakenBack>(Place.OfficerA, use => use.GiveBackAsync(house.Clock.NewGuid(), of, Ct));
    }
}
