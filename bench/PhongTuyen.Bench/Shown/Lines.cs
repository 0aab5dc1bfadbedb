using PhongTuyen.Bench.Ledger;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;

namespace PhongTuyen.Bench.Shown;

/// <summary><c>./phongtuyen bench show NAME</c>: measures one line and says figure, target, passed or failed; without a name it lists them.</summary>
public static class Lines
{
    public static readonly IReadOnlyList<Line> All =
    [
        new("ledger", "kill -9 of program and PostgreSQL while clerks admit and transfer, 20 rounds", "0 acknowledged lost, 0 doubled, no bed oversold, counters equal a recount", LedgerAsync),
        new("pages-100k", "every list, search, count and board at 100,000 persons, 50 clients without pause, each 2,000 times", "p95 ≤ 150 ms each, none failed", ct => PagesAsync(LoadPlan.Small, ct)),
        new("pages-1m", "the same at 1,000,000 persons", "p95 ≤ 150 ms each, none failed", ct => PagesAsync(LoadPlan.Big, ct)),
        new("ratio", "the median of each page at 1,000,000 persons against 100,000, both asked in turn in the same seconds", "within ± 20 % each", RatioAsync),
        new("rss", "the most memory that the program held at 1,000,000 persons under that load", "≤ 1.5 GB", MemoryAsync),
        new("live", "from the answer to a clerk's admission to the figure on a director's stream", "≤ 2 s, the longest of 30", LiveDelay.MeasureAsync),
        new("demotion", "from the answer to a manager who suspends an account to the goodbye on the account's open stream", "≤ 1 s, the longest of 20", Demotion.MeasureAsync),
        new("last-bed", "50 clerks ask at once for the one free bed of a camp, 10 times", "given once each time", LastBed.MeasureAsync),
        new("match", "names of the communes, districts and provinces of 2021 on the official lists of 1 July 2021", "≥ 96.0 % of 27,035 cases on exactly one commune; all three files total 27,035", AreasMatch.MeasureAsync),
        new("audit-tampering", "10,000 random tamperings with rows, seals, copies and values of the audit: edited, deleted, put in, reordered, truncated, made anew", "0 missed, 0 where another row, seal or day is named than the first bad one; untouched it is whole", AuditTampering.MeasureAsync),
        new("unknown", "1,000 records of another district and 1,000 that nobody wrote, asked for in random order", "answers equal to the byte, times that the Kolmogorov–Smirnov test does not tell apart (p > 0.01)", UnknownAsked.MeasureAsync),
        new("reform", "a province of 170 communes in 11 districts goes to 85 communes and two levels, with its stations and centres, while 50 clients ask for every page without pause", "0 requests failed", ReformUnderLoad.MeasureAsync),
        new("corrections", "1,000 of 350,000 open requests decided at 1,000,000 persons, each by the clerk of the station that has it, fifty people, each again two seconds after the answer, and the lists before and after", "p95 ≤ 150 ms of decisions and of lists, none failed", ct => DecideCorrections.MeasureAsync(LoadPlan.Big, PeopleAtWork.Reading, ct)),
        new("corrections-without-pause", "the same by fifty clients without pause", "p95 ≤ 150 ms of decisions and of lists, none failed", ct => DecideCorrections.MeasureAsync(LoadPlan.Big, TimeSpan.Zero, ct)),
        new("corrections-100k", "the same at 100,000 persons", "p95 ≤ 150 ms of decisions and of lists, none failed", ct => DecideCorrections.MeasureAsync(LoadPlan.Small, TimeSpan.Zero, ct)),
        new("keys-rotated", "the keys of sealed fields changed by the command line at 1,000,000 persons, killed (-9) twice on its way, while 4 people search by number and telephone and open records without pause", "0 unreadable, 0 missed searches, nothing left under the old key", ct => RotateUnderLoad.MeasureAsync(LoadPlan.Big, ct)),
        new("keys-rotated-100k", "the same at 100,000 persons", "0 unreadable, 0 missed searches, nothing left under the old key", ct => RotateUnderLoad.MeasureAsync(LoadPlan.Small, ct)),
        new("find-1m", "fifty people search, go through possible duplicates and open records at 1,000,000 persons, each again two seconds after the answer, for two minutes", "p95 ≤ 100 ms of each page, none failed", ct => FindPeople.MeasureAsync(LoadPlan.Big, ct)),
        new("matching", "two invented lists, 100,000 persons and 40,000 of them again with a mistake each or others who look like them, brought in as anybody does; and what the rules of three other systems find", MatchingTarget, ct => TestsAtScale.MatchingAsync(100_000, 40_000, ct)),
        new("matching-10k", "the same with 10,000 and 4,000", MatchingTarget, ct => TestsAtScale.MatchingAsync(10_000, 4_000, ct)),
        new("merge-histories", "10,000 random histories in which three records are merged and split between all that happens to them, each beside the same history without merges", "every record as if it had never been merged", ct => TestsAtScale.HistoriesAsync(10_000, ct)),
        new("merge-histories-200", "the same with 200 histories", "every record as if it had never been merged", ct => TestsAtScale.HistoriesAsync(200, ct)),
        new("imports", "the two real lists and one of 50,000 rows through ./phongtuyen import, each twice", "every row accepted, and nothing the second time", ImportLists.MeasureAsync),
        new("import-1m", "a list of 1,000,000 rows into a province of 1,000,000 persons while fifty people read lists, each again two seconds after the answer", "every row as it was made, ≤ 1 GB, lists p95 ≤ 300 ms, none failed", ct => ImportMillion.MeasureAsync(LoadPlan.Big, 1_000_000, true, ct)),
        new("import-100k", "a list of 100,000 rows into a province of 1,000,000 persons which nobody reads meanwhile", "every row as it was made, ≥ 2,000 rows/s from the file to the end, ≤ 1 GB", ct => ImportMillion.MeasureAsync(LoadPlan.Big, 100_000, false, ct)),
        new("import-100k-read", "the same while fifty people read lists", "every row as it was made, ≤ 1 GB, lists p95 ≤ 300 ms, none failed", ct => ImportMillion.MeasureAsync(LoadPlan.Big, 100_000, true, ct)),
        new("import-100k-undone", "a list of 100,000 rows that came into a province of 1,000,000 persons, taken back whole while fifty people read lists", "nothing of it left, ≤ 1 GB, lists p95 ≤ 300 ms, none failed", ct => ImportUndone.MeasureAsync(LoadPlan.Big, 100_000, ct)),
        new("import-1m-undone", "the same of a list of 1,000,000 rows", "nothing of it left, ≤ 1 GB, lists p95 ≤ 300 ms, none failed", ct => ImportUndone.MeasureAsync(LoadPlan.Big, 1_000_000, ct)),
        new("import-killed", "a list of 100,000 rows into 100,000 persons; command, program and PostgreSQL killed with kill -9 while it is sent, checked and taken in", "what was not finished is gone as a whole or goes on by itself; no row lost, nobody twice", ImportKilled.MeasureAsync),
        new("sheets-read", "lists of 30,000 rows and 12 columns as .xls, .xlsx and .csv, read to their last row as an import does", "≥ 20,000 rows/s each", SheetSpeed.ReadingAsync),
        new("sheets-written", "the writers alone, without lists, pages and disk: one row of 30 columns 100,000 times as .xlsx and .csv", "living memory grows by ≤ 8 MB", SheetSpeed.WritingAsync),
        new("files-taken", "the rejected rows of an import of 100,000 rows and 30 columns, and the longest list of stays that a second officer may allow, taken from the running program by the forms of their pages, as .csv and .xlsx", "every row; the program holds ≤ 64 MB more than for 1,000 rows", ct => FilesTaken.MeasureAsync(LoadPlan.Small, ct)),
    ];

