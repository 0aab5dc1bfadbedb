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

    /// <param name="limit">Milliseconds: whose p95 is above is measured again when all were, at most twice, because a machine that others share is at times half as fast.</param>
    /// <param name="only">Part of the names of the probes to measure; null: all. Then nothing is kept.</param>
    public static async Task<PagesReport> RunAsync(LoadPlan plan, int requests, string? only, Action<string> say, CancellationToken ct, double limit = double.MaxValue)
    {
        await ProvinceLoader.EnsureAsync(plan, ct);
        await using var program = await ProgramUnderTest.StartAsync(plan.Folder, ["--Web:SignInsPerMinute=600"], ct);
        var probes = Probes.Of(await Samples.ReadAsync(plan.Folder, ct), TimeProvider.System.Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .Where(probe => only is null || probe.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        var sessions = new Dictionary<string, SignedIn>(StringComparer.Ordinal);
        foreach (var account in probes.SelectMany(probe => probe.Accounts).Distinct()) sessions[account] = await SignedIn.AsAsync(program.Address, account, GroundAccounts.Password, ct);
        using var client = new LoadClient(program.Address);
        var (pages, missing) = (new List<Measured>(), new List<string>());
        // A program that has run for a day is warm: every page is asked before the first is measured.
        foreach (var probe in probes) await client.RunAsync(requests / 5, n => client.Of(probe, n, sessions), ct);
        say($"{"page",-34} {"p50",7} {"p95",7} {"p99",7} {"no-op",7} {"ratio",6} {"a second",9} {"program",8}");
        foreach (var probe in probes)
        {
            if (await client.StatusAsync(client.Of(probe, 0, sessions), ct) is var status and not 200)
            {
                missing.Add($"{probe.Name} ({status})");
                say($"{probe.Name,-34} answers {status}");
                continue;
            }
            pages.Add(await OneAsync(program, client, probe, sessions, requests, ct));
            say(Row(pages[^1]));
        }
        for (var round = 2; round <= MostTries; round++)
        {
            for (var i = 0; i < pages.Count; i++)
            {
                if (pages[i].P95 <= limit) continue;
                var (before, now) = (pages[i], await OneAsync(program, client, probes.Single(probe => probe.Name == pages[i].Name), sessions, requests, ct));
                say(Row(now) + $"  measured again ({round})");
                pages[i] = (now.P95 < before.P95 ? now : before) with { Tries = round, FirstP95 = before.FirstP95, Failed = before.Failed + now.Failed };
            }
        }
        var report = new PagesReport(plan.Mark, Environment.ProcessorCount, pages, missing, program.MostMemory);
        if (only is null) await File.WriteAllTextAsync(PagesReport.FileOf(plan), JsonSerializer.Serialize(report), ct);
        return report;
    }

    private static string Row(Measured m) => FormattableString.Invariant(
        $"{m.Name,-34} {m.P50,7:0.0} {m.P95,7:0.0} {m.P99,7:0.0} {m.NoopP50,7:0.0} {m.Ratio,6:0.0} {m.PerSecond,9:0} {m.ProgramMs,8:0.00}{(m.Failed > 0 ? $"  {m.Failed} failed" : "")}");

    private static async Task<Measured> OneAsync(ProgramUnderTest program, LoadClient client, Probe probe, Dictionary<string, SignedIn> sessions, int requests, CancellationToken ct)
    {
        await client.RunAsync(requests / 10, n => client.Of(probe, n, sessions), ct);
        var (times, noop, failed, took, processor) = (new List<double>(), new List<double>(), 0, TimeSpan.Zero, TimeSpan.Zero);
        for (var portion = 0; portion < Portions; portion++)
        {
            noop.AddRange((await client.RunAsync(requests / Portions, client.Noop, ct)).Times);
            var (before, from) = (program.Processor, portion * requests / Portions);
            var (some, bad, time) = await client.RunAsync(requests / Portions, n => client.Of(probe, from + n, sessions), ct);
            times.AddRange(some);
            (failed, took, processor) = (failed + bad, took + time, processor + program.Processor - before);
        }
        return new Measured(probe.Name, times.Count, failed, At(times, 0.50), At(times, 0.95), At(times, 0.99), At(noop, 0.50), At(noop, 0.95), times.Count / took.TotalSeconds, processor.TotalMilliseconds / times.Count);
    }

    private static double At(List<double> times, double share)
    {
        times.Sort();
        return times[Math.Min(times.Count - 1, (int)(times.Count * share))];
    }
}
