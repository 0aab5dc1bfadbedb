using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Whoever once had to do with a person keeps sight of them; what came after is not theirs, and no act of their own opens it.</summary>
[Answers("R14")]
[Trait("Category", "Database")]
public sealed class EndedTiesTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;

    /// <summary>A patient of the hospital who was in the camp for a while and is back; the case is the hospital's.</summary>
    private async Task<(PersonId Person, CaseId Case)> BackAsync()
    {
        var person = await house.PersonAsync(Place.ClerkHospitalA);
        var stay = await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, person, StayClass.Treatment);
        var there = (await house.ReceiveAsync(Place.ClerkA, (await house.SendAsync(Place.ClerkHospitalA, stay, Place.CampA, of: StayClass.Observation)).Value)).Value;
        (await house.ReceiveAsync(Place.ClerkHospitalA, (await house.SendAsync(Place.ClerkA, there, Place.HospitalA)).Value)).Done.ShouldBeTrue();
        var id = house.Clock.New<CaseId>();
        (await CaseAsync(Place.ClerkHospitalA, person, id)).Done.ShouldBeTrue();
        return (person, id);
    }

    private Task<Outcome<CaseId>> CaseAsync(AccountId by, PersonId person, CaseId id, string disease = Diseases.Covid19) =>
        house.RunAsync<RecordCase, CaseId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), id, person, 0, disease, CaseClass.Suspected, house.Clock.Today(), "sốt") { Outcome = CaseOutcome.InTreatment }, CancellationToken.None));

    private Task<Outcome<ResultId>> ResultAsync(AccountId by, PersonId person, TestOutcome result) =>
        house.RunAsync<RecordResult, ResultId>(by, use => use.RunAsync(new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Pcr, result, null, house.Clock.Today(), "CDC"), CancellationToken.None));

    private Task<long> CasesSeenAsync(AccountId by, PersonId person) => house.AsAsync(by, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.case_record WHERE person_id = $1", CancellationToken.None, person.Value));

    private Task<long> PersonsSeenAsync(AccountId by, PersonId person) => house.AsAsync(by, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.person WHERE id = $1", CancellationToken.None, person.Value));

    [Fact]
    public async Task A_result_that_comes_late_is_taken_and_opens_nothing_of_what_came_after()
    {
        var (person, id) = await BackAsync();
        ((await PersonsSeenAsync(Place.ClerkA, person)), (await CasesSeenAsync(Place.ClerkA, person))).ShouldBe((1, 0));
        (await ResultAsync(Place.ClerkA, person, TestOutcome.Negative)).Done.ShouldBeTrue();
        (await CasesSeenAsync(Place.ClerkA, person)).ShouldBe(0, "an act of one's own renews no tie");
        (await ResultAsync(Place.ClerkA, person, TestOutcome.Positive)).Done.ShouldBeTrue();
        (await CasesSeenAsync(Place.ClerkA, person)).ShouldBe(0);
        (await house.AskAsync<string>("SELECT count(*) || ' ' || max(classification) FROM pt.case_record WHERE person_id = $1", person.Value)).ShouldBe("1 3", "the late positive strengthens the hospital's case, and makes no second one");
        (await house.AskAsync<bool>("SELECT unit_id = $2 FROM pt.case_record WHERE id = $1", id.Value, Place.HospitalA.Value)).ShouldBeTrue();
    }

    [Fact]
    public async Task Sight_is_no_right_to_change()
    {
        var (person, _) = await BackAsync();
        (await CaseAsync(Place.ClerkA, person, house.Clock.New<CaseId>(), "mers")).Problem.Code.ShouldBe("person.only-seen");
        EditPerson.Input Edit(int version) => new(house.Clock.NewGuid(), person, version, new PersonFacts { Name = "Tên Khác", Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [], [], []);
        var version = await house.AskAsync<int>("SELECT version FROM pt.person WHERE id = $1", person.Value);
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(Edit(version), CancellationToken.None))).Problem.Code.ShouldBe("person.only-seen");
        (await house.AsAsync(Place.ClerkA, Permission.EnterData, (_, db) => db.Connection.RunAsync("UPDATE pt.person SET occupation = 'x' WHERE id = $1", CancellationToken.None, person.Value))).ShouldBe(0, "nor past the use-case");
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkHospitalA, use => use.RunAsync(Edit(version), CancellationToken.None))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_announced_is_announced_once_and_is_seen_anew_when_they_have_come()
    {
        var (person, id) = await BackAsync();
        var expected = (await house.ExpectAsync(Place.ClerkA, person, Place.CampA)).Value;
        (await house.ExpectAsync(Place.ClerkA, person, Place.CampA)).Problem.Code.ShouldBe("stay.already-expected");
        (await CasesSeenAsync(Place.ClerkA, person)).ShouldBe(0);
        var stay = await house.AskAsync<Guid>("SELECT id FROM pt.quarantine_stay WHERE person_id = $1 AND unit_id = $2 AND state = 2", person.Value, Place.HospitalA.Value);
        (await house.EndAsync(Place.ClerkHospitalA, new StayId(stay), StayEnd.Discharged)).Done.ShouldBeTrue();
        (await house.ReceiveExpectedAsync(Place.ClerkA, expected)).Done.ShouldBeTrue();
        (await CasesSeenAsync(Place.ClerkA, person)).ShouldBe(1);
        (await house.ExpectAsync(Place.ClerkA, person, Place.CampA)).Problem.Code.ShouldBe("stay.already-here");
        _ = id;
    }
}
