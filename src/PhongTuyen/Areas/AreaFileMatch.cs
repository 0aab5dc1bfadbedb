using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>What became of the cases of a file: each is in exactly one of the four, so that they add up to all cases.</summary>
/// <param name="Assigned">In exactly one unit of the level that the file is about.</param>
public readonly record struct AreaFileTotals(long Cases, long Assigned, long Ambiguous, long Impossible, long Unmatched);

/// <summary>One combination of names of a file.</summary>
/// <param name="Cases">The sum of its rows.</param>
public sealed record AreaFileNames(string Province, string District, string Commune, long Cases, AreaMatch Match);

/// <param name="Level">The lowest level that any row names: what the file is about.</param>
/// <param name="Names">Every combination of names once, those with most cases first.</param>
public sealed record AreaFileReport(DateOnly AsOf, AreaLevel Level, AreaFileTotals Totals, IReadOnlyList<AreaFileNames> Names);

/// <summary>
/// How much of a file of figures can be put on the map: says of every combination of names which unit it is, or why not. Needs no database.
/// </summary>
public static class AreaFileMatch
{
    /// <summary>
    /// A row is judged at the lowest level that the file names. Where other rows name a commune, a row without one is not assigned: its
    /// district alone would put its cases nowhere on a map of communes, and counting them as done would hide that. The reason then is
    /// <see cref="AreaReason.Nothing"/>, and the district stands among the candidates.
    /// </summary>
    /// <param name="asOf">The units of this day are meant for the whole file; a column of dates is not looked at.</param>
    public static Outcome<AreaFileReport> Run(TextReader file, DateOnly asOf, AreaMatcher matcher)
    {
        var read = AreaFile.Read(file);
        if (read.Refused(out _)) return read.As<AreaFileReport>();
        var rows = read.Value;
        var level = rows.Exists(row => row.Commune.Length > 0) ? AreaLevel.Commune : rows.Exists(row => row.District.Length > 0) ? AreaLevel.District : AreaLevel.Province;
        var names = rows.GroupBy(row => (row.Province, row.District, row.Commune))
            .Select(same => new AreaFileNames(same.Key.Province, same.Key.District, same.Key.Commune, same.Sum(row => row.Cases), Judge(same.First(), level, asOf, matcher)))
            .OrderByDescending(name => name.Cases).ToList();
        return new AreaFileReport(asOf, level, new AreaFileTotals(names.Sum(name => name.Cases), Sum(names, AreaVerdict.One),
            Sum(names, AreaVerdict.Ambiguous), Sum(names, AreaVerdict.Impossible), Sum(names, AreaVerdict.Unmatched)), names);
    }

    private static AreaMatch Judge(AreaFileRow row, AreaLevel level, DateOnly asOf, AreaMatcher matcher)
    {
        var match = matcher.Match(row.Province, row.District, row.Commune, asOf);
        var lowest = level switch { AreaLevel.Commune => row.Commune, AreaLevel.District => row.District, _ => row.Province };
        return lowest.Length > 0 || match.Verdict != AreaVerdict.One ? match : AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.Nothing, null, [match.Area]);
    }

    private static long Sum(List<AreaFileNames> names, AreaVerdict verdict) => names.Where(name => name.Match.Verdict == verdict).Sum(name => name.Cases);
}
