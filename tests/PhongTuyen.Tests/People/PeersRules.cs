
namespace PhongTuyen.Tests.People;

/// <summary>The rules by which other systems find duplicates, as their code or manuals say, on the same persons: to see what they would find here.</summary>
internal static class PeersRules
{
    public static readonly IReadOnlyList<(string Name, Func<LookAlikes.Row, LookAlikes.Row, bool> Alike)> All =
    [
        ("trigrams > 0.65, same sex and birth (SORMAS)", (one, other) => one.Man == other.Man && one.BirthText == other.BirthText && Trigrams(one.Name, other.Name) > 0.65),
        ("Levenshtein ≤ 3, same year (CHT)", (one, other) => one.Birth.Year == other.Birth.Year && Levenshtein(one.Name, other.Name) <= 3),
        ("same name and birth (SimpleReport, Sara Alert)", (one, other) => one.BirthText == other.BirthText && string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase)),
    ];

    /// <summary>As PostgreSQL's pg_trgm: three letters each, two spaces before a word and one behind it; what is common of what there is.</summary>
    private static double Trigrams(string one, string other)
    {
        var (of, ofOther) = (Set(one), Set(other));
        var common = of.Count(ofOther.Contains);
        return (double)common / (of.Count + ofOther.Count - common);
    }

    private static HashSet<string> Set(string name) => [.. name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => $"  {word} " is var padded ? Enumerable.Range(0, padded.Length - 2).Select(i => padded[i..(i + 3)]) : [])];

    private static int Levenshtein(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 3) return 4;
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++) (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