    private const string MatchingTarget = "0 taken for somebody else; of the rows that were changed ≥ 97 % found or waiting to be decided; ≥ 80 % of the pairs that wait are one person";

    /// <summary>0 passed, 1 failed, 2 there is no such line, 3 the machine lacks something.</summary>
    public static async Task<int> ShowAsync(string? name, CancellationToken ct)
    {
        if (name is null)
        {
            foreach (var each in All) Console.WriteLine($"{each.Name,-16} {each.What}\n{"",-16} target: {each.Target}");
            return 0;
        }
        if (All.FirstOrDefault(each => each.Name == name) is not { } line)
        {
            await Console.Error.WriteLineAsync($"There is no line {name}; ./phongtuyen bench show lists them.");
            return 2;
        }
        var figure = await line.Measure(ct);
        Console.WriteLine($"{line.Name}: {figure.Text}\ntarget: {line.Target}\n{(figure.Passed ? "pass" : "FAIL")}");
        return figure.Passed ? 0 : 1;
    }

    private static async Task<Figure> LedgerAsync(CancellationToken ct)
    {
        var report = await LedgerRun.RunAsync(Path.Combine(BenchHome.Data, "ledger"), 20, 20210820, Console.WriteLine, ct);
        return new Figure($"{report}\nrefused: {string.Join(", ", report.Refused.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}", report.Passed);
    }

