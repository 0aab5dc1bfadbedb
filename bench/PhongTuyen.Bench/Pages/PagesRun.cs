using System.Text.Json;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Pages;

/// <summary>All pages of one province under load, each between runs of the no-op endpoint; with the most memory that the program held.</summary>
public sealed record PagesReport(string Mark, int Cores, IReadOnlyList<Measured> Pages, IReadOnlyList<string> Missing, long Memory)
{
    internal static string FileOf(LoadPlan plan) => plan.Folder + ".pages.json";

    /// <summary>The last measurement of this province, where it was made on the same schema.</summary>
    public static PagesReport? Last(LoadPlan plan) =>
        File.Exists(FileOf(plan)) && JsonSerializer.Deserialize<PagesReport>(File.ReadAllText(FileOf(plan))) is { } report && report.Mark == plan.Mark ? report : null;
}

/// <summary>Measures the pages: starts the program on a loaded province, signs people of several roles in, and asks.</summary>
internal static class PagesRun
{
    private const int Portions = 4;

    private const int MostTries = 3;

    /// <summary>The program on a loaded province, with people signed in and every page asked before the first is measured, as one that has run for a day is warm.</summary>
    internal sealed class Stand : IAsyncDisposable
    {
        public required ProgramUnderTest Program { get; init; }
        public required LoadClient Client { get; init; }
        public required IReadOnlyList<Probe> Probes { get; init; }
        public Dictionary<string, SignedIn> Sessions { get; } = new(StringComparer.Ordinal);

        public static Task<Stand> StartAsync(LoadPlan plan, int requests, string? only, CancellationToken ct) => StartAsync(plan, requests, name => only is null || name.Contains(only, StringComparison.OrdinalIgnoreCase), ct);

        public static async Task<Stand> StartAsync(LoadPlan plan, int requests, Func<string, bool> only, CancellationToken ct)
        {
            await ProvinceLoader.EnsureAsync(plan, ct);
            var program = await ProgramUnderTest.StartAsync(plan.Folder, ProgramUnderTest.OneForMany, ct);
            var probes = Pages.Probes.Of(await Samples.ReadAsync(plan.Folder, ct), TimeProvider.System.Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
                .Where(probe => only(probe.Name)).ToList();
            var stand = new Stand { Program = program, Client = new LoadClient(program.Address), Probes = probes };
            try
            {
                foreach (var account in probes.SelectMany(probe => probe.Accounts).Distinct()) stand.Sessions[account] = await SignedIn.AsAsync(program.Address, account, GroundAccounts.Password, ct);
                foreach (var probe in probes) await stand.AskAsync(probe, requests / 5, 0, ct);
                return stand;
            }
            catch
            {
                await stand.DisposeAsync(); // a program that runs on would hold the province
                throw;
            }
        }

        public Task<(double[] Times, int Failed, TimeSpan Took)> AskAsync(Probe probe, int requests, int from, CancellationToken ct) => Client.RunAsync(requests, n => Client.Of(probe, from + n, Sessions), ct);

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Program.DisposeAsync();
        }
    }

    /// <param name="limit">Milliseconds: whose p95 is above is measured again when all were, at most twice, because a machine that others share is at times half as fast.</param>
    /// <param name="only">Part of the names of the probes to measure; null: all. Then nothing is kept.</param>
    public static async Task<PagesReport> RunAsync(LoadPlan plan, int requests, string? only, Action<string> say, CancellationToken ct, double limit = double.MaxValue)
    {
        await using var stand = await Stand.StartAsync(plan, requests, only, ct);
        var (pages, missing) = (new List<Measured>(), new List<string>());
        say($"{"page",-34} {"p50",7} {"p95",7} {"p99",7} {"no-op",7} {"ratio",6} {"a second",9} {"program",8} {"stolen",7}");
        foreach (var probe in stand.Probes)
        {
            if (await stand.Client.StatusAsync(stand.Client.Of(probe, 0, stand.Sessions), ct) is var status and not 200)
            {
                missing.Add($"{probe.Name} ({status})");
                say($"{probe.Name,-34} answers {status}");
                continue;
            }
            pages.Add(await OneAsync(stand, probe, requests, ct));
            say(Row(pages[^1]));
        }
        for (var round = 2; round <= MostTries; round++)
        {
            for (var i = 0; i < pages.Count; i++)
            {
                if (pages[i].P95 <= limit) continue;
                var (before, now) = (pages[i], await OneAsync(stand, stand.Probes.Single(probe => probe.Name == pages[i].Name), requests, ct));
                say(Row(now) + $"  measured again ({round})");
                pages[i] = (now.P95 < before.P95 ? now : before) with { Tries = round, FirstP95 = before.FirstP95, Failed = before.Failed + now.Failed };
            }
        }
        var report = new PagesReport(plan.Mark, Environment.ProcessorCount, pages, missing, stand.Program.MostMemory);
        if (only is null) await File.WriteAllTextAsync(PagesReport.FileOf(plan), JsonSerializer.Serialize(report), ct);
        return report;
    }

