using System.Diagnostics;
using System.Globalization;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// What the tests show at a size that fits into minutes, at another size: the tests' own program is built and run, so that nothing is measured that the tests do not assert. It makes its own database
/// and says its figures; what it must reach stands in the test.
/// </summary>
internal static class TestsAtScale
{
    private const string Project = "PhongTuyen.Tests";

    /// <summary>Two lists of persons whose truth is known.</summary>
    public static Task<Figure> MatchingAsync(int first, int second, CancellationToken ct) => BenchHome.Reference is { } data
        ? RunAsync("LookAlikesTests", new() { ["PHONGTUYEN_LOOKALIKES"] = FormattableString.Invariant($"{first},{second}"), ["PHONGTUYEN_DATA"] = data }, ct)
        : Task.FromResult(new Figure("the reference data are not at hand (PHONGTUYEN_DATA)", false));

    /// <summary>Random histories of merges and splits.</summary>
    public static Task<Figure> HistoriesAsync(int histories, CancellationToken ct) => RunAsync("MergeHistoriesTests", new() { ["PHONGTUYEN_HISTORIES"] = histories.ToString(CultureInfo.InvariantCulture) }, ct);

    /// <summary>A test that was skipped or that said nothing has shown nothing.</summary>
    private static async Task<Figure> RunAsync(string tests, Dictionary<string, string> size, CancellationToken ct)
    {
        var project = Path.Combine(BenchHome.Root, "tests", Project);
        if (await DotnetAsync(["build", project, "-c", "Release", "-nologo", "-v", "quiet", "-clp:NoSummary"], [], ct) is { Code: not 0 } built) return new Figure("the tests could not be built:\n" + string.Join('\n', built.Lines), false);
        var since = Stopwatch.StartNew();
        var (code, lines) = await DotnetAsync([Path.Combine(project, "bin", "Release", "net10.0", Project + ".dll"), "-noLogo", "-noColor", "-noAutoReporters", "-showLiveOutput", "-failSkips", "-class", "*." + tests], size, ct);
        const string Said = "[OUTPUT] ";
        var figures = lines.Where(line => line.Contains(Said, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..].TrimEnd()).Where(line => line.Length > 0).ToList();
        return new Figure(string.Join("\n  ", (code == 0 && figures.Count > 0 ? figures : lines).Append(FormattableString.Invariant($"{since.Elapsed.TotalSeconds:0} s"))), code == 0 && figures.Count > 0);
    }

    private static async Task<(int Code, List<string> Lines)> DotnetAsync(string[] words, Dictionary<string, string> size, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = BenchHome.Root };
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var (name, value) in size) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, [.. said.Split('\n')]);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