    private const int Requests = 2000;
    private const double MostMs = 150;
    private const double Drift = 0.20;

    private static async Task<Figure> PagesAsync(LoadPlan plan, CancellationToken ct)
    {
        var report = await PagesRun.RunAsync(plan, Requests, null, Console.WriteLine, ct, MostMs);
        var slow = report.Pages.Where(page => page.P95 > MostMs || page.Failed > 0).ToList();
        return new Figure(FormattableString.Invariant($"{report.Pages.Count - slow.Count} of {report.Pages.Count} pages with p95 ≤ {MostMs} ms, slowest {report.Pages.Max(page => page.P95):0} ms ({report.Pages.Count(page => page.FirstP95 <= MostMs)} at the first try, the others the quickest of up to three); the host gave {report.Pages.Average(page => page.Stolen):P0} of the processors' time to others")
            + (report.Missing.Count > 0 ? $"; not answered with 200: {string.Join(", ", report.Missing)}" : "") + string.Concat(slow.Select(page => $"\n  {page.Name}: p95 {page.P95:0} ms, at first {page.FirstP95:0} ms, {page.Failed} failed")), slow.Count + report.Missing.Count == 0);
    }

    private static async Task<PagesReport> LastAsync(LoadPlan plan, CancellationToken ct) => PagesReport.Last(plan) ?? await PagesRun.RunAsync(plan, Requests, null, Console.WriteLine, ct, MostMs);

    private static async Task<Figure> RatioAsync(CancellationToken ct)
    {
        var pairs = (await PagesRun.PairsAsync(LoadPlan.Small, LoadPlan.Big, Requests, null, Console.WriteLine, ct)).Select(pair => (pair.Name, Times: pair.Many / pair.Few, pair.Failed)).OrderByDescending(pair => pair.Times).ToList();
        var grown = pairs.Where(pair => pair.Times > 1 + Drift || pair.Failed > 0).ToList();
        return new Figure(FormattableString.Invariant($"{pairs.Count - grown.Count} of {pairs.Count} pages grew by no more than {Drift:P0}; the median is {pairs[pairs.Count / 2].Times:0.00} times")
            + string.Concat(grown.Select(pair => FormattableString.Invariant($"\n  {pair.Name}: {pair.Times:0.00} times, {pair.Failed} failed"))), grown.Count == 0);
    }

    private static async Task<Figure> MemoryAsync(CancellationToken ct)
    {
        var report = await LastAsync(LoadPlan.Big, ct);
        return new Figure(FormattableString.Invariant($"{report.Memory / 1e9:0.00} GB"), report.Memory <= 1_500_000_000);
    }
}
