using PhongTuyen.Areas;

namespace PhongTuyen.Bench.Shown;

/// <summary>How many cases of the three files of 2021 fall on exactly one unit of the official lists.</summary>
internal static class AreasMatch
{
    private const double Least = 0.960;
    private const int Cases = 27_035;

    public static Task<Figure> MeasureAsync(CancellationToken ct)
    {
        if (BenchHome.Reference is not { } data) return Task.FromResult(new Figure("the reference data are not at hand (PHONGTUYEN_DATA)", false));
        var matcher = new AreaMatcher(AreaLists.Book, AreaLists.Links);
        var (text, passed) = (new List<string>(), true);
        foreach (var name in new[] { "cases_xa.csv", "cases_huyen.csv", "cases_tinh.csv" })
        {
            using var file = File.OpenText(Path.Combine(data, "vn-covid-commune-2021", name));
            var totals = AreaFileMatch.Run(file, new DateOnly(2021, 7, 1), matcher).Value.Totals;
            var share = (double)totals.Assigned / totals.Cases;
            text.Add(FormattableString.Invariant($"{name}: {totals.Assigned} of {totals.Cases} on one unit ({100 * share:0.00} %), {totals.Ambiguous} ambiguous, {totals.Impossible} impossible, {totals.Unmatched} unmatched"));
            passed &= totals.Cases == Cases && totals.Assigned + totals.Ambiguous + totals.Impossible + totals.Unmatched == Cases && (name != "cases_xa.csv" || share >= Least);
        }
        return Task.FromResult(new Figure(string.Join("\n  ", text), passed));
    }
}
