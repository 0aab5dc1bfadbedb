using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Pairs of records that may be one person, what is decided of them, and that a merge is undone whatever came after it.</summary>
[Trait("Category", "Database")]
public sealed class MergePersonsTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly BirthDate Born = new(new DateOnly(1985, 8, 5), BirthPrecision.Day);
    private static int count;

    private static string Name() => $"Trịnh Đình {(char)('A' + ++count / 26 % 26)}{(char)('a' + count % 26)}";

    private async Task<PersonId> EnterAsync(AccountId by, string name, bool another = true, BirthDate? birth = null, AreaKeys? lives = null) => (await TryAsync(by, name, another, birth, lives)).Value;

    private Task<Outcome<PersonId>> TryAsync(AccountId by, string name, bool another, BirthDate? birth = null, AreaKeys? lives = null) => house.RunAsync<EnterPerson, PersonId>(by, use => use.RunAsync(
        new(house.Clock.New<PersonId>(), new PersonFacts { Name = name, Birth = birth ?? Born, Sex = Sex.Male }, [], [], lives is { } area ? [new(AddressKind.Present, area, null, null)] : [], another), Ct));

    private Task<MatchesList.Found> ListAsync(AccountId by, MatchState state = MatchState.Open) => house.AsAsync(by, Permission.EnterData, (services, _) => ((MatchesList)services.GetService(typeof(MatchesList))!).FindAsync(state, null, null, Ct, 200));

    private async Task<MatchesList.Row?> PairAsync(AccountId by, PersonId one, PersonId other, MatchState state = MatchState.Open) =>
        (await ListAsync(by, state)).Rows.SingleOrDefault(row => (row.One.Id == one && row.Other.Id == other) || (row.One.Id == other && row.Other.Id == one));

    private Task<Outcome<PersonId>> MergeAsync(AccountId by, PersonId kept, PersonId joined, Guid? intent = null) => house.RunAsync<MergePersons, PersonId>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), kept, joined, "giấy tờ như nhau"), Ct));

    private Task<Outcome<PersonId>> SplitAsync(AccountId by, Guid merge, string? reason = "hai người khác nhau") => house.RunAsync<MergePersons, PersonId>(by, use => use.SplitAsync(new(house.Clock.NewGuid(), merge, reason), Ct));

    private Task<PersonView.Full?> SeenAsync(AccountId by, PersonId person) => house.AsAsync(by, Permission.SeePersons, (services, _) => ((PersonView)services.GetService(typeof(PersonView))!).OfAsync(person, Ct));

    private Task<Outcome<ResultId>> ResultAsync(AccountId by, PersonId person, TestOutcome outcome = TestOutcome.Positive) => house.RunAsync<RecordResult, ResultId>(by, use => use.RunAsync(
        new(house.Clock.New<ResultId>(), person, Diseases.Covid19, TestKind.Pcr, outcome, null, house.Clock.Today(), null), Ct));

    [Fact]
    [Answers("R4")]
    public async Task Whoever_is_entered_twice_is_offered_the_first_record_and_where_they_insist_the_pair_waits()
    {
        var name = Name();
        var first = await EnterAsync(Place.ClerkA, name);
        var refused = (await TryAsync(Place.ClerkA, name, another: false)).Problem;
        (refused.Code, refused.Status, PhongTuyen.People.Problems.Offered(refused)).ShouldBe(("person.looks-like", 409, first));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE name = $1", name)).ShouldBe(1, "a refusal leaves nothing");
        var second = await EnterAsync(Place.ClerkA, name);
        var pair = (await PairAsync(Place.ClerkA, first, second)).ShouldNotBeNull();
        pair.Reasons.ShouldContain("name-same");
        (await PairAsync(Place.ClerkB, first, second)).ShouldBeNull("another district sees neither");
    }

    [Fact]
    public async Task A_pair_of_two_districts_waits_where_both_are_seen_and_nowhere_else()
    {
        var name = Name();
        var (here, there) = (await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkB, name, another: false));
        (await PairAsync(Place.ClerkA, here, there)).ShouldBeNull();
        (await PairAsync(Place.ClerkB, here, there)).ShouldBeNull();
        (await PairAsync(Place.Operator, here, there)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_decided_to_be_two_persons_is_not_offered_again_until_it_is_taken_back()
    {
        var name = Name();
        var (one, other) = (await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkA, name));
        var pair = (await PairAsync(Place.ClerkA, one, other))!;
        (await house.RunAsync<DecideMatches, DecideMatches.Decided>(Place.ClerkB, use => use.RunAsync(new(house.Clock.NewGuid(), [pair.Id], true, null), Ct))).Problem.Status.ShouldBe(404);
        (await house.RunAsync<DecideMatches, DecideMatches.Decided>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), [pair.Id], true, "khác số nhà"), Ct))).Value.Ids.ShouldBe([pair.Id]);
        var person = (await SeenAsync(Place.ClerkA, one))!.Person;
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), one, person.Version, new PersonFacts { Name = name, Birth = Born, Sex = Sex.Male, Occupation = "thợ" }, [], [], []), Ct))).Done.ShouldBeTrue();
        (await PairAsync(Place.ClerkA, one, other)).ShouldBeNull();
        (await PairAsync(Place.ClerkA, one, other, MatchState.Different))!.Reason.ShouldBe("khác số nhà");
        (await house.RunAsync<DecideMatches, DecideMatches.Decided>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), [pair.Id], false, null), Ct))).Value.Ids.ShouldBe([pair.Id]);
        (await PairAsync(Place.ClerkA, one, other)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_correction_that_parts_two_records_takes_the_pair_out_of_the_queue()
    {
        var name = Name();
        var (one, other) = (await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkA, name));
        (await house.RunAsync<EditPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), other, 1, new PersonFacts { Name = "Lò Thị Khác Hẳn", Birth = BirthDate.OfYear(1950), Sex = Sex.Female }, [], [], []), Ct))).Done.ShouldBeTrue();
        (await PairAsync(Place.ClerkA, one, other)).ShouldBeNull();
    }

    [Fact]
    public async Task A_merge_shows_both_histories_to_whoever_sees_one_and_its_undoing_takes_that_back_after_new_events()
    {
        var name = Name();
        var (here, there) = (await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkB, name));
        await ResultAsync(Place.ClerkB, there);
        (await MergeAsync(Place.ClerkA, here, there)).Problem.Status.ShouldBe(404, "who sees one of them merges nothing");
        var merge = house.Clock.NewGuid();
        (await MergeAsync(Place.Operator, here, there, merge)).Value.ShouldBe(here);
        (await MergeAsync(Place.Operator, here, there)).Problem.Code.ShouldBe("person.one-already");
        (await SeenAsync(Place.ClerkA, here))!.Records.ShouldBe([here, there], ignoreOrder: true);
        (await SeenAsync(Place.ClerkA, there))!.Person.SameAs.ShouldBe(here);
        (await SeenAsync(Place.ClerkB, here)).ShouldNotBeNull("the other district sees the person whole");

        await house.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 0);
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, here);
        (await ResultAsync(Place.ClerkA, here)).Done.ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.case_record WHERE person_id = ANY ($1)", (object)new[] { here.Value, there.Value })).ShouldBe(1, "a second positive of one person opens no second case");
        (await SplitAsync(Place.Operator, merge, " ")).Problem.Code.ShouldBe("person.reason-of-split");
        (await SplitAsync(Place.Operator, merge)).Value.ShouldBe(here);
        (await SplitAsync(Place.Operator, merge)).Problem.Code.ShouldBe("person.split-already");
        (await SeenAsync(Place.ClerkA, there)).ShouldBeNull();
        (await SeenAsync(Place.ClerkB, here)).ShouldBeNull();
        (await house.ValueAsync<Guid>("SELECT person_id FROM pt.quarantine_stay WHERE id = $1", stay.Value)).ShouldBe(here.Value, "what was written since stays with its record");
        (await house.CountAsync("SELECT count(*) FROM pt.person_scope WHERE because = 10 AND person_id = ANY ($1)", (object)new[] { here.Value, there.Value })).ShouldBe(0);
        (await PairAsync(Place.Operator, here, there, MatchState.Different)).ShouldNotBeNull("and is not offered again");
    }

    [Fact]
    public async Task Who_is_somewhere_under_another_record_is_not_admitted_a_second_time()
    {
        var name = Name();
        var (one, other) = (await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkA, name));
        await house.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 0);
        await house.StayAsync(Place.ClerkA, Place.CampA, one);
        (await MergeAsync(Place.ClerkA, other, one)).Done.ShouldBeTrue();
        var again = await house.RunAsync<PhongTuyen.Quarantine.AdmitPerson, StayId>(Place.ClerkA, use => use.RunAsync(house.Admission(other, Place.CampA, StayClass.Observation), Ct));
        again.Problem.Code.ShouldBe("stay.already-here");
    }

    [Fact]
    public async Task Three_records_become_one_person_and_each_merge_is_undone_by_itself()
    {
        var name = Name();
        PersonId[] three = [await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkA, name)];
        var (first, second) = (house.Clock.NewGuid(), house.Clock.NewGuid());
        (await MergeAsync(Place.ClerkA, three[0], three[1], first)).Value.ShouldBe(three[0]);
        (await MergeAsync(Place.ClerkA, three[2], three[1], second)).Value.ShouldBe(three[2], "the record that was merged speaks for its person");
        (await SeenAsync(Place.ClerkA, three[2]))!.Records.Count.ShouldBe(3);
        (await ListAsync(Place.ClerkA)).Rows.ShouldNotContain(row => three.Contains(row.One.Id) && three.Contains(row.Other.Id));
        (await SplitAsync(Place.ClerkA, first)).Done.ShouldBeTrue();
        (await SeenAsync(Place.ClerkA, three[0]))!.Records.ShouldBe([three[0]]);
        (await SeenAsync(Place.ClerkA, three[1]))!.Records.ShouldBe([three[1], three[2]], ignoreOrder: true, "what was found alike stays together");
        (await SplitAsync(Place.ClerkA, second)).Done.ShouldBeTrue();
        foreach (var record in three) (await SeenAsync(Place.ClerkA, record))!.Records.ShouldBe([record]);
    }

    [Fact]
    public async Task A_sealed_record_is_not_merged_and_a_merged_one_not_sealed()
    {
        var name = Name();
        var (one, other) = (await EnterAsync(Place.ClerkA, name), await EnterAsync(Place.ClerkA, name));
        (await MergeAsync(Place.ClerkA, one, other)).Done.ShouldBeTrue();
        (await house.RunAsync<SealPerson, Guid>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), one, "người được bảo vệ", []), Ct), Permission.SealPersons)).Problem.Code.ShouldBe("person.merged-not-sealed");
    }
}
