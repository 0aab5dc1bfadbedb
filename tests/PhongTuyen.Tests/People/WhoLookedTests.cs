using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>Who looked at a person: every sight once, in order, page after page; and nobody reads of what is not theirs to know.</summary>
[Answers("R7")]
[Trait("Category", "Database")]
public sealed class WhoLookedTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestProvince Place => house.Place;

    private Task TellAsync<TEvent>(AccountId by, TEvent told, string? purpose = null) where TEvent : IEvent => house.AsAsync(by, Permission.SeePersons, async (_, db) =>
    {
        db.Tell(told, purpose);
        return await db.SaveChangesAsync(Ct);
    });

    private Task<IReadOnlyList<WhoLooked.Look>> AskAsync(AccountId by, PersonId person, LookKind kind = LookKind.All, DateOnly? day = null, (DateTimeOffset, Guid)? behind = null) =>
        house.AsAsync(by, Permission.SeeEntries, async (_, db) =>
        {
            var questions = new Questions(db.Connection);
            var looks = questions.AskWhoLooked(person, kind, day, behind);
            await questions.AnswerAsync(Ct);
            return looks;
        });

    [Fact]
    public async Task Openings_numbers_lists_searches_and_files_are_told_by_kind_and_by_day_with_their_purpose()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        await TellAsync(Place.ClerkA, new PersonSeen(person));
        await TellAsync(Place.ClerkA, new PersonUnmasked(person, UnmaskedField.Phones), "gọi báo kết quả");
        await TellAsync(Place.ClerkA, new PersonsListed([person, await house.PersonAsync(Place.ClerkA)], "stays"));
        var second = house.Clock.Today().AddDays(1);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await TellAsync(Place.OfficerA, new ListTaken([person], "cases", 1), "báo cáo tuần");
        await TellAsync(Place.OfficerA, new PersonsSearched([person], false));
        var all = await AskAsync(Place.HeadA, person);
        all.Select(look => look.Act).ShouldBe(["person.searched", "list.taken", "person.listed", "person.unmasked", "person.seen"]);
        all.Select(look => look.Purpose).ShouldBe([null, "báo cáo tuần", null, "gọi báo kết quả", null]);
        (all[1].List, all[2].List, all[3].Field).ShouldBe(("cases", "stays", UnmaskedField.Phones));
        all.ShouldAllBe(look => look.Name.Length > 1 && look.Unit.Length > 1);
        (await AskAsync(Place.HeadA, person, LookKind.Opened)).Select(look => look.Act).ShouldBe(["person.unmasked", "person.seen"]);
        (await AskAsync(Place.HeadA, person, LookKind.Listed)).Count.ShouldBe(3);
        (await AskAsync(Place.HeadA, person, day: second)).Select(look => look.Act).ShouldBe(["person.searched", "list.taken"]);
        (await AskAsync(Place.HeadA, person, LookKind.Opened, second)).ShouldBeEmpty();
        (await AskAsync(Place.HeadA, person, day: second.AddDays(1))).ShouldBeEmpty();
        (await AskAsync(Place.OfficerB, person)).ShouldBeEmpty("the person is not theirs");
    }

    [Fact]
    public async Task Page_after_page_shows_each_look_once_also_where_many_fell_into_one_moment()
    {
        var person = await house.PersonAsync(Place.ClerkA);
        for (var i = 0; i < 40; i++) await TellAsync(Place.ClerkA, new PersonSeen(person));
        for (var i = 0; i < 40; i++) await TellAsync(Place.ClerkA, new PersonsListed([person], "day"));
        await house.AskAsync<object>("UPDATE pt.audit_event SET at = '2021-08-20 03:00+00' WHERE $1 = ANY (persons) RETURNING NULL", person.Value); // as the owner of the database
        var (seen, place) = (new List<Guid>(), default((DateTimeOffset, Guid)?));
        for (var more = true; more;)
        {
            var page = await AskAsync(Place.HeadA, person, behind: place);
            more = page.Count > WhoLooked.Page;
            seen.AddRange(page.Take(WhoLooked.Page).Select(look => look.Id));
            place = page.Take(WhoLooked.Page).Last() is var last ? (last.At, last.Id) : null;
        }
        seen.Count.ShouldBe(80);
        seen.Distinct().Count().ShouldBe(80);
        (await AskAsync(Place.HeadA, person, LookKind.Listed)).Count.ShouldBe(40);
    }

    [Fact]
    public async Task Whose_ties_have_ended_reads_of_their_own_unit_only()
    {
        var person = await house.PersonAsync(Place.ClerkHospitalA);
        var stay = await house.StayAsync(Place.ClerkHospitalA, Place.HospitalA, person, PhongTuyen.Quarantine.Contract.StayClass.Treatment);
        var there = (await house.ReceiveAsync(Place.ClerkA, (await house.SendAsync(Place.ClerkHospitalA, stay, Place.CampA, of: PhongTuyen.Quarantine.Contract.StayClass.Observation)).Value)).Value;
        await TellAsync(Place.ClerkA, new PersonSeen(person));
        (await house.ReceiveAsync(Place.ClerkHospitalA, (await house.SendAsync(Place.ClerkA, there, Place.HospitalA)).Value)).Done.ShouldBeTrue();
        await TellAsync(Place.ClerkHospitalA, new PersonSeen(person));
        await TellAsync(Place.ClerkHospitalA, new PersonsListed([person], "day"));
        var camp = await AskAsync(Place.HeadA, person);
        camp.ShouldNotBeEmpty("what was done here stays theirs to know");
        camp.Select(look => look.Unit).Distinct().Count().ShouldBe(1);
        (await AskAsync(Place.OfficerA, person)).Select(look => look.Unit).Distinct().Count().ShouldBe(2, "the district has both");
    }
}
