using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// A list comes into a copy of the loaded province by the command line, beside the running program, which nobody uses meanwhile, or fifty people: each asks for a list, thinks for two seconds, and asks for the
/// next. With how long each step took, the most memory of both programs, what became of every row, and how long the lists took.
/// </summary>
internal static class ImportMillion
{
    private const double MostMs = 300, LeastPerSecond = 2000;
    private const long MostMemory = 1_000_000_000;

    public static async Task<Figure> MeasureAsync(LoadPlan source, int rows, bool inUse, CancellationToken ct)
    {
        var plan = await FolderCopy.OfAsync(source, "import", ct);
        await using var stand = await PagesRun.Stand.StartAsync(plan, 250, name => name.StartsWith("stays", StringComparison.Ordinal), ct);
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        var list = await BigList.WriteAsync(plan, rows, Path.Combine(BenchHome.Data, "import.csv"), connection, ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var readers = inUse ? PeopleAtWork.RunAsync(stand, over.Token) : null;
        var (steps, memory, answer) = await TakeInAsync(plan, list.File, connection, ct);
        await over.CancelAsync();
        var (pages, failed) = readers is null ? (Array.Empty<double>().ToLookup(_ => ""), 0) : await readers;
        double[] times = [.. pages.SelectMany(page => page)];
        var (read, accepted, duplicate, rejected) = (Of(answer, "read"), Of(answer, "accepted"), Of(answer, "duplicate"), Of(answer, "rejected"));
        var persons = await connection.ValueAsync<int>("SELECT count(*)::int FROM pt.person", ct) - plan.Persons;
        var (took, most) = (steps.Sum(step => step.Seconds), Math.Max(memory, stand.Program.MostMemory));
        var p95 = inUse ? PagesRun.At(times, 0.95) : 0;
        var passed = (read, accepted, duplicate, rejected) == (list.Rows, list.Accepted, list.Duplicate, list.Rejected) && persons == list.Accepted && most <= MostMemory && (inUse ? p95 <= MostMs && failed == 0 : rows / took >= LeastPerSecond);
        return new Figure(FormattableString.Invariant($"{read} read = {accepted} accepted + {duplicate} duplicate + {rejected} rejected (made: {list.Accepted}, {list.Duplicate}, {list.Rejected}); {persons} new persons; {took:0} s, {rows / took:0} rows/s")
            + $" ({string.Join(", ", steps.Select(step => FormattableString.Invariant($"{step.Step} {step.Seconds:0} s")))})"
            + FormattableString.Invariant($"; most memory: command {memory / 1e6:0} MB, program {stand.Program.MostMemory / 1e6:0} MB")
            + (inUse ? FormattableString.Invariant($"; {times.Length} lists meanwhile, p95 {p95:0} ms, {failed} failed") : ""), passed);
    }

    private static int Of(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    /// <summary>Runs the command, and looks every half second at which step it is.</summary>
    internal static async Task<(List<(string Step, double Seconds)> Steps, long Memory, JsonElement Answer)> TakeInAsync(LoadPlan plan, string file, NpgsqlConnection connection, CancellationToken ct)
    {
        var (steps, state, since, memory) = (new List<(string Step, double Seconds)>(), "upload", Stopwatch.StartNew(), 0L);
        using var process = Command(plan, file);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        while (!process.HasExited)
        {
            await Task.Delay(500, ct);
            memory = Math.Max(memory, MemoryOf(process));
            var now = await connection.ValueAsync<short?>("SELECT max(state) FROM pt.import_run", ct) switch { 7 => "check", 2 => "commit", 3 => "end", _ => state };
            if (now == state) continue;
            steps.Add((state, since.Elapsed.TotalSeconds));
            Console.WriteLine(FormattableString.Invariant($"  {state,-8} {since.Elapsed.TotalSeconds,7:0.0} s"));
            (state, since) = (now, Stopwatch.StartNew());
        }
        steps.Add((state, since.Elapsed.TotalSeconds));
        var said = await output;
        if (said.Length == 0) throw new InvalidOperationException($"The import ended with {process.ExitCode}.");
        using var answer = JsonDocument.Parse(said);
        return (steps, memory, answer.RootElement.Clone());
    }

    /// <summary>The command line, which takes a list in or back beside the program.</summary>
    internal static Process Command(LoadPlan plan, params string[] what)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "PhongTuyen.Cli.dll"), "import", .. what, "--data", plan.Folder, "--as", "bd-tinh", "--json"]) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    internal static long MemoryOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // it has just ended
        }
    }
}
