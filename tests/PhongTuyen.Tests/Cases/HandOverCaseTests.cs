using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
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

    private Task<Outcome<HandOverCase.Handed>> HandAsync(AccountId by, CaseId id, UnitId to, string? reason = "chuyển nơi điều trị", Guid? intent = null) =>
        house.RunAsync<HandOverCase, HandOverCase.Handed>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), id, to, reason), Ct));

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
        (await HandAsync(Place.ClerkA, id, Place.HospitalA, intent: intent)).Done.ShouldBeTrue("the same form sent twice is done once");

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
