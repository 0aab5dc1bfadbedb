using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>What happens to a stay from the announcement to the end, and what is kept of each step.</summary>
[Answers("R10")]
[Trait("Category", "Database")]
public sealed class StayLifeTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;
    private DateOnly Today => house.Clock.Today();

    private async Task<Stay> SeenAsync(StayId stay) => (await house.LookAsync(Place.ClerkA, stay))!;

    [Fact]
    [Answers("R14")]
    public async Task A_late_entry_and_its_corrections_keep_when_it_happened_when_it_was_entered_and_by_whom()
    {
        var happened = Today.AddDays(-4).AtLocal(new TimeOnly(22, 30));
        var input = house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA) with { ArrivedAt = happened };
        (await house.AdmitAsync(Place.ClerkA, input)).Done.ShouldBeTrue();
        var entered = await SeenAsync(input.Id);
        (entered.ArrivedAt, entered.ArrivedOn, entered.EnteredBy, entered.EnteredUnit).ShouldBe((happened, Today.AddDays(-4), Place.ClerkA, Place.CampA));
        entered.EnteredAt.LocalDay().ShouldBe(Today);

        house.Clock.Advance(TimeSpan.FromHours(2));
        (await house.CorrectAsync(Place.HeadA, input.Id, old => old with { ArrivedAt = happened.AddDays(1), OriginOn = Today.AddDays(-6), Reason = StayReason.Entrant })).Done.ShouldBeTrue();
        var corrected = await SeenAsync(input.Id);
        (corrected.ArrivedOn, corrected.EnteredAt, corrected.EnteredBy, corrected.Reason, corrected.PlannedEnd).ShouldBe((Today.AddDays(-3), entered.EnteredAt, Place.ClerkA, StayReason.Entrant, Today.AddDays(8)), "planned anew from the day of entry: 14 days");
        var told = await house.AskAsync<string[]>("SELECT array_agg(v.field || ' ' || v.before || ' ' || v.after || ' ' || e.account_id ORDER BY v.field) FROM pt.audit_value v JOIN pt.audit_event e ON e.id = v.audit_id WHERE e.act = 'stay.corrected' AND e.subject_id = $1 AND v.field IN ('arrived_on', 'reason')", input.Id.ToString());
        told.ShouldBe([$"arrived_on {Words.Show(Today.AddDays(-4))} {Words.Show(Today.AddDays(-3))} {Place.HeadA}", $"reason CloseContact Entrant {Place.HeadA}"]);
        (await house.CorrectAsync(Place.ClerkA, input.Id, old => old with { ArrivedAt = house.Clock.GetUtcNow().AddHours(1) })).Problem.Code.ShouldBe("kernel.in-future");
        (await house.CorrectAsync(Place.ClerkB, input.Id, old => old)).Problem.Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_planned_end_comes_from_the_paper_of_the_day_and_is_changed_with_reason_and_number()
    {
        var under879 = house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA) with { ArrivedAt = new DateOnly(2021, 6, 1).AtLocal(new TimeOnly(8, 0)), OriginOn = new DateOnly(2021, 5, 30) };
        (await house.AdmitAsync(Place.ClerkA, under879)).Done.ShouldBeTrue();
        var stay = await SeenAsync(under879.Id);
        (stay.Rule, stay.PlannedEnd, stay.Origin).ShouldBe(("quarantine/VN/2021-05-05", new DateOnly(2021, 6, 20), StayOrigin.LastContact));

        (await house.ReplanAsync(Place.ClerkA, stay.Id, new DateOnly(2021, 6, 27), " ")).Problem.Code.ShouldBe("kernel.reason-needed");
        (await house.ReplanAsync(Place.ClerkA, stay.Id, new DateOnly(2021, 5, 29))).Problem.Code.ShouldBe("stay.plan-before-origin");
        (await house.ReplanAsync(Place.ClerkA, stay.Id, new DateOnly(2021, 6, 20))).Problem.Code.ShouldBe("stay.same-plan");
        (await house.ReplanAsync(Place.ClerkA, stay.Id, new DateOnly(2021, 6, 27), "có ca bệnh cùng phòng", "102/QĐ-BCĐ")).Done.ShouldBeTrue();
        (await house.ReplanAsync(Place.HeadA, stay.Id, new DateOnly(2021, 6, 24), "rút ngắn theo xét nghiệm", "110/QĐ-BCĐ")).Done.ShouldBeTrue();
        stay = await SeenAsync(stay.Id);
        (stay.PlannedByRule, stay.PlannedEnd).ShouldBe((new DateOnly(2021, 6, 20), new DateOnly(2021, 6, 24)), "what the rule gave stays beside it");
        var plans = await house.AsAsync(Place.ClerkA, Permission.SeePersons, async (_, db) => await Task.FromResult(db.Set<StayPlan>().Where(plan => plan.StayId == stay.Id).OrderBy(plan => plan.EnteredAt).ToList()));
        plans.Select(plan => (plan.Before, plan.After, plan.Reason, plan.Paper, plan.EnteredBy)).ShouldBe([
            (new DateOnly(2021, 6, 20), new DateOnly(2021, 6, 27), "có ca bệnh cùng phòng", "102/QĐ-BCĐ", Place.ClerkA),
            (new DateOnly(2021, 6, 27), new DateOnly(2021, 6, 24), "rút ngắn theo xét nghiệm", "110/QĐ-BCĐ", Place.HeadA)]);
        (await house.CorrectAsync(Place.ClerkA, stay.Id, old => old with { OriginOn = new DateOnly(2021, 5, 31) })).Done.ShouldBeTrue();
        stay = await SeenAsync(stay.Id);
        (stay.PlannedByRule, stay.PlannedEnd).ShouldBe((new DateOnly(2021, 6, 21), new DateOnly(2021, 6, 24)), "an end that somebody decided is not reckoned away");
    }

    [Fact]
    public async Task Absent_and_back_lost_and_readmitted()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, person, bed: true);
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: false)).Problem.Details["state"].ShouldBe("InHouse");
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: true)).Done.ShouldBeTrue();
        ((await SeenAsync(stay)).State, (await SeenAsync(stay)).BedId).ShouldBe((StayState.Absent, (await SeenAsync(stay)).BedId), "the bed is kept");
        (await house.AdmitAsync(Place.ClerkA, house.Admission(person, Place.CampA))).Problem.Code.ShouldBe("stay.already-here");
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: false)).Done.ShouldBeTrue();
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: true)).Done.ShouldBeTrue();
        (await house.EndAsync(Place.ClerkA, stay, StayEnd.Lost)).Done.ShouldBeTrue();
        (await house.EndAsync(Place.ClerkA, stay, StayEnd.Lost)).Problem.Code.ShouldBe("stay.not-in-state");
        var again = await house.StayAsync(Place.ClerkA, Place.CampA, person);
        (await SeenAsync(again)).State.ShouldBe(StayState.InHouse);
        (await SeenAsync(stay)).EndedAs.ShouldBe(StayEnd.Lost, "the first stay remains");
    }

    [Fact]
    public async Task A_death_reaches_the_case_and_goes_from_it_when_it_was_a_mistake()
    {
        var person = await house.PersonAsync(Place.ClerkHospitalA);
        var stay = await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, person, StayClass.Treatment, bed: true);
        var id = house.Clock.New<CaseId>();
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkHospitalA, use => use.RunAsync(new(house.Clock.NewGuid(), id, person, 0, "covid-19", CaseClass.Confirmed, Today, "PCR") { Outcome = CaseOutcome.InTreatment }, CancellationToken.None))).Done.ShouldBeTrue();
        Task<string?> CaseAsync() => house.AskAsync<string>("SELECT outcome || ' ' || coalesce(outcome_on::text, '-') FROM pt.case_record WHERE id = $1", id.Value);
        (await house.EndAsync(Place.ClerkHospitalA, stay, StayEnd.Died)).Done.ShouldBeTrue();
        (await CaseAsync()).ShouldBe($"3 {Today:yyyy-MM-dd}");
        (await house.ReopenAsync(Place.ClerkHospitalA, stay)).Done.ShouldBeTrue();
        (await CaseAsync()).ShouldBe("1 -");
        (await house.LookAsync(Place.ClerkHospitalA, stay))!.BedId.ShouldNotBeNull("nobody else lies in it");
        (await house.EndAsync(Place.ClerkHospitalA, stay, StayEnd.Discharged)).Done.ShouldBeTrue();
        (await CaseAsync()).ShouldBe($"2 {Today:yyyy-MM-dd}");
    }

    [Fact]
    public async Task An_end_is_not_before_the_arrival_nor_in_the_future_and_a_list_ends_whole_or_not_at_all()
    {
        var (one, two) = (await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA));
        (await house.EndAsync(Place.ClerkA, one, StayEnd.Left, house.Clock.GetUtcNow().AddDays(-2))).Problem.Code.ShouldBe("stay.end-before-arrival");
        (await house.EndAsync(Place.ClerkA, one, StayEnd.Left, house.Clock.GetUtcNow().AddHours(1))).Problem.Code.ShouldBe("kernel.in-future");
        (await house.EndAsync(Place.ClerkA, one, StayEnd.Transferred)).Problem.Code.ShouldBe("kernel.not-one-of");
        (await house.EndAsync(Place.ClerkA, two, StayEnd.Left)).Done.ShouldBeTrue();
        var once = house.Clock.NewGuid();
        Task<Outcome<EndStay.Many>> Many(params StayId[] stays) => house.RunAsync<EndStay, EndStay.Many>(Place.ClerkA, use => use.RunManyAsync(once, stays, StayEnd.Left, house.Clock.GetUtcNow(), CancellationToken.None));
        var refused = (await Many(one, two)).Problem;
        (refused.Code, refused.Field).ShouldBe(("stay.not-in-state", two.ToString()));
        (await SeenAsync(one)).State.ShouldBe(StayState.InHouse);
        (await house.ReopenAsync(Place.ClerkA, two)).Done.ShouldBeTrue();
        (await Many(one, two)).Value.Stays.Select(ended => ended.Id).ShouldBe([one, two]);
        (await house.RunAsync<ReopenStay, TakenBack>(Place.ClerkA, use => use.RunManyAsync(house.Clock.NewGuid(), once, "bấm nhầm", CancellationToken.None))).Value.Count.ShouldBe(2);
        (await house.AskAsync<string>("SELECT DISTINCT purpose FROM pt.audit_event WHERE act = 'stay.reopened' AND subject_id = $1 ORDER BY 1", one.ToString())).ShouldBe("bấm nhầm");
    }

    [Fact]
    public async Task Many_get_the_free_beds_there_are_and_give_them_back_in_one_act()
    {
        await house.FacilityAsync(Place.OfficerA, Place.StationA1, rooms: 1, bedsEach: 2);
        var stays = new[] { await house.StayAsync(Place.OfficerA, Place.StationA1), await house.StayAsync(Place.OfficerA, Place.StationA1), await house.StayAsync(Place.OfficerA, Place.StationA1) };
        Task<Outcome<AssignBed.Many>> Give(Guid intent) => house.RunAsync<AssignBed, AssignBed.Many>(Place.OfficerA, use => use.RunManyAsync(intent, stays, CancellationToken.None));
        async Task<int> WithBed() => (int)await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed_use WHERE unit_id = $1 AND until IS NULL", Place.StationA1.Value);
        var once = house.Clock.NewGuid();
        (await Give(once)).Value.Given.Count.ShouldBe(2);
        (await Give(once)).Value.Given.Count.ShouldBe(2, "the same form sent again is the same act");
        (await WithBed()).ShouldBe(2);
        (await house.RunAsync<AssignBed, TakenBack>(Place.OfficerA, use => use.GiveBackAsync(house.Clock.NewGuid(), once, CancellationToken.None))).Value.Count.ShouldBe(2);
        (await WithBed()).ShouldBe(0);
        (await house.RunAsync<AssignBed, AssignBed.Many>(Place.ClerkB, use => use.RunManyAsync(house.Clock.NewGuid(), stays, CancellationToken.None))).Problem.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Whoever_finds_no_bed_does_not_keep_the_others_from_theirs()
    {
        await house.FacilityAsync(Place.OfficerA, Place.StationA1, rooms: 0);
        (await house.RunAsync<RunFacility, RunFacility.Added>(Place.OfficerA, use => use.RunAsync(new RunFacility.AddRooms(house.Clock.NewGuid(), Place.StationA1, "N", ["P9"], 2, PlaceClasses.Observation, false, false, 0), CancellationToken.None), Permission.ManageFacility)).Done.ShouldBeTrue();
        var (man, woman) = (await house.StayAsync(Place.OfficerA, Place.StationA1), await house.StayAsync(Place.OfficerA, Place.StationA1));
        foreach (var (stay, sex) in new[] { (man, Sex.Male), (woman, Sex.Female) })
            await house.AskAsync<object>("UPDATE pt.person SET sex = $2 WHERE id = (SELECT person_id FROM pt.quarantine_stay WHERE id = $1)", stay.Value, (short)sex);
        await house.AskAsync<object>("UPDATE pt.quarantine_room SET sex = 2 WHERE unit_id = $1", Place.StationA1.Value);
        Task<Outcome<AssignBed.Many>> Give(params StayId[] stays) => house.RunAsync<AssignBed, AssignBed.Many>(Place.OfficerA, use => use.RunManyAsync(house.Clock.NewGuid(), stays, CancellationToken.None));
        (await Give(man)).Problem.Code.ShouldBe("bed.none-free");
        (await Give(man, woman)).Value.Given.Single().Id.ShouldBe(woman);
        await house.AskAsync<object>("UPDATE pt.quarantine_room SET sex = 0 WHERE unit_id = $1", Place.StationA1.Value);
        await house.AskAsync<object>("UPDATE pt.quarantine_bed SET open = false WHERE unit_id = $1 AND room_id IN (SELECT id FROM pt.quarantine_room WHERE wing = 'N')", Place.StationA1.Value);
        await house.EndAsync(Place.OfficerA, woman, StayEnd.Left);
        (await Give([.. Enumerable.Range(0, 251).Select(_ => house.Clock.New<StayId>())])).Problem.Code.ShouldBe("stay.too-many-at-once");
    }

    [Fact]
    public async Task An_end_that_is_taken_back_gives_again_what_it_took()
    {
        var away = await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        var bed = (await SeenAsync(away)).BedId;
        (await house.AbsenceAsync(Place.ClerkA, away, absent: true)).Done.ShouldBeTrue();
        (await house.EndAsync(Place.ClerkA, away, StayEnd.Lost)).Done.ShouldBeTrue();
        (await house.ReopenAsync(Place.ClerkA, away)).Done.ShouldBeTrue();
        ((await SeenAsync(away)).State, (await SeenAsync(away)).BedId).ShouldBe((StayState.Absent, bed), "absent as before, and nobody lies in the bed");

        (await house.EndAsync(Place.ClerkA, away, StayEnd.Left)).Done.ShouldBeTrue();
        var other = await house.StayAsync(Place.ClerkA, Place.CampA);
        (await house.AssignAsync(Place.ClerkA, other, bed)).Done.ShouldBeTrue();
        (await house.ReopenAsync(Place.ClerkA, away)).Done.ShouldBeTrue();
        ((await SeenAsync(away)).BedId, (await SeenAsync(other)).BedId).ShouldBe((null, bed), "the bed is somebody else's by now");
    }

    [Fact]
    [Answers("R14")]
    public async Task Absence_return_and_the_end_keep_their_own_times_and_notes()
    {
        var stay = (await house.AdmitAsync(Place.ClerkA, house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA) with { ArrivedAt = house.Clock.GetUtcNow().AddDays(-2), Note = "ăn chay" })).Value;
        var (gone, back) = (house.Clock.GetUtcNow().AddHours(-20), house.Clock.GetUtcNow().AddHours(-3));
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: true, at: house.Clock.GetUtcNow().AddDays(-3))).Problem.Code.ShouldBe("stay.end-before-arrival");
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: true, at: gone)).Done.ShouldBeTrue();
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: false, at: gone.AddHours(-1))).Problem.Code.ShouldBe("stay.back-before-away");
        (await house.AbsenceAsync(Place.ClerkA, stay, absent: false, at: back)).Done.ShouldBeTrue();
        (await house.RunAsync<EndStay, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, StayEnd.Left, house.Clock.GetUtcNow(), "về cùng gia đình"), CancellationToken.None))).Done.ShouldBeTrue();
        var seen = await SeenAsync(stay);
        (seen.AbsentSince, seen.ReturnedAt, seen.Note, seen.EndNote).ShouldBe((gone, back, "ăn chay", "về cùng gia đình"));
        var told = await house.AsAsync(Place.ClerkA, Permission.SeePersons, (_, db) => db.ChangesOfAsync(seen.PersonId, "quarantine_stay", CancellationToken.None));
        told.Select(change => change.Act).ShouldBe(["stay.absence", "stay.absence"]);
        (await house.AsAsync(Place.ClerkB, Permission.SeePersons, (_, db) => db.ChangesOfAsync(seen.PersonId, "quarantine_stay", CancellationToken.None))).ShouldBeEmpty("another district's clerk");
    }

    [Fact]
    public async Task A_stay_goes_by_the_rules_of_its_own_disease_and_speaks_of_that_one_only()
    {
        var person = await house.PersonAsync(Place.ClerkHospitalA);
        var (mers, covid) = (house.Clock.New<CaseId>(), house.Clock.New<CaseId>());
        foreach (var (id, disease) in new[] { (mers, "mers"), (covid, Diseases.Covid19) })
            (await house.RunAsync<RecordCase, CaseId>(Place.ClerkHospitalA, use => use.RunAsync(new(house.Clock.NewGuid(), id, person, 0, disease, CaseClass.Confirmed, Today, "PCR") { Outcome = CaseOutcome.InTreatment }, CancellationToken.None))).Done.ShouldBeTrue();
        Task<string?> CaseAsync(CaseId id) => house.AskAsync<string>("SELECT outcome || ' ' || severity FROM pt.case_record WHERE id = $1", id.Value);

        (await house.AdmitAsync(Place.ClerkHospitalA, house.Admission(person, Place.HospitalA, StayClass.Treatment) with { Disease = "cúm lạ" })).Problem.Field.ShouldBe("disease");
        var stay = (await house.AdmitAsync(Place.ClerkHospitalA, house.Admission(person, Place.HospitalA, StayClass.Treatment) with { Disease = "mers", Severity = Severity.Severe })).Value;
        ((await CaseAsync(mers)), (await CaseAsync(covid))).ShouldBe(("1 4", "1 0"), "the severity at admission reaches the case of this disease");
        var seen = (await house.LookAsync(Place.ClerkHospitalA, stay))!;
        (seen.Disease, seen.Rule, seen.PlannedEnd).ShouldBe(("mers", null, null), "no paper of COVID-19 speaks of it");
        (await house.CorrectAsync(Place.ClerkHospitalA, stay, old => old with { Note = "khó thở" })).Done.ShouldBeTrue();
        ((await house.LookAsync(Place.ClerkHospitalA, stay))!.Rule).ShouldBeNull();
        var transfer = (await house.SendAsync(Place.ClerkHospitalA, stay, Place.HospitalB)).Value;
        var there = (await house.ReceiveAsync(Place.ClerkHospitalB, transfer)).Value;
        var after = (await house.LookAsync(Place.ClerkHospitalB, there))!;
        (after.Disease, after.Rule).ShouldBe(("mers", null));
        (await house.EndAsync(Place.ClerkHospitalB, there, StayEnd.Discharged)).Done.ShouldBeTrue("the case lies in another district: it follows the person");
        (await house.ReopenAsync(Place.ClerkHospitalB, there)).Done.ShouldBeTrue();
        (await CaseAsync(mers))![..1].ShouldBe("1");
        (await house.EndAsync(Place.ClerkHospitalB, there, StayEnd.Discharged)).Done.ShouldBeTrue();
        ((await CaseAsync(mers))![..1], (await CaseAsync(covid))![..1]).ShouldBe(("2", "1"), "cured of what was treated");
    }

    [Fact]
    public async Task A_stay_that_is_corrected_to_treatment_needs_a_house_that_treats_and_leaves_its_bed()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        (await house.CorrectAsync(Place.ClerkA, stay, old => old with { Class = StayClass.Treatment })).Problem.Code.ShouldBe("stay.class-not-here");
        await house.AskAsync<object>("UPDATE pt.quarantine_facility SET treatment = true WHERE unit_id = $1", Place.CampA.Value);
        (await house.CorrectAsync(Place.ClerkA, stay, old => old with { Class = StayClass.Treatment })).Done.ShouldBeTrue();
        (await SeenAsync(stay)).BedId.ShouldBeNull("that bed is for observation");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed_use WHERE stay_id = $1 AND until IS NULL", stay.Value)).ShouldBe(0);
        await house.AskAsync<object>("UPDATE pt.quarantine_facility SET treatment = false WHERE unit_id = $1", Place.CampA.Value);
    }

    [Fact]
    public async Task Whoever_is_expected_is_held_to_the_same_rules_and_nothing_typed_is_lost()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        ExpectPerson.Input Input() => new(house.Clock.New<StayId>(), person, Place.CampA, StayClass.Observation, 0, house.Clock.GetUtcNow().AddHours(3), StayReason.CloseContact, null, Protection.Unknown, false, null, null);
        Task<Outcome<StayId>> Expect(ExpectPerson.Input input) => house.RunAsync<ExpectPerson, StayId>(Place.ClerkA, use => use.RunAsync(input, CancellationToken.None));
        (await Expect(Input() with { Reason = StayReason.Unknown })).Problem.Field.ShouldBe("reason");
        (await Expect(Input() with { PlannedEnd = Today.AddDays(9) })).Problem.Code.ShouldBe("kernel.reason-needed");
        var stay = (await Expect(Input() with { ReasonNote = "cùng xe", Disease = "mers", PlannedEnd = Today.AddDays(9), PlanReason = "theo CDC" })).Value;
        await house.AskAsync<object>("UPDATE pt.quarantine_facility SET closed_on = $2 WHERE unit_id = $1", Place.CampA.Value, Today);
        (await house.ReceiveExpectedAsync(Place.ClerkA, stay)).Problem.Code.ShouldBe("stay.facility-closed");
        (await Expect(Input())).Problem.Code.ShouldBe("stay.facility-closed");
        await house.AskAsync<object>("UPDATE pt.quarantine_facility SET closed_on = NULL WHERE unit_id = $1", Place.CampA.Value);
        (await house.ReceiveExpectedAsync(Place.ClerkA, stay)).Done.ShouldBeTrue();
        var seen = await SeenAsync(stay);
        (seen.State, seen.ReasonNote, seen.Disease, seen.PlannedEnd).ShouldBe((StayState.InHouse, "cùng xe", "mers", Today.AddDays(9)));
    }

    [Fact]
    public async Task A_withdrawn_entry_leaves_the_figures_and_stays_as_a_row_with_its_reason()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        (await house.RunAsync<WithdrawStay, StayId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), stay, ""), CancellationToken.None))).Problem.Code.ShouldBe("kernel.reason-needed");
        (await house.WithdrawAsync(Place.ClerkA, stay)).Done.ShouldBeTrue();
        var seen = await SeenAsync(stay);
        (seen.State, seen.EndNote, seen.BedId).ShouldBe((StayState.Withdrawn, "nhập nhầm người", null));
        (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_bed_use WHERE stay_id = $1 AND until IS NULL", stay.Value)).ShouldBe(0);
        (await house.CorrectAsync(Place.ClerkA, stay, old => old)).Problem.Code.ShouldBe("stay.not-in-state");
    }
}
