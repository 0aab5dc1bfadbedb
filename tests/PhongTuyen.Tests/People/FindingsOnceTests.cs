using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using PhongTuyen.Tests.Quarantine;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>The same thing to mend is open once, however many find it.</summary>
[Trait("Category", "Database")]
public sealed class FindingsOnceTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<bool> FindAsync(PersonId person, Guid subject, Func<Task> meanwhile) => house.AsAsync(Place.ClerkA, Permission.EnterData, async (_, db) =>
    {
        await db.FindAsync(person, "case.death-undated", "case", subject, Place.CampA, Place.KeysA1, Ct);
        await meanwhile();
        return true;
    });

    private Task<long> OpenAsync(Guid subject) => house.AskAsync<long>("SELECT count(*) FROM pt.person_finding WHERE subject_id = $1 AND state = 0", subject);

    [Fact]
    public async Task Two_who_find_the_same_at_once_make_one_finding()
    {
        var (person, subject) = (await house.PersonAsync(Place.ClerkA), Guid.CreateVersion7());
        Task<bool>? other = null;
        await FindAsync(person, subject, async () =>
        {
            other = Task.Run(() => FindAsync(person, subject, () => Task.CompletedTask), Ct);
            await Task.WhenAny(other, Task.Delay(500, Ct));
        });
        await other!;
        (await OpenAsync(subject)).ShouldBe(1);
        await FindAsync(person, subject, () => Task.CompletedTask);
        (await OpenAsync(subject)).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_closed_and_found_anew_is_not_opened_a_second_time()
    {
        var (person, subject) = (await house.PersonAsync(Place.ClerkA), Guid.CreateVersion7());
        await FindAsync(person, subject, () => Task.CompletedTask);
        var first = await house.AskAsync<Guid>("SELECT id FROM pt.person_finding WHERE subject_id = $1", subject);
        Task<Outcome<CloseFindings.Closed>> SetAsync(FindingState state) => house.RunAsync<CloseFindings, CloseFindings.Closed>(Place.ClerkA, use => use.RunAsync(new(house.Clock.NewGuid(), [first], state, "đã bổ sung"), Ct));
        (await SetAsync(FindingState.Mended)).Value.Ids.ShouldBe([first]);
        await FindAsync(person, subject, () => Task.CompletedTask);
        (await SetAsync(FindingState.Open)).Value.Ids.ShouldBeEmpty("the newer one says it already");
        (await OpenAsync(subject)).ShouldBe(1);
    }

    [Fact]
    public async Task An_installation_with_double_findings_keeps_the_first_of_each_and_all_of_lists()
    {
        var (person, subject, list, now) = (await house.PersonAsync(Place.ClerkA), Guid.CreateVersion7(), Guid.CreateVersion7(), house.Clock.Today().AtLocal());
        await house.SqlAsync("DROP INDEX pt.person_finding_once");
        foreach (var (kind, of, state, minute) in new[] { ("case", subject, 0, 2), ("case", subject, 0, 1), ("case", subject, 0, 1), ("case", subject, 1, 0), ("import", list, 0, 1), ("import", list, 0, 1) })
            await house.SqlAsync("INSERT INTO pt.person_finding (person_id, id, kind, subject_kind, subject_id, found_at, state) VALUES ($1, gen_random_uuid(), 'case.death-undated', $2, $3, $4, $5)", person.Value, kind, of, now.AddMinutes(minute), (short)state);
        using var step = new StreamReader(typeof(Platform).Assembly.GetManifestResourceStream(typeof(Platform).Assembly.GetManifestResourceNames().Single(name => name.EndsWith("0034_found_once.sql", StringComparison.Ordinal)))!);
        await house.SqlAsync(await step.ReadToEndAsync(Ct));
        (await OpenAsync(subject), await OpenAsync(list)).ShouldBe((1, 2));
        (await house.AskAsync<long>("SELECT count(*) FROM pt.person_finding WHERE subject_id = $1", subject)).ShouldBe(2, "what was closed stays as it is");
        (await house.AskAsync<DateTime>("SELECT found_at FROM pt.person_finding WHERE subject_id = $1 AND state = 0", subject)).ShouldBe(now.AddMinutes(1).UtcDateTime);
    }
}
