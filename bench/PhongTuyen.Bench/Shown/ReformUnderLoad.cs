using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Shown;

/// <summary>A copy of the province of 100,000 persons is reformed by the command line while fifty clients ask for every page: communes merge in pairs, districts end, stations merge, centres are renamed.</summary>
internal static class ReformUnderLoad
{
    private static readonly LoadPlan Plan = LoadPlan.Small with { Copy = "reform" };

    // Of each page at a time: all of them come by many times in the minute that it takes.
    private const int Portion = 50;

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        await FolderCopy.OfAsync(LoadPlan.Small, Plan.Copy!, ct);
        await using var stand = await PagesRun.Stand.StartAsync(Plan, 250, _ => true, ct);
        var (lines, units, merged) = await FilesAsync(ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var (answers, failed, longest) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal), 0.0);
        var asking = Task.Run(async () =>
        {
            for (var n = 0; !over.IsCancellationRequested; n++)
                foreach (var probe in stand.Probes)
                {
                    if (over.IsCancellationRequested) return;
                    var (times, lost, _) = await stand.AskAsync(probe, Portion, n * Portion, ct);
                    (answers, longest) = (answers + times.Length, Math.Max(longest, times.Max()));
                    if (lost > 0) failed[probe.Name] = failed.GetValueOrDefault(probe.Name) + lost;
                }
        }, ct);
        await Task.Delay(TimeSpan.FromSeconds(10), ct);
        var (before, since) = (answers, Stopwatch.GetTimestamp());
        var (code, said) = await RunAsync(["areas", "reform", "B75", "--as-of", $"{TimeProvider.System.GetUtcNow().AddHours(7):yyyy-MM-dd}", "--paper", "1/NQ", "--lines", lines, "--units", units, "--json", "--data", Plan.Folder], ct);
        var took = Stopwatch.GetElapsedTime(since);
        var during = answers - before;
        // The areas that the program itself keeps are followed within twenty seconds.
        await Task.Delay(TimeSpan.FromSeconds(30), ct);
        await over.CancelAsync();
        await asking;
        return new Figure(string.Create(CultureInfo.InvariantCulture, $"{merged} communes into {(merged + 1) / 2}; {took.TotalSeconds:0.0} s with the start of the command and its preview, {during} answers meanwhile, {answers} in all, {failed.Values.Sum()} failed; the longest answer took {longest / 1000:0.0} s")
            + (code == 0 ? "" : $"\nthe command ended with {code}: {said}") + string.Concat(failed.Select(pair => $"\n  {pair.Key}: {pair.Value} failed")), code == 0 && failed.Count == 0);
    }

    /// <summary>The resolution, and what becomes of units, as the command reads them.</summary>
    private static async Task<(string Lines, string Units, int Communes)> FilesAsync(CancellationToken ct)
    {
        var (lines, units) = (Path.Combine(BenchHome.Data, "reform.lines.csv"), Path.Combine(BenchHome.Data, "reform.units.csv"));
        await using var cluster = (await EmbeddedPostgres.AttachAsync(Plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        var districts = await connection.RowsAsync("SELECT code FROM pt.area WHERE id > $1 AND level = 2 ORDER BY id", r => r.GetString(0), ct, Ground.FirstArea);
        var communes = await connection.RowsAsync("SELECT a.code, a.name, u.code FROM pt.area a JOIN pt.unit u ON u.covers_area_id = a.id WHERE a.id > $1 AND a.level = 3 ORDER BY a.district_id, a.id", r => (Code: r.GetString(0), Name: r.GetString(1), Station: r.GetString(2)), ct, Ground.FirstArea);
        var (law, acts) = (new List<string> { "code,level,name,parent,into" }, new List<string> { "code,act,into,name,areas,new_code" });
        law.AddRange(districts.Select(code => $"{code},district,,,"));
        foreach (var pair in communes.Chunk(2).Select((pair, i) => (Pair: pair, New: $"BM{i:000}")))
        {
            law.Add($"{pair.New},commune,Xã mới {pair.New[2..]},B75,");
            law.AddRange(pair.Pair.Select(commune => $"{commune.Code},commune,,,{pair.New}"));
            acts.Add($"{pair.Pair[0].Station},rename,,Trạm Y tế xã mới {pair.New[2..]},{pair.New},");
            if (pair.Pair.Length == 2) acts.Add($"{pair.Pair[1].Station},merge,{pair.Pair[0].Station},,,");
        }
        await File.WriteAllLinesAsync(lines, law, ct);
        await File.WriteAllLinesAsync(units, acts, ct);
        return (lines, units, communes.Count);
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] words, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(BenchHome.Root, "phongtuyen")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var (said, faults) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await said + await faults);
    }
}
