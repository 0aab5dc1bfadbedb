using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;

namespace PhongTuyen.Bench.Shown;

/// <summary>Fifty people look for persons, go through possible duplicates and open records, for two minutes.</summary>
internal static class FindPeople
{
    private const double MostMs = 100;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    public static async Task<Figure> MeasureAsync(LoadPlan plan, CancellationToken ct)
    {
        await using var stand = await PagesRun.Stand.StartAsync(plan, 250, name => name.StartsWith("search by", StringComparison.Ordinal) || name.StartsWith("possible duplicate", StringComparison.Ordinal) || name == "person", ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(Long);
        var (times, failed) = await PeopleAtWork.RunAsync(stand, over.Token);
        var pages = times.Select(page => (page.Key, Asked: page.Count(), P95: PagesRun.At(page, 0.95))).OrderByDescending(page => page.P95).ToList();
        return new Figure(FormattableString.Invariant($"{pages.Sum(page => page.Asked)} pages, {failed} failed; p95 of all {PagesRun.At(times.SelectMany(page => page), 0.95):0} ms") + string.Concat(pages.Select(page => FormattableString.Invariant($"\n  {page.Key}: p95 {page.P95:0} ms of {page.Asked}"))),
            failed == 0 && pages.Count > 0 && pages.All(page => page.P95 <= MostMs));
    }
}
