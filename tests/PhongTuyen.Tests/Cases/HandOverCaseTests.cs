using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Units;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Cases;

[Trait("Category", "Database")]
public sealed class HandOverCaseTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private TestProvince Place => house.Place;

    /// <summary>A case of which only the camp knows: the person lives nowhere, and it is counted nowhere but with the camp.</summary>
    private async Task<(PersonId Person, CaseId Case)> CaseAsync()
    {
        var (person, id) = (await house.PersonAsync(Place.ClerkA), house.Clock.New<CaseId>());
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), id, person, 0, "covid-19", CaseClass.Confirmed, house.Clock.Today(), "RT-PCR"), Ct))).Done.ShouldBeTrue();
        return (person, id);
    }

    /// <param name="from">As the form showed it; null: who has it now.</param>
    private async Task<Outcome<HandOverCase.Handed>> HandAsync(AccountId by, CaseId id, UnitId to, string? reason = "chuyển nơi điều trị", Guid? intent = null, UnitId? from = null)
    {
        var shown = from ?? await UnitOfAsync(id);
        return await house.RunAsync<HandOverCase, HandOverCase.Handed>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), id, shown, to, reason), Ct));
    }

    private async Task<UnitId> UnitOfAsync(CaseId id) => new((int)await house.CountAsync("SELECT unit_id FROM pt.case_record WHERE id = $1", id.Value));

    /// <summary>A unit below the health centre, as an import makes it.</summary>
    private async Task<UnitId> UnitAsync(string name)
    {
        await house.SqlAsync("INSERT INTO pt.unit (parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, valid_from, import_id, verified) SELECT $1, $2, $2, lower($2), kind, province_id, district_id, commune_id, valid_from, gen_random_uuid(), false FROM pt.unit WHERE id = $3",
            Place.CentreA.Value, name, Place.HospitalA.Value);
        await house.SqlAsync("SELECT pt.write_rights(NULL)");
        return new((int)await house.CountAsync("SELECT id FROM pt.unit WHERE name = $1", name));
    }

    private async Task MergeAsync(UnitId unit, UnitId into) =>
        (await house.RunAsync<MergeUnit, MergeUnit.Moved>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), unit, into), Ct), Permission.ManageUnits)).Done.ShouldBeTrue();

    private Task<Outcome<HandOverCase.Handed>> UndoAsync(AccountId by, Guid handover) =>
        house.RunAsync<HandOverCase, HandOverCase.Handed>(by, use => use.UndoAsync(house.Clock.NewGuid(), handover, Ct));

    private Task<CaseView.Full?> SeenByAsync(AccountId account, CaseId id) => house.AsAsync(account, Permission.SeePersons, (provider, _) => ((CaseView)provider.GetService(typeof(CaseView))!).OfAsync(id, Ct));

    private Task<bool> SeesPersonAsync(AccountId account, PersonId person) => house.AsAsync(account, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", Ct, person.Value));

    private Task<long> CountedAsync(UnitId unit) => house.CountAsync("SELECT coalesce(sum(n), 0)::bigint FROM pt.report_recount WHERE metric = 52 AND unit_id = $1", unit.Value);

    private Task<long> NoticesAsync(string text) => house.CountAsync("SELECT count(*) FROM pt.notice WHERE text_key = $1 AND account_id = $2", text, Place.ClerkHospitalA.Value);

    [Fact]
    [Answers("R10", "R34")]
    public async Task The_receiving_unit_is_responsible_sees_the_person_and_is_told_and_the_giver_keeps_sight_of_the_person_only()
    {
        var (person, id) = await CaseAsync();
        (await SeesPersonAsync(Place.ClerkHospitalA, person)).ShouldBeFalse();
        var (given, got) = (await CountedAsync(Place.CampA), await CountedAsync(Place.HospitalA));

        var intent = house.Clock.NewGuid();
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, intent: intent)).Value.Person.ShouldBe(person);
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, intent: intent, from: Place.CampA)).Done.ShouldBeTrue("the same form sent twice is done once");

        var seen = (await SeenByAsync(Place.ClerkHospitalA, id))!;
        seen.Mine.ShouldBeTrue();
        seen.Case.UnitId.ShouldBe(Place.HospitalA);
        (seen.Handovers.Single().From, seen.Handovers.Single().To, seen.Handovers.Single().Reason).ShouldBe(("Khu cách ly An Bình", "Bệnh viện huyện An Bình", "chuyển nơi điều trị"));
        (await SeenByAsync(Place.ClerkA, id))?.Mine.ShouldBeFalse("the case is another unit's now");
        (await SeesPersonAsync(Place.ClerkA, person)).ShouldBeTrue("who entered or looked after a person keeps sight of them");
        (await SeesPersonAsync(Place.ClerkHospitalA, person)).ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.person_token WHERE person_id = $1 AND unit_id = $2", person.Value, Place.HospitalA.Value)).ShouldBeGreaterThan(0, "the receiving unit finds the person by name");
        ((await CountedAsync(Place.CampA)) - given, (await CountedAsync(Place.HospitalA)) - got).ShouldBe((-1L, 1L));
        (await NoticesAsync("notice.case-handed-over")).ShouldBeGreaterThan(0);
        (await house.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'case.handed-over' AND subject_id = $1 AND purpose = 'chuyển nơi điều trị'", id.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task Taken_back_it_is_the_givers_again_and_the_receiver_does_not_see_it_any_more()
    {
        var (person, id) = await CaseAsync();
        var intent = house.Clock.NewGuid();
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, intent: intent)).Done.ShouldBeTrue();
        (await UndoAsync(Place.ClerkB, intent)).Problem.Status.ShouldBe(404);
        (await UndoAsync(Place.ClerkHospitalA, intent)).Problem.Status.ShouldBe(404, "the receiver hands it back instead");
        (await UndoAsync(Place.ClerkA, intent)).Done.ShouldBeTrue();
        (await UndoAsync(Place.ClerkA, intent)).Problem.Status.ShouldBe(404, "once");

        (await SeenByAsync(Place.ClerkA, id))!.Mine.ShouldBeTrue();
        (await SeenByAsync(Place.ClerkHospitalA, id)).ShouldBeNull();
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope WHERE person_id = $1 AND unit_id = $2 AND until IS NULL", person.Value, Place.HospitalA.Value)).ShouldBe(0);
        (await NoticesAsync("notice.case-taken-back")).ShouldBeGreaterThan(0);
        (await house.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'case.taken-back' AND subject_id = $1", id.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_receiver_has_worked_on_is_not_taken_back()
    {
        var (person, id) = await CaseAsync();
        var intent = house.Clock.NewGuid();
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, intent: intent)).Done.ShouldBeTrue();
        var version = (await SeenByAsync(Place.ClerkHospitalA, id))!.Case.Version;
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkHospitalA, use => use.RunAsync(new(house.Clock.NewGuid(), id, person, version, "covid-19", CaseClass.Confirmed, house.Clock.Today(), "RT-PCR") { Outcome = CaseOutcome.InTreatment }, Ct))).Done.ShouldBeTrue();
        (await UndoAsync(Place.ClerkA, intent)).Problem.Code.ShouldBe("case.worked-on");
        (await SeenByAsync(Place.ClerkHospitalA, id))!.Mine.ShouldBeTrue();
        (await HandAsync(Place.ClerkHospitalA, id, Place.CampA, "nhận nhầm")).Done.ShouldBeTrue("it is handed back");
        (await SeenByAsync(Place.ClerkA, id))!.Mine.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_several_who_hand_it_over_at_once_one_does_and_the_others_are_told_that_it_changed()
    {
        var (_, id) = await CaseAsync();
        var handed = await Task.WhenAll(new[] { Place.HospitalA, Place.CentreA, Place.StationA1 }.Select(to => Task.Run(() => HandAsync(Place.OfficerA, id, to, from: Place.CampA))));
        handed.Count(outcome => outcome.Done).ShouldBe(1);
        handed.Where(outcome => !outcome.Done).ShouldAllBe(outcome => outcome.Problem.Code == "kernel.changed");
        (await house.CountAsync("SELECT count(*) FROM pt.case_handover WHERE case_id = $1 AND unit_id = $2", id.Value, Place.CampA.Value)).ShouldBe(1);
        (await house.CountAsync("SELECT count(*) FROM pt.audit_event WHERE act = 'case.handed-over' AND subject_id = $1", id.ToString())).ShouldBe(1);
        (await HandAsync(Place.ClerkA, id, Place.HospitalB, from: Place.CampA)).Problem.Code.ShouldBe("kernel.changed", "who gave it away may know");
        (await HandAsync(Place.ClerkA, id, Place.HospitalB)).Problem.Code.ShouldBe("kernel.changed", "nobody gives what is another unit's");
        (await HandAsync(Place.ClerkB, id, Place.HospitalB, from: Place.CampA)).Problem.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Open_findings_of_the_case_go_with_it_and_come_back_with_it()
    {
        var (person, id) = await CaseAsync();
        foreach (var kind in new[] { "case.positive-withdrawn", "case.death-undated" })
            await house.AsAsync(Place.ClerkA, Permission.EnterData, async (_, db) => { await db.FindAsync(person, kind, "case", id.Value, Place.CampA, AreaKeys.Unknown, Ct); return 0; });
        await house.SqlAsync("UPDATE pt.person_finding SET state = 1 WHERE subject_id = $1 AND kind = 'case.death-undated'", id.Value);
        Task<long> WithAsync(UnitId unit) => house.CountAsync("SELECT count(*) FROM pt.person_finding WHERE subject_id = $1 AND unit_id = $2", id.Value, unit.Value);
        var intent = house.Clock.NewGuid();
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, intent: intent)).Done.ShouldBeTrue();
        (await WithAsync(Place.CampA), await WithAsync(Place.HospitalA)).ShouldBe((1, 1), "a closed one stays with who closed it");
        (await UndoAsync(Place.ClerkA, intent)).Done.ShouldBeTrue();
        (await WithAsync(Place.CampA), await WithAsync(Place.HospitalA)).ShouldBe((2, 0));
    }

    [Fact]
    public async Task It_is_taken_back_by_what_became_of_the_units_that_were_merged_since()
    {
        var (_, received) = await CaseAsync();
        var (receiver, intent) = (await UnitAsync("BV nhan gop"), house.Clock.NewGuid());
        (await HandAsync(Place.ClerkA, received, receiver, intent: intent)).Done.ShouldBeTrue();
        await MergeAsync(receiver, Place.HospitalA);
        (await UndoAsync(Place.ClerkA, intent)).Done.ShouldBeTrue("a merger is no work on the case");
        (await UnitOfAsync(received)).ShouldBe(Place.CampA);

        var (giver, again) = (await UnitAsync("BV giao gop"), house.Clock.NewGuid());
        (await HandAsync(Place.ClerkA, received, giver)).Done.ShouldBeTrue();
        (await HandAsync(Place.OfficerA, received, Place.HospitalB, intent: again)).Done.ShouldBeTrue();
        await MergeAsync(giver, Place.HospitalA);
        (await UndoAsync(Place.ClerkHospitalA, again)).Done.ShouldBeTrue("the giver is part of the hospital now");
        (await UnitOfAsync(received)).ShouldBe(Place.HospitalA);
        (await SeenByAsync(Place.ClerkHospitalA, received))!.Mine.ShouldBeTrue();
    }

    [Fact]
    public async Task It_does_not_go_back_to_a_unit_that_was_closed_since()
    {
        var (_, id) = await CaseAsync();
        var (closing, intent) = (await UnitAsync("Khu sap dong"), house.Clock.NewGuid());
        (await HandAsync(Place.ClerkA, id, closing)).Done.ShouldBeTrue();
        (await HandAsync(Place.OfficerA, id, Place.HospitalA, intent: intent)).Done.ShouldBeTrue();
        await house.SqlAsync("UPDATE pt.unit SET valid_to = $2 WHERE id = $1", closing.Value, house.Clock.Today());
        (await UndoAsync(Place.OfficerA, intent)).Problem.Code.ShouldBe("case.giver-closed");
        (await UnitOfAsync(id)).ShouldBe(Place.HospitalA);
    }

    [Fact]
    public async Task It_needs_a_reason_another_unit_that_stands_and_a_case_of_ones_own()
    {
        var (_, id) = await CaseAsync();
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, " ")).Problem.Code.ShouldBe("kernel.reason-needed");
        (await HandAsync(Place.ClerkA, id, Place.CampA)).Problem.Code.ShouldBe("case.same-unit");
        (await HandAsync(Place.ClerkA, id, new UnitId(999_999))).Problem.Code.ShouldBe("case.no-such-unit");
        (await HandAsync(Place.ClerkB, id, Place.CampB)).Problem.Status.ShouldBe(404);
        (await HandAsync(Place.ClerkHospitalA, id, Place.HospitalA)).Problem.Status.ShouldBe(404);
        (await house.CountAsync("SELECT count(*) FROM pt.case_handover WHERE case_id = $1", id.Value)).ShouldBe(0);
    }
}
