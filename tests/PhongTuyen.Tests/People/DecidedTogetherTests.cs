using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Findings that were closed together and pairs that were decided together are open again at one press, while nobody has decided one of them anew.</summary>
[Trait("Category", "Database")]
public sealed class DecidedTogetherTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(Guid Id, PersonId Person, Guid Subject)> FindingAsync()
    {
        var (person, subject) = (await house.PersonAsync(Place.ClerkA), house.Clock.NewGuid());
        await FindAsync(person, subject);
        return (await house.AskAsync<Guid>("SELECT id FROM pt.person_finding WHERE subject_id = $1", subject), person, subject);
    }

    private Task<bool> FindAsync(PersonId person, Guid subject) => house.AsAsync(Place.ClerkA, Permission.EnterData, async (_, db) =>
    {
        await db.FindAsync(person, "case.death-undated", "case", subject, Place.CampA, Place.KeysA1, Ct);
        return true;
    });

    private async Task<Guid> CloseAsync(AccountId by, FindingState state, params Guid[] ids)
    {
        var intent = house.Clock.NewGuid();
        (await house.RunAsync<CloseFindings, CloseFindings.Closed>(by, use => use.RunAsync(new(intent, ids, state, "đã bổ sung"), Ct))).Value.Ids.ShouldBe(ids, ignoreOrder: true);
        return intent;
    }

    private Task<Outcome<TakenBack>> OpenAsync(AccountId by, Guid of) => house.RunAsync<CloseFindings, TakenBack>(by, use => use.UndoAsync(house.Clock.NewGuid(), of, "bấm nhầm", Ct));

    private Task<short> StateAsync(Guid finding) => house.ValueAsync<short>("SELECT state FROM pt.person_finding WHERE id = $1", finding);

    [Fact]
    [Answers("R4", "R14")]
    public async Task Findings_closed_together_are_open_again_unless_one_was_decided_or_found_anew()
    {
        var (one, two, three) = (await FindingAsync(), await FindingAsync(), await FindingAsync());
        var first = await CloseAsync(Place.ClerkA, FindingState.Mended, one.Id, two.Id, three.Id);
        (await OpenAsync(Place.ClerkB, first)).Problem.Status.ShouldBe(404);
        (await OpenAsync(Place.ClerkA, first)).Value.Count.ShouldBe(3);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'finding.closed' AND purpose = 'bấm nhầm' AND persons @> ARRAY[$1]", one.Person.Value)).ShouldBe(1);

        var second = await CloseAsync(Place.ClerkA, FindingState.Mended, one.Id, two.Id, three.Id);
        (await OpenAsync(Place.ClerkA, first)).Problems.Count(problem => problem.Code == "kernel.changed-since").ShouldBe(3, "a note that stands in another window takes back no later act");
        (await house.RunAsync<CloseFindings, CloseFindings.Closed>(Place.OfficerA, use => use.RunAsync(new(house.Clock.NewGuid(), [two.Id], FindingState.Accepted, "giữ nguyên"), Ct))).Done.ShouldBeTrue();
        await FindAsync(three.Person, three.Subject);
        var refused = (await OpenAsync(Place.ClerkA, second)).Problems;
        refused[0].Details["n"].ShouldBe("2");
        refused.Skip(1).Select(problem => (problem.Code, problem.Field)).ShouldBe([("kernel.changed-since", two.Id.ToString()), ("person.found-anew", three.Id.ToString())], ignoreOrder: true);
        (await StateAsync(one.Id), await StateAsync(two.Id), await StateAsync(three.Id)).ShouldBe(((short)FindingState.Mended, (short)FindingState.Accepted, (short)FindingState.Mended), "all or none");
    }

    private async Task<(PersonId One, PersonId Other, Guid Id)> TwinsAsync(string name)
    {
        async Task<PersonId> EnterAsync() => (await house.RunAsync<EnterPerson, PersonId>(Place.ClerkA, use => use.RunAsync(
            new(house.Clock.New<PersonId>(), new PersonFacts { Name = name, Birth = new BirthDate(new DateOnly(1985, 8, 5), BirthPrecision.Day), Sex = Sex.Male }, [], [], [], true), Ct))).Value;
        var (one, other) = (await EnterAsync(), await EnterAsync());
        return (one, other, await house.ValueAsync<Guid>("SELECT id FROM pt.person_match WHERE person_id = ANY ($1) AND other_id = ANY ($1)", (object)new[] { one.Value, other.Value }));
    }

    [Fact]
    [Answers("R4", "R14")]
    public async Task Pairs_decided_together_wait_again_unless_one_was_decided_anew()
    {
        var (one, two) = (await TwinsAsync("Khúc Thừa An"), await TwinsAsync("Khúc Thừa Bình"));
        async Task<Guid> DecideAsync()
        {
            var intent = house.Clock.NewGuid();
            (await house.RunAsync<DecideMatches, DecideMatches.Decided>(Place.ClerkA, use => use.RunAsync(new(intent, [one.Id, two.Id], true, "khác số nhà"), Ct))).Value.Ids.Count.ShouldBe(2);
            return intent;
        }
        Task<Outcome<TakenBack>> BackAsync(AccountId by, Guid of) => house.RunAsync<DecideMatches, TakenBack>(by, use => use.UndoAsync(house.Clock.NewGuid(), of, "bấm nhầm", Ct));
        var first = await DecideAsync();
        (await BackAsync(Place.OfficerA, first)).Problem.Status.ShouldBe(404, "by who did it");
        (await BackAsync(Place.ClerkA, first)).Value.Count.ShouldBe(2);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'match.decided' AND purpose = 'bấm nhầm' AND persons @> ARRAY[$1]", one.One.Value)).ShouldBe(1);

        var second = await DecideAsync();
        (await house.RunAsync<MergePersons, PersonId>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), two.One, two.Other, "giấy tờ như nhau"), Ct))).Done.ShouldBeTrue();
        (await BackAsync(Place.ClerkA, second)).Problems.Select(problem => (problem.Code, problem.Field)).ShouldBe([("kernel.depends-on", null), ("kernel.changed-since", two.Id.ToString())]);
        (await house.ValueAsync<short>("SELECT state FROM pt.person_match WHERE id = $1", one.Id)).ShouldBe((short)MatchState.Different, "all or none");
    }
}