    /// <summary>
    /// Each page at two sizes in the same seconds: both programs run, and small portions are asked of one and the other in turn, so that a machine
    /// which grows slower meanwhile is slower for both.
    /// </summary>
    /// <param name="only">Part of the names of the probes to measure; null: all.</param>
    /// <returns>The median at each size, milliseconds, and how many answers failed at either.</returns>
    public static async Task<IReadOnlyList<(string Name, double Few, double Many, int Failed)>> PairsAsync(LoadPlan small, LoadPlan big, int requests, string? only, Action<string> say, CancellationToken ct)
    {
        await using var few = await Stand.StartAsync(small, requests, only, ct);
        await using var many = await Stand.StartAsync(big, requests, only, ct);
        var pairs = new List<(string, double, double, int)>();
        say($"{"page",-34} {"100,000",9} {"1,000,000",9} {"times",6}");
        foreach (var (one, other) in few.Probes.Zip(many.Probes))
        {
            var (ofFew, ofMany, failed, portion) = (new List<double>(), new List<double>(), 0, requests / Turns);
            for (var turn = 0; turn < Turns; turn++)
            {
                var (a, b) = (await few.AskAsync(one, portion, turn * portion, ct), await many.AskAsync(other, portion, turn * portion, ct));
                ofFew.AddRange(a.Times);
                ofMany.AddRange(b.Times);
                failed += a.Failed + b.Failed;
            }
            pairs.Add((one.Name, At(ofFew, 0.50), At(ofMany, 0.50), failed));
            say(FormattableString.Invariant($"{one.Name,-34} {pairs[^1].Item2,9:0.0} {pairs[^1].Item3,9:0.0} {pairs[^1].Item3 / pairs[^1].Item2,6:0.00}"));
        }
        return pairs;
    }

    private const int Turns = 8;

    private static string Row(Measured m) => FormattableString.Invariant(
        $"{m.Name,-34} {m.P50,7:0.0} {m.P95,7:0.0} {m.P99,7:0.0} {m.NoopP50,7:0.0} {m.Ratio,6:0.0} {m.PerSecond,9:0} {m.ProgramMs,8:0.00} {m.Stolen,7:P0}{(m.Failed > 0 ? $"  {m.Failed} failed" : "")}");

    private static async Task<Measured> OneAsync(Stand stand, Probe probe, int requests, CancellationToken ct)
    {
        await stand.AskAsync(probe, requests / 10, 0, ct);
        var host = HostTime.Now;
        var (times, noop, failed, took, processor) = (new List<double>(), new List<double>(), 0, TimeSpan.Zero, TimeSpan.Zero);
        for (var portion = 0; portion < Portions; portion++)
        {
            noop.AddRange((await stand.Client.RunAsync(requests / Portions, stand.Client.Noop, ct)).Times);
            var before = stand.Program.Processor;
            var (some, bad, time) = await stand.AskAsync(probe, requests / Portions, portion * requests / Portions, ct);
            times.AddRange(some);
            (failed, took, processor) = (failed + bad, took + time, processor + stand.Program.Processor - before);
        }
        return new Measured(probe.Name, times.Count, failed, At(times, 0.50), At(times, 0.95), At(times, 0.99), At(noop, 0.50), At(noop, 0.95), times.Count / took.TotalSeconds, processor.TotalMilliseconds / times.Count, HostTime.Now.StolenSince(host));
    }

    /// <summary>The time that this share of all stays within; 0 where nothing was measured.</summary>
    public static double At(IEnumerable<double> times, double share) => times.Order().ToList() is { Count: > 0 } sorted ? sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))] : 0;
}
