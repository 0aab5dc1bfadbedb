using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>What a search reads has a bound, whoever asks and however many bear the name elsewhere.</summary>
[Trait("Category", "Database")]
public sealed class FindPersonsBoundTests(TestHouse house) : IClassFixture<TestHouse>
{
    private const int Elsewhere = 20_000;

    [Fact]
    public async Task Two_common_words_asked_for_by_an_officer_of_hundreds_of_units_read_nothing_of_other_places()
    {
        var place = house.Place;
        var person = await house.PersonAsync(place.ClerkA, "Nguyễn Thị Lạ");
        var stranger = await house.PersonAsync(place.ClerkB, "Nguyễn Thị Xa");
        // As if thousands in other districts were called so: were they all in one, the planner would take every district for that one, and the whole table for as good as the index.
        foreach (var token in new[] { "nguyen", "thi", " nguyen thi xa" })
            await house.SqlAsync("INSERT INTO pt.person_token (token, province_id, district_id, commune_id, unit_id, person_id, words) SELECT $1, 1 + n % 60, 100 + n % 700, 1000 + n % 10000, n, $2, '' FROM generate_series(1000, $3) n", token, stranger.Value, 999 + Elsewhere);
        await house.HoldManyUnitsAsync(place.OfficerA);
        await house.SqlAsync("ANALYZE pt.person_token");

        var (found, read) = await house.AsAsync(place.OfficerA, Permission.SeePersons, async (provider, db) =>
        {
            var answer = (await provider.GetRequiredService<FindPersons>().RunAsync("nguyen thi", CancellationToken.None)).Value;
            return (answer, await db.Connection.ValueAsync<long>("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'person_token'", CancellationToken.None));
        });
        found.Rows.Single().Id.ShouldBe(person);
        read.ShouldBeLessThan(Elsewhere / 200, "rows of the names that were read");
    }
}
