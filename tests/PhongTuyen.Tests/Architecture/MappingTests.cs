using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Architecture;

/// <summary>What the entities say of their tables is what the migrations made of them: nothing else compares the two.</summary>
[Trait("Category", "Database")]
public sealed class MappingTests(TestHouse house) : IClassFixture<TestHouse>
{
    private sealed record Column(string Table, string Name, bool Nullable);

    [Fact]
    public async Task Every_mapped_column_exists_and_may_be_empty_where_the_entity_says_so()
    {
        await house.AsAsync(house.Place.Operator, Permission.SeePersons, async (_, db) =>
        {
            var columns = await db.Connection.RowsAsync("SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'pt'", r => new Column(r.GetString(0), r.GetString(1), r.GetBoolean(2)), CancellationToken.None);
            var mapped = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property => new Column(entity.GetTableName()!, property.GetColumnName(), property.IsNullable))).ToList();
            mapped.Count.ShouldBeGreaterThan(200);
            Differing(mapped, columns).ShouldBeEmpty();
            Differing([new("person", "planted", false)], columns).Single().ShouldContain("is not there");
            Differing([new("person", "id", true)], columns).Single().ShouldContain("may not be empty");
            return 0;
        });
    }

    [Fact]
    public async Task What_the_database_needs_and_does_not_fill_in_itself_is_mapped()
    {
        await house.AsAsync(house.Place.Operator, Permission.SeePersons, async (_, db) =>
        {
            var needed = await db.Connection.RowsAsync("""
                SELECT table_name, column_name, false FROM information_schema.columns WHERE table_schema = 'pt' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'
                """, r => new Column(r.GetString(0), r.GetString(1), r.GetBoolean(2)), CancellationToken.None);
            var mapped = db.Model.GetEntityTypes().ToDictionary(entity => entity.GetTableName()!, entity => entity.GetProperties().Select(property => property.GetColumnName()).ToHashSet());
            // The sort key of a tie is written by a trigger, whoever makes the tie; a session is made in plain SQL, and its secret is never read.
            needed.Where(column => mapped.TryGetValue(column.Table, out var has) && !has.Contains(column.Name) && (column.Table, column.Name) is not (("person_scope", "name_key") or ("account_session", "token_hash"))).ShouldBeEmpty();
            return 0;
        });
    }

    private static IEnumerable<string> Differing(IEnumerable<Column> mapped, IReadOnlyList<Column> there)
    {
        foreach (var column in mapped)
        {
            var real = there.FirstOrDefault(one => one.Table == column.Table && one.Name == column.Name);
            if (real is null) yield return $"{column.Table}.{column.Name} is not there";
            else if (real.Nullable != column.Nullable) yield return $"{column.Table}.{column.Name} {(real.Nullable ? "may" : "may not")} be empty, the entity says otherwise";
        }
    }
}
