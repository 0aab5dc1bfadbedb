using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>Who entered what: every act once, page after page, and everybody counted.</summary>
[Trait("Category", "Database")]
public sealed class EntriesOfUnitTests(TestHouse house) : IClassFixture<TestHouse>
{
    private TestProvince Place => house.Place;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<T> AskAsync<T>(Func<EntriesOfUnit, Task<T>> ask) => house.AsAsync(Place.OfficerA, Permission.SeeEntries, (provider, _) => ask(provider.GetRequiredService<EntriesOfUnit>()));

    /// <summary>As one save of a list or of a bus writes them: all with the same moment.</summary>
    private Task ActsAsync(UnitId unit, DateTimeOffset at, int people, int each) => house.SqlAsync("""
        INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id)
        SELECT gen_random_uuid(), $2, md5('account' || (n % $3))::uuid, $1, 'stay.admitted', 'stay', n::text FROM generate_series(1, $3 * $4) n
        """, unit.Value, at, people, each);

    [Fact]
    public async Task Acts_of_one_moment_are_on_one_page_or_the_next_and_none_is_lost_between()
    {
        var today = house.Clock.Today();
        await ActsAsync(Place.CampA, today.AtLocal().AddHours(9), 1, 260);
        await ActsAsync(Place.CampA, today.AtLocal().AddHours(8), 1, 5);
        await ActsAsync(Place.CampA, today.AddDays(1).AtLocal(), 1, 3);
        var (seen, behind, pages) = (new List<Guid>(), (string?)null, 0);
        do
        {
            var found = await AskAsync(use => use.ActsAsync([Place.CampA, Place.CentreA], today, today, null, behind, Ct));
            found.Acts.Count.ShouldBeLessThanOrEqualTo(EntriesOfUnit.Page);
            seen.AddRange(found.Acts.Select(act => act.Id));
            behind = found.More;
        }
        while (behind is not null && ++pages < 10);
        (seen.Count, seen.Distinct().Count()).ShouldBe((265, 265));
        (await AskAsync(use => use.ActsAsync([Place.CampA], today, today, null, $"{today.AddDays(9).AtLocal().UtcTicks}_{Guid.Empty}", Ct))).Acts.Count.ShouldBe(EntriesOfUnit.Page);
        (await AskAsync(use => use.ActsAsync([Place.CampA], today, today, null, "garbage", Ct))).Acts.Count.ShouldBe(EntriesOfUnit.Page);
    }

    [Fact]
    public async Task Where_more_people_work_than_are_shown_the_rest_are_counted_together()
    {
        var yesterday = house.Clock.Today().AddDays(-1);
        await ActsAsync(Place.HospitalA, yesterday.AtLocal().AddHours(10), EntriesOfUnit.MostPeople, 1);
        (await AskAsync(use => use.SumAsync([Place.HospitalA], yesterday, yesterday, Ct))).ShouldAllBe(row => row.Others == 0);
        await ActsAsync(Place.HospitalA, yesterday.AtLocal().AddHours(11), EntriesOfUnit.MostPeople + 7, 2);
        var sum = await AskAsync(use => use.SumAsync([Place.HospitalA], yesterday, yesterday, Ct));
        (sum.Count, sum.Sum(row => row.Entered)).ShouldBe((EntriesOfUnit.MostPeople + 1, EntriesOfUnit.MostPeople + (EntriesOfUnit.MostPeople + 7) * 2), "nobody's work is left out of the sum");
        (sum[^1].Others, sum[^1].Entered).ShouldBe((7, 14));
    }

    [Fact]
    public async Task Looks_are_nobodys_work()
    {
        var before = house.Clock.Today().AddDays(-5);
        foreach (var look in new[] { "person.seen", "person.listed", "person.searched", "person.looks-seen", "papers.seen", "import.rows-seen", "asked.not-shown", "account.signed-in" })
            await house.SqlAsync("INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id, persons, detail) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'person', 'x', '{}', '{}')", before.AtLocal().AddHours(9), Place.ClerkA.Value, Place.StationA1.Value, look);
        (await AskAsync(use => use.SumAsync([Place.StationA1], before, before, Ct))).ShouldBeEmpty();
        (await AskAsync(use => use.ActsAsync([Place.StationA1], before, before, null, null, Ct))).Acts.ShouldBeEmpty();
    }
}
