using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

[Trait("Category", "Database")]
public sealed class MoveHouseholdTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private TestProvince Place => house.Place;

    private async Task<PersonId> PersonAsync(PersonId? with = null, bool head = false) => (await house.RunAsync<EnterPerson, PersonId>(Place.ClerkA,
        use => use.RunAsync(new(house.Clock.New<PersonId>(), new PersonFacts { Name = "Đinh Văn Hộ", HouseholdHead = head }, [], [], [], false) { HouseholdOf = with }, Ct))).Value;

    private Task<Outcome<MoveHousehold.Moved>> MoveAsync(AccountId by, PersonId person, PersonId? with, bool everybody = false, Guid? intent = null) =>
        house.RunAsync<MoveHousehold, MoveHousehold.Moved>(by, use => use.RunAsync(new(intent ?? house.Clock.NewGuid(), person, with, everybody), Ct));

    private Task<Outcome<MoveHousehold.Moved>> UndoAsync(AccountId by, Guid of) => house.RunAsync<MoveHousehold, MoveHousehold.Moved>(by, use => use.UndoAsync(house.Clock.NewGuid(), of, Ct));

    private async Task<int> TogetherAsync(PersonId person) => (await house.AsAsync(Place.ClerkA, Permission.SeePersons, (provider, _) => ((PersonView)provider.GetService(typeof(PersonView))!).OfAsync(person, Ct)))!.Household.Count + 1;

    private Task<long> HeadsAsync(PersonId person) => house.CountAsync("SELECT count(*) FROM pt.person p WHERE household_head AND household_id = (SELECT household_id FROM pt.person WHERE id = $1)", person.Value);

    [Fact]
    public async Task Two_households_become_one_with_one_head_and_two_again()
    {
        var first = await PersonAsync(head: true);
        await PersonAsync(first);
        var second = await PersonAsync(head: true);
        await PersonAsync(second);
        await PersonAsync(second);
        var intent = house.Clock.NewGuid();
        (await MoveAsync(Place.ClerkA, second, first, everybody: true, intent)).Value.Count.ShouldBe(3);
        (await TogetherAsync(first)).ShouldBe(5);
        (await HeadsAsync(first)).ShouldBe(1, "the household that they come to keeps its head");
        (await house.CountAsync("SELECT cardinality(persons) FROM pt.audit_event WHERE act = 'person.household-changed' AND subject_id = $1", second.ToString())).ShouldBe(3);

        (await UndoAsync(Place.HeadA, intent)).Problem.Status.ShouldBe(404, "by who did it");
        (await UndoAsync(Place.ClerkA, intent)).Done.ShouldBeTrue();
        (await TogetherAsync(first), await TogetherAsync(second)).ShouldBe((2, 3));
        (await HeadsAsync(second)).ShouldBe(1);
        (await UndoAsync(Place.ClerkA, intent)).Problem.Code.ShouldBe("person.household-changed", "once");
    }

    [Fact]
    public async Task One_person_moves_or_leaves_and_comes_back()
    {
        var (first, alone) = (await PersonAsync(), await PersonAsync());
        var child = await PersonAsync(first);
        var intent = house.Clock.NewGuid();
        (await MoveAsync(Place.ClerkA, child, alone, intent: intent)).Value.Count.ShouldBe(1);
        (await TogetherAsync(alone), await TogetherAsync(first)).ShouldBe((2, 1));
        (await MoveAsync(Place.ClerkA, child, alone)).Problem.Code.ShouldBe("person.same-household");
        (await UndoAsync(Place.ClerkA, intent)).Done.ShouldBeTrue();
        (await TogetherAsync(alone), await TogetherAsync(first)).ShouldBe((1, 2));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE id = $1 AND household_id IS NULL", alone.Value)).ShouldBe(1, "who had no household has none again");

        (await MoveAsync(Place.ClerkA, child, null)).Done.ShouldBeTrue();
        (await TogetherAsync(first)).ShouldBe(1);
        (await MoveAsync(Place.ClerkA, child, null)).Problem.Code.ShouldBe("person.no-household");
    }

    [Fact]
    public async Task A_household_never_has_two_heads_and_nobody_becomes_its_head_by_moving_alone()
    {
        var head = await PersonAsync(head: true);
        var child = await PersonAsync(head);
        var other = await PersonAsync();
        await PersonAsync(other);
        var intent = house.Clock.NewGuid();
        (await MoveAsync(Place.ClerkA, head, other, intent: intent)).Done.ShouldBeTrue();
        (await HeadsAsync(other)).ShouldBe(0, "who moves alone comes as a member");
        await house.SqlAsync("UPDATE pt.person SET household_head = true WHERE id = $1", child.Value);
        (await UndoAsync(Place.ClerkA, intent)).Done.ShouldBeTrue();
        (await TogetherAsync(child), await HeadsAsync(child)).ShouldBe((2, 1L));
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE id = $1 AND household_head", child.Value)).ShouldBe(1, "who became the head meanwhile stays it");

        await house.SqlAsync("UPDATE pt.person SET household_head = id = $1 WHERE id IN ($1, $2)", head.Value, child.Value);
        var again = house.Clock.NewGuid();
        (await MoveAsync(Place.ClerkA, head, other, intent: again)).Done.ShouldBeTrue();
        (await UndoAsync(Place.ClerkA, again)).Done.ShouldBeTrue();
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE id = $1 AND household_head", head.Value)).ShouldBe(1, "and where nobody did, the head is the head again");

        var single = await PersonAsync(head: true);
        (await MoveAsync(Place.ClerkA, head, single, everybody: true)).Done.ShouldBeTrue();
        (await HeadsAsync(single)).ShouldBe(1, "a head that lived alone and one that comes are not both");
    }

    [Fact]
    public async Task Nothing_is_taken_back_over_somebody_elses_change_and_nobody_of_another_area_is_moved()
    {
        var (first, second, third) = (await PersonAsync(), await PersonAsync(), await PersonAsync());
        var intent = house.Clock.NewGuid();
        (await MoveAsync(Place.ClerkA, first, second, intent: intent)).Done.ShouldBeTrue();
        (await MoveAsync(Place.HeadA, first, third)).Done.ShouldBeTrue();
        (await UndoAsync(Place.ClerkA, intent)).Problem.Code.ShouldBe("person.household-changed");
        (await TogetherAsync(third)).ShouldBe(2);
        (await MoveAsync(Place.ClerkB, first, second)).Problem.Status.ShouldBe(404);
        (await MoveAsync(Place.ClerkB, await house.PersonAsync(Place.ClerkB), second)).Problem.Status.ShouldBe(404);
    }
}
