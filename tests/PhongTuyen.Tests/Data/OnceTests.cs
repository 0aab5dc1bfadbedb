using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

/// <summary>What a client sends again meets the first answer.</summary>
[Trait("Category", "Database")]
public sealed class OnceTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;

    private Task<long> CountAsync(string what, Guid id) => house.AskAsync<long>($"SELECT count(*) FROM {what} = $1", id);

    [Fact]
    public async Task The_same_form_sent_20_times_at_once_is_done_once_and_answered_alike()
    {
        var input = house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA) with { AnyBed = true };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => house.AdmitAsync(Place.ClerkA, input))));
        answers.ShouldAllBe(answer => answer.Done && answer.Value == input.Id);
        (await CountAsync("pt.quarantine_stay WHERE id", input.Id.Value)).ShouldBe(1);
        (await CountAsync("pt.quarantine_bed_use WHERE stay_id", input.Id.Value)).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.audit_event WHERE act = 'stay.admitted' AND subject_id = $1", input.Id.ToString())).ShouldBe(1);
        house.Clock.Advance(TimeSpan.FromDays(3));
        (await house.AdmitAsync(Place.ClerkA, input)).Value.ShouldBe(input.Id, "days later too");
    }

    [Fact]
    public async Task Another_content_under_the_same_id_is_refused_and_the_first_stands()
    {
        var input = house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA);
        (await house.AdmitAsync(Place.ClerkA, input)).Done.ShouldBeTrue();
        var problem = (await house.AdmitAsync(Place.ClerkA, input with { Reason = PhongTuyen.Quarantine.Contract.StayReason.Entrant })).Problem;
        (problem.Code, problem.Status).ShouldBe(("kernel.sent-differently", 422));
        (await house.LookAsync(Place.ClerkA, input.Id))!.Reason.ShouldBe(input.Reason);
        (await house.RunAsync<EnterPerson, PersonId>(Place.ClerkA, use => use.RunAsync(new(new PersonId(input.Id.Value), new PersonFacts { Name = "Trần Văn Bốn" }, [], [], [], false), CancellationToken.None)))
            .Problem.Code.ShouldBe("kernel.sent-differently", "nor for another kind of act");
    }

    [Fact]
    public async Task An_id_that_somebody_else_used_tells_nothing_and_does_nothing()
    {
        var input = house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA);
        (await house.AdmitAsync(Place.ClerkA, input)).Done.ShouldBeTrue();
        var other = house.Admission(await house.PersonAsync(Place.ClerkB), Place.CampB) with { Id = input.Id };
        (await house.AdmitAsync(Place.ClerkB, other)).Problem.Code.ShouldBe("kernel.sent-differently");
        (await CountAsync("pt.quarantine_stay WHERE person_id", other.Person.Value)).ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_within_a_write_that_is_refused_later_leaves_nothing_of_either()
    {
        var (one, two) = (await house.StayAsync(Place.ClerkA, Place.CampA), await house.StayAsync(Place.ClerkA, Place.CampA));
        await house.AsAsync(Place.ClerkA, PhongTuyen.Accounts.Permission.EnterData, async (services, db) =>
        {
            var end = (EndStay)services.GetService(typeof(EndStay))!;
            Task<Outcome<StayId>> EndAsync(StayId stay, PhongTuyen.Quarantine.Contract.StayEnd how) => end.RunAsync(new(house.Clock.NewGuid(), stay, how, house.Clock.GetUtcNow(), null), CancellationToken.None);
            var outer = await db.WholeAsync<Nothing>(async () =>
            {
                (await EndAsync(one, PhongTuyen.Quarantine.Contract.StayEnd.Left)).Done.ShouldBeTrue();
                (await EndAsync(two, PhongTuyen.Quarantine.Contract.StayEnd.Transferred)).Done.ShouldBeFalse();
                return Refusals.Changed();
            }, CancellationToken.None);
            outer.Done.ShouldBeFalse();
            return 0;
        });
        (await house.LookAsync(Place.ClerkA, one))!.State.ShouldBe(PhongTuyen.Quarantine.Contract.StayState.InHouse);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_so_the_mended_form_may_use_its_id()
    {
        var input = house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA);
        (await house.AdmitAsync(Place.ClerkA, input with { ArrivedAt = null })).Problem.Field.ShouldBe("arrivedAt");
        (await house.AdmitAsync(Place.ClerkA, input)).Done.ShouldBeTrue();
        (await house.AdmitAsync(Place.ClerkA, input with { Id = default })).Problem.Code.ShouldBe("kernel.client-id-missing");
    }

    [Fact]
    public async Task Many_who_change_one_record_at_once_change_it_once_and_the_others_are_told()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
        var shown = (await house.LookAsync(Place.ClerkA, stay))!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => house.RunAsync<CorrectStay, StayId>(Place.ClerkA, use => use.RunAsync(
            new(house.Clock.NewGuid(), stay, shown.Version, shown.Class, shown.Tier, shown.Severity, shown.ArrivedAt, shown.Reason, $"lần {i}", shown.Protection, shown.OriginOn, "covid-19", null), CancellationToken.None)))));
        answers.Count(answer => answer.Done).ShouldBe(1);
        answers.Where(answer => !answer.Done).ShouldAllBe(answer => answer.Problem.Code == "kernel.changed");
        (await house.LookAsync(Place.ClerkA, stay))!.Version.ShouldBe(shown.Version + 1);
    }
}
