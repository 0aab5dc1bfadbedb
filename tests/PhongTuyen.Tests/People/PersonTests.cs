using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Recording a person, and who learns what of one.</summary>
[Trait("Category", "Database")]
public sealed class PersonTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly BirthDate Born = new(new DateOnly(1985, 8, 5), BirthPrecision.Day);

    private EnterPerson.Input New(PersonFacts facts, params DocumentFact[] documents) => new(house.Clock.New<PersonId>(), facts, documents, [], [], false);

    private Task<Outcome<PersonId>> EnterAsync(AccountId by, EnterPerson.Input input) => house.RunAsync<EnterPerson, PersonId>(by, use => use.RunAsync(input, Ct));

    private Task<Outcome<SeeNumbers.Seen>> SeeAsync(AccountId by, PersonId person, UnmaskedField field, string? purpose) => house.RunAsync<SeeNumbers, SeeNumbers.Seen>(by, use => use.RunAsync(person, field, purpose, Ct), Permission.SeePersons);

    private Task<Outcome<PersonId>> LookUpAsync(AccountId by, string number, BirthDate birth, string purpose, DocumentKind kind = DocumentKind.CitizenCard) =>
        house.RunAsync<LookUpPerson, PersonId>(by, use => use.RunAsync(new(house.Clock.NewGuid(), kind, number, birth, purpose), Ct), Permission.SeePersons);

    private Task<Person?> SeenAsync(AccountId by, PersonId person) => house.AsAsync(by, Permission.SeePersons, (_, db) => db.FindAsync<Person>([person], Ct).AsTask());

    [Fact]
    public async Task A_person_of_the_same_number_is_offered_here_and_not_told_from_elsewhere()
    {
        var number = Given.Number();
        var facts = new PersonFacts { Name = "Ngô Văn Sáu", Birth = Born, Sex = Sex.Male };
        var first = (await EnterAsync(Place.ClerkA, New(facts, new DocumentFact(DocumentKind.CitizenCard, number)))).Value;
        var here = (await EnterAsync(Place.ClerkA, New(facts, new DocumentFact(DocumentKind.BirthNumber, number)))).Problem;
        (here.Code, here.Status, here.Details["person"]).ShouldBe(("person.same-number", 409, first.ToString()));
        var elsewhere = (await EnterAsync(Place.ClerkB, New(facts, new DocumentFact(DocumentKind.CitizenCard, number)))).Problem;
        (elsewhere.Code, elsewhere.Details.Count).ShouldBe(("person.same-number-elsewhere", 0));

        var other = (await EnterAsync(Place.ClerkA, New(facts, new DocumentFact(DocumentKind.CitizenCard, number)) with { AnotherPerson = true })).Value;
        other.ShouldNotBe(first);
        (await house.AskAsync<string>("SELECT detail FROM pt.audit_event WHERE act = 'person.entered' AND subject_id = $1", other.ToString()))!.ShouldContain("\"NumberAlsoOfAnother\":true");
    }

    [Fact]
    public async Task A_number_that_contradicts_birth_or_sex_is_asked_about_and_kept_with_a_finding()
    {
        var facts = new PersonFacts { Name = "Ngô Thị Bảy", Birth = Born, Sex = Sex.Female };
        var card = new DocumentFact(DocumentKind.CitizenCard, Given.Number());
        (await EnterAsync(Place.ClerkA, New(facts, card))).Problem.ShouldSatisfyAllConditions(problem => problem.Code.ShouldBe("person.document-contradicts"), problem => problem.Field.ShouldBe("documents.0.number"));
        var person = (await EnterAsync(Place.ClerkA, New(facts, card with { AsOnPaper = true }))).Value;
        (await house.AskAsync<string>("SELECT kind FROM pt.person_finding WHERE person_id = $1", person.Value)).ShouldBe("document.contradicts-birth");
        (await EnterAsync(Place.ClerkA, New(facts with { Sex = Sex.Unknown, Birth = BirthDate.OfAge(36, house.Clock.Today()) }, new DocumentFact(DocumentKind.CitizenCard, Given.Number())))).Done.ShouldBeTrue("an age may be a year wrong");
    }

    [Fact]
    public async Task Every_fault_of_a_form_is_said_at_once()
    {
        var input = new EnterPerson.Input(house.Clock.New<PersonId>(), new PersonFacts { Name = "1234", Nationality = "Atlantis", Sex = Sex.Male, Pregnant = Pregnancy.Yes, PregnancyWeeks = 60 }, [new(DocumentKind.CitizenCard, "12345"), new(DocumentKind.Passport, "?")],
            [new("12", PhoneOwner.Own)], [new(AddressKind.Present, new AreaKeys(Place.Province, Place.DistrictB, Place.CommuneA1), null, new string('x', 300))], false);
        (await EnterAsync(Place.ClerkA, input)).Problems.Select(problem => problem.Field).ShouldBe(["name", "nationality", "pregnant", "pregnancyWeeks", "documents.0.number", "documents.1.number", "phones.0.number", "addresses.0.line", "addresses.0.area"], ignoreOrder: true);
        (await EnterAsync(Place.ClerkA, New(new PersonFacts { Name = " \u200b" }))).Problem.Code.ShouldBe("person.name-or-code");
        (await EnterAsync(Place.ClerkA, New(new PersonFacts { Code = "BN1100" }))).Done.ShouldBeTrue("a patient code alone is enough");
    }

    [Theory]
    [InlineData("05/08/1985", "05/08/1985", BirthPrecision.Day)]
    [InlineData("8/1985", "08/1985", BirthPrecision.Month)]
    [InlineData("1985", "1985", BirthPrecision.Year)]
    public async Task A_birth_is_kept_as_far_as_it_is_known(string typed, string shown, BirthPrecision precision)
    {
        DateInput.TryBirth(typed, house.Clock.Today(), out var birth).ShouldBeTrue();
        var person = (await EnterAsync(Place.ClerkA, New(new PersonFacts { Name = "Mạc Văn Tám", Birth = birth }))).Value;
        var kept = (await SeenAsync(Place.ClerkA, person))!.BirthDate;
        (kept.ToString(), kept.Precision).ShouldBe((shown, precision));
    }

    [Fact]
    public async Task A_newer_address_ends_the_older_of_its_kind_and_brings_the_person_before_the_new_area()
    {
        var person = await house.PersonAsync(Place.ProvinceOfficer, lives: Place.KeysA1);
        (await SeenAsync(Place.OfficerA, person)).ShouldNotBeNull();
        (await SeenAsync(Place.OfficerB, person)).ShouldBeNull();
        Task<Outcome<PersonId>> Edit(int version, AddressFact address) => house.RunAsync<EditPerson, PersonId>(Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), person, version, new PersonFacts { Name = "Nguyễn Văn Dời" }, [], [], [address]), Ct));
        (await Edit(1, new(AddressKind.Permanent, Place.KeysA1, null, "Xóm 3"))).Done.ShouldBeTrue();
        (await Edit(2, new(AddressKind.Present, Place.KeysB1, null, "Xóm 9"))).Done.ShouldBeTrue();
        (await Edit(1, new(AddressKind.Present, Place.KeysB1, null, "Xóm 10"))).Problem.Code.ShouldBe("kernel.changed");
        (await house.AskAsync<string[]>("SELECT array_agg(kind || ' ' || line || ' ' || (until IS NULL) ORDER BY kind, since, line) FROM pt.person_address WHERE person_id = $1", person.Value)).ShouldBe(["1 Xóm 3 true", "3 12 Trần Phú false", "3 Xóm 9 true"]);
        (await SeenAsync(Place.OfficerB, person)).ShouldNotBeNull();
        (await SeenAsync(Place.OfficerA, person)).ShouldNotBeNull("the permanent address is still there");
    }

    [Fact]
    public async Task Numbers_are_shown_in_full_for_a_purpose_that_is_written_down()
    {
        var (number, person) = (Given.Number(), default(PersonId));
        person = await house.PersonAsync(Place.ClerkA, "Hồ Thị Kín", number, "0912 345 678", birth: BirthDate.Unknown);
        foreach (var purpose in new[] { null, "", " ", "ab" }) (await SeeAsync(Place.ClerkA, person, UnmaskedField.Documents, purpose)).Problem.Code.ShouldBe("person.purpose-needed");
        (await SeeAsync(Place.ClerkB, person, UnmaskedField.Documents, "gọi điện")).Problem.Status.ShouldBe(404);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'person.unmasked'")).ShouldBe(0);
        (await SeeAsync(Place.ClerkA, person, UnmaskedField.Documents, "đối chiếu giấy tờ")).Value.Numbers.ShouldHaveSingleItem().Number.ShouldBe(number);
        (await SeeAsync(Place.ClerkA, person, UnmaskedField.Phones, "gọi điện")).Value.Numbers.ShouldHaveSingleItem().Number.ShouldBe("0912 345 678");
        (await house.AskAsync<string[]>("SELECT array_agg(purpose ORDER BY at) FROM pt.audit_event WHERE act = 'person.unmasked' AND account_id = $1 AND persons = ARRAY[$2::uuid]", Place.ClerkA.Value, person.Value)).ShouldBe(["đối chiếu giấy tờ", "gọi điện"]);

        var id = await house.AskAsync<Guid>("SELECT id FROM pt.person_document WHERE person_id = $1", person.Value);
        (await DropAsync(Place.ClerkB, house.Clock.NewGuid(), person, id)).Problem.Status.ShouldBe(404);
        var intent = house.Clock.NewGuid();
        (await DropAsync(Place.ClerkA, intent, person, id)).Done.ShouldBeTrue();
        (await SeeAsync(Place.ClerkA, person, UnmaskedField.Documents, "đối chiếu")).Value.Numbers.ShouldBeEmpty();
        (await UndropAsync(Place.HeadA, intent)).Problem.Status.ShouldBe(404, "who took it away puts it back");
        (await UndropAsync(Place.ClerkA, intent)).Value.ShouldBe(person);
        (await UndropAsync(Place.ClerkA, intent)).Problem.Status.ShouldBe(404, "once");
        (await SeeAsync(Place.ClerkA, person, UnmaskedField.Documents, "đối chiếu")).Value.Numbers.ShouldHaveSingleItem().Number.ShouldBe(number);
        (await EnterAsync(Place.ClerkA, New(new PersonFacts { Name = "Hồ Thị Kín" }, new DocumentFact(DocumentKind.CitizenCard, number) { AsOnPaper = true }))).Problem.Code.ShouldBe("person.same-number", "it is found by its number again");

        Task<Outcome<DropDocument.Dropped>> DropAsync(AccountId by, Guid with, PersonId of, Guid part) => house.RunAsync<DropDocument, DropDocument.Dropped>(by, use => use.RunAsync(with, of, part, Ct));
        Task<Outcome<PersonId>> UndropAsync(AccountId by, Guid with) => house.RunAsync<DropDocument, PersonId>(by, use => use.UndoAsync(house.Clock.NewGuid(), with, Ct));
    }

    [Fact]
    public async Task Beyond_ones_area_number_birth_and_purpose_together_find_a_person_and_less_finds_nothing()
    {
        var number = Given.Number();
        var person = (await EnterAsync(Place.ClerkA, New(new PersonFacts { Name = "Tô Văn Xa", Birth = Born, Sex = Sex.Male }, new DocumentFact(DocumentKind.CitizenCard, number)))).Value;
        (await LookUpAsync(Place.ClerkB, number, Born, " ")).Problem.Code.ShouldBe("person.purpose-needed");
        (await LookUpAsync(Place.ClerkB, number, BirthDate.Unknown, "tiếp nhận")).Problem.Code.ShouldBe("person.birth-form");
        foreach (var wrong in new[] { new BirthDate(new DateOnly(1985, 8, 6), BirthPrecision.Day), BirthDate.OfYear(1985), BirthDate.OfYear(1986) })
            (await LookUpAsync(Place.ClerkB, number, wrong, "tiếp nhận")).Problem.Status.ShouldBe(404, "the whole date is known, so the year alone is too little");
        (await LookUpAsync(Place.ClerkB, Given.Number(), Born, "tiếp nhận")).Problem.Status.ShouldBe(404);
        (await SeenAsync(Place.ClerkB, person)).ShouldBeNull();
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'asked.not-shown' AND account_id = $1 AND purpose = 'tiếp nhận' AND cardinality(persons) = 0", Place.ClerkB.Value)).ShouldBe(4, "asked in vain, and logged");

        (await LookUpAsync(Place.ClerkB, number, Born, "tiếp nhận từ huyện khác")).Value.ShouldBe(person);
        (await SeenAsync(Place.ClerkB, person)).ShouldNotBeNull();
        (await SeenAsync(Place.ClerkHospitalB, person)).ShouldBeNull("for the unit that asked");
        (await house.AskAsync<string>("SELECT purpose FROM pt.audit_event WHERE act = 'person.looked-up' AND $1 = ANY (persons)", person.Value)).ShouldBe("tiếp nhận từ huyện khác");
        (await LookUpAsync(Place.Leader, number, Born, "xem thử")).Problem.Status.ShouldBe(403, "it ties the person: for those who enter data");
    }

    [Theory]
    [InlineData("document")]
    [InlineData("phone")]
    [InlineData("address")]
    [InlineData("drop")]
    public async Task Two_changes_of_a_part_from_the_same_shown_version_clash(string part)
    {
        var facts = new PersonFacts { Name = "Mai Thị Chung", Birth = BirthDate.OfYear(1985) };
        var phone = new PhoneFact("0912 345 000", PhoneOwner.Own);
        var person = (await EnterAsync(Place.ClerkA, New(facts) with { Phones = [phone], Addresses = [new(AddressKind.Present, Place.KeysA1, null, "Xóm 1")], AnotherPerson = true })).Value;
        Task<Outcome<PersonId>> Edit(int version, string said) => house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), person, version, facts,
            part == "document" ? [new(DocumentKind.Other, "SO " + said)] : [], part == "phone" ? [new("0912 345 00" + said, PhoneOwner.Own)] : [], part is "address" or "drop" ? [new(AddressKind.Present, Place.KeysA1, null, "Xóm " + said + said)] : []), Ct));
        if (part == "drop")
        {
            var dropped = await house.AskAsync<Guid>("SELECT id FROM pt.person_phone WHERE person_id = $1", person.Value);
            (await house.RunAsync<DropDocument, DropDocument.Dropped>(Place.ClerkA, use => use.RunAsync(house.Clock.NewGuid(), person, dropped, Ct))).Done.ShouldBeTrue();
        }
        else (await Edit(1, "2")).Done.ShouldBeTrue();
        (await Edit(1, "3")).Problem.Code.ShouldBe("kernel.changed", "what somebody else wrote meanwhile is not overwritten unseen");
        (await Edit(2, "4")).Done.ShouldBeTrue();
        // What is there already is no change.
        (await Edit(3, "4")).Done.ShouldBeTrue();
        (await house.AskAsync<int>("SELECT version FROM pt.person WHERE id = $1", person.Value)).ShouldBe(3);
    }

    [Fact]
    public async Task Many_who_read_the_same_card_in_the_same_moment_make_one_person()
    {
        var card = new DocumentFact(DocumentKind.CitizenCard, Given.Number());
        var other = new DocumentFact(DocumentKind.HealthInsurance, "DN47901234567" + card.Number[^2..]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => EnterAsync(i % 2 == 0 ? Place.ClerkA : Place.ClerkB, New(new PersonFacts { Name = "Tạ Văn Gấp", Birth = Born, Sex = Sex.Male }) with { Documents = i % 2 == 0 ? [card, other] : [other, card] }))));
        outcomes.Count(outcome => outcome.Done).ShouldBe(1);
        outcomes.Where(outcome => !outcome.Done).ShouldAllBe(outcome => outcome.Problem.Code == "person.same-number" || outcome.Problem.Code == "person.same-number-elsewhere");
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person WHERE name = 'Tạ Văn Gấp'")).ShouldBe(1);
    }
}
