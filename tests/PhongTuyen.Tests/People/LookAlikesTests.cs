using System.Globalization;
using System.Text;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Imports;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.People;

/// <summary>
/// Who is found as a duplicate and who is not, on two lists whose truth is known, brought in as anybody brings in a list. As long as PHONGTUYEN_LOOKALIKES says («100000,46000»), else 2,000 and 1,150.
/// </summary>
[Trait("Category", "Database")]
public sealed class LookAlikesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Answers("R4")]
    public async Task Nobody_is_taken_for_somebody_else_and_nearly_everybody_who_is_entered_again_waits_to_be_decided()
    {
        var sizes = (Environment.GetEnvironmentVariable("PHONGTUYEN_LOOKALIKES") ?? "2000,1150").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        var lists = new LookAlikes(ReferenceData.Path("vn-names"), sizes[0], sizes[1]);
        // As many files as the bound of rows asks for.
        foreach (var part in lists.First.Chunk(40_000)) (await ImportAsync(part) is var first && first.Accepted + first.Duplicate + first.Rejected == part.Length).ShouldBeTrue();
        var second = await ImportAsync(lists.Second);
        (second.Accepted + second.Duplicate + second.Rejected).ShouldBe(lists.Second.Count);

        var rows = (await house.RowsAsync(house.Place.Operator, second.Id)).ToDictionary(row => row.Number - 2);
        var labels = (await ReadAsync("SELECT id::text || ' ' || substr(occupation, 6) FROM pt.person WHERE occupation LIKE 'Nhãn %'")).Select(line => line.Split(' ')).ToDictionary(parts => Guid.Parse(parts[0]), parts => parts[1]);
        var pairs = (await ReadAsync("SELECT m.person_id || ' ' || m.other_id FROM pt.person_match m WHERE m.state = 0")).Select(line => line.Split(' ').Select(id => labels[Guid.Parse(id)]).ToArray()).ToList();
        var waiting = pairs.Where(pair => pair[0] == pair[1]).Select(pair => pair[0]).ToHashSet();
        var (wrong, found, told) = (0, new SortedDictionary<string, (int Found, int Planted)>(StringComparer.Ordinal), new StringBuilder());
        for (var i = 0; i < lists.Second.Count; i++)
        {
            var (row, stored) = (lists.Second[i], rows[i]);
            var taken = stored.Person is { } person ? labels.GetValueOrDefault(person.Value) : null;
            if (stored.Verdict != RowVerdict.Rejected && taken is not null && taken != row.Label && wrong++ < 5) told.AppendLine(CultureInfo.InvariantCulture, $"  wrong: {row.Line}: {stored.Verdict} {stored.Problems}");
            var planted = found.GetValueOrDefault(row.Kind);
            // Taken for the right person by a number, waiting as a pair, or said to be one when the row is looked at.
            var right = LookAlikes.Same.Contains(row.Kind) ? waiting.Contains(row.Label) || (stored.Verdict != RowVerdict.Rejected && taken == row.Label && !made.Contains(stored.Person!.Value.Value)) : !waiting.Contains(row.Label);
            found[row.Kind] = (planted.Found + (right ? 1 : 0), planted.Planted + 1);
        }
        var same = found.Where(pair => LookAlikes.Same.Contains(pair.Key)).ToList();
        var recall = (double)same.Sum(pair => pair.Value.Found) / same.Sum(pair => pair.Value.Planted);
        var trueOfPairs = (double)pairs.Count(pair => pair[0] == pair[1]) / pairs.Count;
        told.AppendLine(CultureInfo.InvariantCulture, $"{lists.First.Count} and {lists.Second.Count} rows: recall {recall:P1}, {trueOfPairs:P1} of {pairs.Count} pairs are one person, {wrong} taken for somebody else");
        foreach (var (kind, (right, planted)) in found) told.AppendLine(CultureInfo.InvariantCulture, $"  {kind}: {right} of {planted} {(LookAlikes.Same.Contains(kind) ? "found" : "not taken for one person of the first list")}");
        Compare(lists, told);
        TestContext.Current.TestOutputHelper?.WriteLine(told.ToString());
        wrong.ShouldBe(0);
        recall.ShouldBeGreaterThanOrEqualTo(0.97, told.ToString());    }

    /// <summary>Who was made by the last list.</summary>
    private HashSet<Guid> made = [];

    private async Task<ImportRun> ImportAsync(IReadOnlyList<LookAlikes.Row> rows)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(LookAlikes.List(rows)));
        var run = await house.ImportAsync(house.Place.Operator, house.Place.Root, file);
        made = [.. (await ReadAsync($"SELECT id::text FROM pt.person WHERE import_id = '{run.Id}'")).Select(Guid.Parse)];
        return run;
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        return await PhongTuyen.Data.SqlRows.RowsAsync(connection, sql, r => r.GetString(0), Ct);
    }

    /// <summary>What the rules of others find of the same, each row against all of the first list that were born in the same year or on the same day of it.</summary>
    private static void Compare(LookAlikes lists, StringBuilder told)
    {
        var byYear = lists.First.ToLookup(row => row.Birth.Year);
        foreach (var (name, alike) in PeersRules.All)
        {
            var (pairs, right, found) = (0, 0, 0);
            foreach (var row in lists.Second)
            {
                var before = right;
                foreach (var other in byYear[row.Birth.Year].Where(other => alike(row, other)))
                {
                    pairs++;
                    if (other.Label == row.Label) right++;
                }
                if (right > before) found++;
            }
            var planted = lists.Second.Count(row => LookAlikes.Same.Contains(row.Kind));
            told.AppendLine(CultureInfo.InvariantCulture, $"  by {name}: recall {(double)found / planted:P1}, {(pairs == 0 ? 0 : (double)right / pairs):P1} of {pairs} pairs are one person");
        }
    }
}
