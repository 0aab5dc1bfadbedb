using System.Diagnostics;
using Npgsql;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Shown;

/// <summary>A list that came into a copy of the loaded province is taken back by the command line, beside the running program, in which fifty people ask for lists, each again two seconds after the answer. With what is left of it.</summary>
internal static class ImportUndone
{
    private const double MostMs = 300;
    private const long MostMemory = 1_000_000_000;

    private static readonly string[] Tables = ["person", "person_scope", "person_token", "person_document", "person_phone", "person_address", "person_finding", "person_match", "quarantine_stay"];

    public static async Task<Figure> MeasureAsync(LoadPlan source, int rows, CancellationToken ct)
    {
        var plan = await FolderCopy.OfAsync(source, "import", ct);
        await using var stand = await PagesRun.Stand.StartAsync(plan, 250, name => name.StartsWith("stays", StringComparison.Ordinal), ct);
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        var list = await BigList.WriteAsync(plan, rows, Path.Combine(BenchHome.Data, "import.csv"), connection, ct);
        var before = await CountsAsync(connection, ct);
        var (_, _, answer) = await ImportMillion.TakeInAsync(plan, list.File, connection, ct);
        var id = answer.GetProperty("importId").GetGuid();

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var readers = PeopleAtWork.RunAsync(stand, over.Token);
        var (watch, memory) = (Stopwatch.StartNew(), 0L);
        using var undo = ImportMillion.Command(plan, "--undo", id.ToString());
        var output = undo.StandardOutput.ReadToEndAsync(ct);
        while (!undo.HasExited)
        {
            await Task.Delay(500, ct);
            memory = Math.Max(memory, ImportMillion.MemoryOf(undo));
        }
        var took = watch.Elapsed.TotalSeconds;
        await output;
        await over.CancelAsync();
        var (pages, failed) = await readers;
        double[] times = [.. pages.SelectMany(page => page)];
        var (p95, most) = (PagesRun.At(times, 0.95), Math.Max(memory, stand.Program.MostMemory));
        var after = await CountsAsync(connection, ct);
        var gone = await connection.ValueAsync<int>("SELECT count(*)::int FROM pt.import_row WHERE import_id = $1 AND verdict = 4", ct, id);
        string[] left = [.. Tables.Where(table => before[table] != after[table]).Select(table => $"{table} {after[table] - before[table]:+0;-0}")];
        return new Figure(FormattableString.Invariant($"{gone} of {list.Accepted} rows taken back in {took:0} s ({gone / took:0} a second), left of them: {(left.Length == 0 ? "nothing" : string.Join(", ", left))}; most memory: command {memory / 1e6:0} MB, program {stand.Program.MostMemory / 1e6:0} MB; {times.Length} lists meanwhile, p95 {p95:0} ms, {failed} failed"),
            undo.ExitCode == 0 && gone == list.Accepted && left.Length == 0 && most <= MostMemory && p95 <= MostMs && failed == 0);
    }

    private static async Task<Dictionary<string, long>> CountsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in Tables) counts[table] = await connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table}", ct);
        return counts;
    }
}
