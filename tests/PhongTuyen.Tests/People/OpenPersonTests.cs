using PhongTuyen.Accounts;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Break-glass: a person of another area for a few hours, to look and not to change; the manager knows at once and judges afterwards.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class OpenPersonTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private Task<Outcome<OpenPerson.Opened>> OpenAsync(AccountId by, string number, Guid? intent = null, int year = 1985, DocumentKind? kind = DocumentKind.CitizenCard, string reason = "Cấp cứu, bất tỉnh, cần tiền sử") =>
        house.RunAsync<OpenPerson, OpenPerson.Opened>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), kind, number, BirthDate.OfYear(year), reason), Ct));

    private Task<Outcome<Nothing>> ReviewAsync(AccountId by, Guid opening, bool? justified, string? note = null) => house.RunAsync<Openings, Nothing>(by, use => use.ReviewAsync(opening, justified, note, Ct), Permission.SeeEntries);

    private Task<long> CountAsync(AccountId by, string table, PersonId person) => house.AsAsync(by, Permission.SeePersons, (_, db) => db.Connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table} WHERE {(table == "person" ? "id" : "person_id")} = $1", Ct, person.Value));

    private Task<Guid> OpeningAsync(PersonId person) => house.AskAsync<Guid>("SELECT id FROM pt.person_opening WHERE person_id = $1", person.Value);

    private async Task<(PersonId Person, string Number)> OfBAsync()
    {
        var number = Given.Number();
        var person = await house.PersonAsync(Place.ClerkB, number: number, lives: Place.KeysB1);
        (await house.RunAsync<RecordCase, CaseId>(Place.ClerkB, use => use.RunAsync(new(house.Clock.NewGuid(), house.Clock.New<CaseId>(), person, 0, Diseases.Covid19, CaseClass.Suspected, house.Clock.Today(), "sốt"), Ct))).Done.ShouldBeTrue();
        return (person, number);
    }

    [Fact]
    public async Task A_person_is_seen_for_three_hours_and_not_a_moment_longer_and_nothing_is_changed()
    {
        var (person, number) = await OfBAsync();
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(0);
        var opened = (await OpenAsync(Place.ClerkA, number)).Value;
        opened.Person.ShouldBe(person);
        foreach (var table in new[] { "person", "person_document", "case_record" }) (await CountAsync(Place.ClerkA, table, person)).ShouldBe(1, table);
        (await CountAsync(Place.HeadA, "person", person)).ShouldBe(1, "the unit treats the person, not one account");
        (await CountAsync(Place.ClerkHospitalA, "person", person)).ShouldBe(0);
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), person, 1, new PersonFacts { Name = "Tên Khác", Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [], [], []), Ct))).Problem.Code.ShouldBe("person.only-seen");
        (await house.AsAsync(Place.ClerkA, Permission.EnterData, (_, db) => db.Connection.RunAsync("UPDATE pt.person SET occupation = 'x' WHERE id = $1", Ct, person.Value))).ShouldBe(0, "nor past the program");
        house.Clock.Advance(TimeSpan.FromMinutes(179));
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(1);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var table in new[] { "person", "person_document", "case_record", "person_scope", "person_token" }) (await CountAsync(Place.ClerkA, table, person)).ShouldBe(0, table);
        (await house.AskAsync<bool>("SELECT ended FROM pt.person_opening WHERE person_id = $1", person.Value)).ShouldBeTrue();
        (await CountAsync(Place.ClerkB, "person", person)).ShouldBe(1, "whose person it is sees it as ever");
    }

    [Fact]
    public async Task A_result_taken_meanwhile_keeps_the_person_and_opens_nothing_further()
    {
        var (person, number) = await OfBAsync();
        (await OpenAsync(Place.ClerkA, number)).Done.ShouldBeTrue();
        (await house.RunAsync<RecordResult, ResultId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Antigen, TestOutcome.Negative, null, house.Clock.Today(), null), Ct))).Done.ShouldBeTrue();
        house.Clock.Advance(TimeSpan.FromHours(3));
        ((await CountAsync(Place.ClerkA, "person", person)), (await CountAsync(Place.ClerkA, "case_record", person))).ShouldBe((1, 0), "as after any result that a unit once took");
    }

    [Fact]
    public async Task The_manager_is_told_at_once_and_judges_it_once_and_nobody_judges_their_own()
    {
        var (person, number) = await OfBAsync();
        var intent = house.Clock.NewGuid();
        (await OpenAsync(Place.ClerkA, number, intent)).Value.ShouldBe((await OpenAsync(Place.ClerkA, number, intent)).Value, "sent twice");
        var opening = await OpeningAsync(person);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE intent = $1 AND account_id = $2 AND urgent AND text_key = 'notice.person-opened'", $"opening/{opening}", Place.HeadA.Value)).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE intent = $1", $"opening/{opening}")).ShouldBe(1);
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'person.opened' AND subject_id = $1", person.ToString())).ShouldBe("Cấp cứu, bất tỉnh, cần tiền sử");
        var waiting = await house.AsAsync(Place.HeadA, Permission.SeeEntries, (provider, _) => ((Openings)provider.GetService(typeof(Openings))!).FindAsync(false, null, Ct));
        waiting.Rows.ShouldContain(row => row.Id == opening && row.ReviewBy - row.At == TimeSpan.FromHours(24) && row.Ends - row.At == TimeSpan.FromHours(3));
        (await ReviewAsync(Place.OfficerB, opening, true)).Problem.Status.ShouldBe(404);
        (await ReviewAsync(Place.HeadA, opening, null)).Problem.Status.ShouldBe(422);
        (await ReviewAsync(Place.HeadA, opening, false)).Problem.Code.ShouldBe("person.note-to-review");
        (await ReviewAsync(Place.HeadA, opening, false, "Không có cấp cứu nào")).Done.ShouldBeTrue();
        (await ReviewAsync(Place.OfficerA, opening, true)).Problem.Code.ShouldBe(Refusals.Changed().Code, "judged once");
        (await house.AskAsync<string>("SELECT justified || ' ' || note FROM pt.person_opening WHERE id = $1", opening)).ShouldBe("false Không có cấp cứu nào");

        // The head opens as well, and is judged from above.
        var (other, second) = await OfBAsync();
        (await OpenAsync(Place.HeadA, second)).Done.ShouldBeTrue();
        (await ReviewAsync(Place.HeadA, await OpeningAsync(other), true)).Problem.Code.ShouldBe("account.not-yourself");
        (await ReviewAsync(Place.OfficerA, await OpeningAsync(other), true)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Number_or_code_and_birth_and_a_reason_are_needed_and_nothing_is_opened_that_is_seen_anyhow()
    {
        var (person, number) = await OfBAsync();
        (await OpenAsync(Place.ClerkA, number, year: 1986)).Problem.Code.ShouldBe("person.nobody-to-open");
        (await OpenAsync(Place.ClerkA, Given.Number())).Problem.Code.ShouldBe("person.nobody-to-open");
        (await OpenAsync(Place.ClerkA, number, reason: "xem")).Problem.Code.ShouldBe("person.reason-to-open");
        (await CountAsync(Place.ClerkA, "person", person)).ShouldBe(0);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'asked.not-shown' AND subject_id = 'opening' AND account_id = $1", Place.ClerkA.Value)).ShouldBe(2);
        (await OpenAsync(Place.ClerkB, number)).Value.Ends.ShouldBeNull();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person_opening WHERE person_id = $1", person.Value)).ShouldBe(0);
        var coded = (await house.RunAsync<EnterPerson, PersonId>(Place.ClerkB, use => use.RunAsync(new(house.Clock.New<PersonId>(), new PersonFacts { Code = "BN-4711", Birth = BirthDate.OfYear(1985), Sex = Sex.Male }, [], [], [], false), Ct))).Value;
        (await OpenAsync(Place.ClerkA, "BN-4711", kind: null)).Value.Person.ShouldBe(coded);
        (await OpenAsync(Place.Leader, number)).Done.ShouldBeFalse();
    }
}
