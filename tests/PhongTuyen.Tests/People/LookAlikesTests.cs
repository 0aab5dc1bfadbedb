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
/// Who is found as a duplicate and who is not, on two lists whose truth is known, brought in as anybody brings in a list. As long as PHONGTUYEN_LOOKALIKES says («100000,40000»), else 2,000 and 1,150; the second
/// has as many rows of every kind, so 39,997 of 40,000.
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
        var (first, second) = (await ImportAsync(lists.First), await ImportAsync(lists.Second));
        (first.Accepted + first.Duplicate + first.Rejected).ShouldBe(lists.First.Count);
        (second.Accepted + second.Duplicate + second.Rejected).ShouldBe(lists.Second.Count);

        var rows = (await house.RowsAsync(house.Place.Operator, second.Id)).ToDictionary(row => row.Number - 2);
        var labels = (await ReadAsync("SELECT id::text || ' ' || substr(occupation, 6) FROM pt.person WHERE occupation LIKE 'Nhãn %'")).Select(line => line.Split(' ')).ToDictionary(parts => Guid.Parse(parts[0]), parts => parts[1]);
        var pairs = (await ReadAsync("SELECT m.person_id || ' ' || m.other_id FROM pt.person_match m WHERE m.state = 0")).Select(line => line.Split(' ').Select(id => labels[Guid.Parse(id)]).ToArray()).ToList();
        var waiting = pairs.Where(pair => pair[0] == pair[1]).Select(pair => pair[0]).ToHashSet();
        var asked = pairs.SelectMany(pair => (string[])[$"{pair[0]} {pair[1]}", $"{pair[1]} {pair[0]}"]).ToHashSet();
        var (wrong, missed, yearOnly, found, told) = (0, 0, 0, new SortedDictionary<string, (int Found, int Planted)>(StringComparer.Ordinal), new StringBuilder());
        for (var i = 0; i < lists.Second.Count; i++)
        {
            var (row, stored) = (lists.Second[i], rows[i]);
            LookAlikes.Changes(row).ShouldBeTrue($"{row.Kind}: {row.Line} of {row.Of!.Line}");
            var taken = stored.Person is { } person ? labels.GetValueOrDefault(person.Value) : null;
            if (stored.Verdict != RowVerdict.Rejected && taken is not null && taken != row.Label && wrong++ < 5) told.AppendLine(CultureInfo.InvariantCulture, $"  wrong: {row.Line}: {stored.Verdict} {stored.Problems}");
            var planted = found.GetValueOrDefault(row.Kind);
            // Taken for the right person by a number, or waiting as a pair; of somebody else: with the one whom the row looks like.
            var right = LookAlikes.Same.Contains(row.Kind) ? waiting.Contains(row.Label) || (stored.Verdict != RowVerdict.Rejected && taken == row.Label && !made.Contains(stored.Person!.Value.Value)) : asked.Contains($"{row.Label} {row.Of!.Label}");
            if (!right && LookAlikes.Same.Contains(row.Kind)) (missed, yearOnly) = (missed + 1, yearOnly + (row.YearOnly ? 1 : 0));
            found[row.Kind] = (planted.Found + (right ? 1 : 0), planted.Planted + 1);
        }
        double Recall(Func<string, bool> kinds) => found.Where(pair => kinds(pair.Key)).ToList() is var of ? (double)of.Sum(pair => pair.Value.Found) / of.Sum(pair => pair.Value.Planted) : 0;
        var (changed, all, precision) = (Recall(Changed), Recall(LookAlikes.Same.Contains), (double)pairs.Count(pair => pair[0] == pair[1]) / pairs.Count);
        told.AppendLine(CultureInfo.InvariantCulture, $"{lists.First.Count} and {lists.Second.Count} rows: recall {changed:P2} of the changed rows, {all:P2} with those as they were; {wrong} taken for somebody else; {precision:P1} of {pairs.Count} pairs are one person");
        told.AppendLine(CultureInfo.InvariantCulture, $"  of {missed} that were missed {yearOnly} are persons of whom the year of birth alone is known");
        foreach (var kind in LookAlikes.Same) told.AppendLine(CultureInfo.InvariantCulture, $"  {kind}: {found[kind].Found} of {found[kind].Planted} found");
        foreach (var kind in LookAlikes.Others) told.AppendLine(CultureInfo.InvariantCulture, $"  {kind}: {found[kind].Found} of {found[kind].Planted} wait with the one whom they look like");
        Compare(lists, told);
        TestContext.Current.TestOutputHelper?.WriteLine(told.ToString());
        wrong.ShouldBe(0, told.ToString());
        changed.ShouldBeGreaterThanOrEqualTo(0.97, told.ToString());
        precision.ShouldBeGreaterThanOrEqualTo(0.8, told.ToString());
    }

    private static bool Changed(string kind) => kind != LookAlikes.AsItWas && LookAlikes.Same.Contains(kind);

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
        var (changed, all) = (lists.Second.Count(row => Changed(row.Kind)), lists.Second.Count(row => LookAlikes.Same.Contains(row.Kind)));
        foreach (var (name, alike) in PeersRules.All)
        {
            var (pairs, right, found) = (0, 0, new List<string>());
            foreach (var row in lists.Second)
            {
                var before = right;
                foreach (var other in byYear[row.Birth.Year].Where(other => alike(row, other)))
                {
                    pairs++;
                    if (other.Label == row.Label) right++;
                }
                if (right > before) found.Add(row.Kind);
            }
            told.AppendLine(CultureInfo.InvariantCulture, $"  by {name}: recall {(double)found.Count(Changed) / changed:P1} of the changed rows, {(double)found.Count / all:P1} with those as they were, {(pairs == 0 ? 0 : (double)right / pairs):P1} of {pairs} pairs are one person");
        }
    }
}
