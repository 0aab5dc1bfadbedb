using System.Diagnostics;
using System.Net;
using Npgsql;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Web;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// A list of 100,000 rows comes into a copy of the province, and everything that works on it is killed again and again: the command while it sends the list, command, program and PostgreSQL while it is checked,
/// and each of them while it is taken in. What was not finished is gone as a whole or goes on by itself; at the end every row is told and every person is there once.
/// </summary>
internal static class ImportKilled
{
    private const int Rows = 100_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        var plan = await FolderCopy.OfAsync(LoadPlan.Small, "import-killed", ct);
        await using var program = await ProgramUnderTest.StartAsync(plan.Folder, ProgramUnderTest.OneForMany, ct);
        var (list, kills) = (await ListAsync(plan, ct), 0);

        using (var command = ImportMillion.Command(plan, list.File))
        {
            await Task.Delay(TimeSpan.FromSeconds(6), ct);
            command.Kill();
            await command.WaitForExitAsync(ct);
            kills++;
        }
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        var left = await AskAsync(plan, connection => connection.ValueAsync<int>("SELECT count(*)::int FROM pt.import_row", ct), ct);

        using (var command = ImportMillion.Command(plan, list.File))
        {
            await UntilAsync(plan, run => run.State == ImportState.Checking && run.Progress > Rows / 5, ct);
            command.Kill();
            program.KillProgram();
            program.KillPostgres();
            await command.WaitForExitAsync(ct);
            kills += 3;
        }
        await program.StartAgainAsync(ct);
        var found = await UntilAsync(plan, run => run.State == ImportState.Checked, ct);
        await StartAsync(program, found.Id, ct);
        foreach (var (share, what) in new (double, Action)[] { (0.2, program.KillProgram), (0.4, () => program.KillPostgres()), (0.6, () => { program.KillProgram(); program.KillPostgres(); }), (0.8, program.KillProgram) })
        {
            await UntilAsync(plan, run => run.State != ImportState.Committing || run.Progress > found.Accepted * share, ct);
            what();
            kills++;
            if (program.HasEnded) await program.StartAgainAsync(ct);
        }
        var end = await UntilAsync(plan, run => run.State is ImportState.Done or ImportState.Failed, ct);
        var (persons, ofRows, numbers) = await AskAsync(plan, connection => connection.RowAsync("""
            SELECT (SELECT count(*)::int FROM pt.person WHERE import_id = $1), (SELECT count(DISTINCT person_id)::int FROM pt.import_row WHERE import_id = $1 AND verdict = 1),
              (SELECT count(*)::int FROM (SELECT number_index FROM pt.person_document WHERE import_id = $1 GROUP BY 1 HAVING count(*) > 1) twice)
            """, r => (r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), ct, end.Id), ct);
        var passed = left == 0 && end.State == ImportState.Done && (end.Read, end.Accepted, end.Duplicate, end.Rejected) == (list.Rows, list.Accepted, list.Duplicate, list.Rejected) && persons == list.Accepted && ofRows == list.Accepted && numbers == 0;
        return new Figure(FormattableString.Invariant($"{kills} times killed; after the first {left} rows left; {end.Read} read = {end.Accepted} accepted + {end.Duplicate} duplicate + {end.Rejected} rejected (made: {list.Accepted}, {list.Duplicate}, {list.Rejected}); {persons} new persons of {ofRows} rows, {numbers} numbers twice"), passed);
    }

    private sealed record Run(Guid Id, ImportState State, int Read, int Accepted, int Duplicate, int Rejected, int Progress);

    private static Task<BigList.Made> ListAsync(LoadPlan plan, CancellationToken ct) => AskAsync(plan, connection => BigList.WriteAsync(plan, Rows, Path.Combine(BenchHome.Data, "import-killed.csv"), connection, ct), ct);

    /// <summary>On a connection of its own, since PostgreSQL is killed too.</summary>
    private static async Task<T> AskAsync<T>(LoadPlan plan, Func<NpgsqlConnection, Task<T>> ask, CancellationToken ct)
    {
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.SuperuserConnectionString(Installation.DatabaseName)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return await ask(connection);
    }

    /// <summary>Waits until the newest import is so.</summary>
    private static async Task<Run> UntilAsync(LoadPlan plan, Func<Run, bool> reached, CancellationToken ct)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Longest; await Task.Delay(300, ct))
        {
            try
            {
                var run = await AskAsync(plan, connection => connection.RowAsync("SELECT id, state, read, accepted, duplicate, rejected, progress FROM pt.import_run ORDER BY created_at DESC LIMIT 1",
                    r => new Run(r.GetGuid(0), (ImportState)r.GetInt16(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6)), ct), ct);
                if (run is not null && reached(run)) return run;
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
            {
                // PostgreSQL is being started again
            }
        }
        throw new TimeoutException("The import does not go on.");
    }

    /// <summary>As the button of the page does.</summary>
    private static async Task StartAsync(ProgramUnderTest program, Guid id, CancellationToken ct)
    {
        var who = await SignedIn.AsAsync(program.Address, "bd-tinh", GroundAccounts.Password, ct);
        using var client = new LoadClient(program.Address);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(program.Address, Links.Handler(Links.Import(new ImportId(id)), "Start"))) { Content = new FormUrlEncodedContent([KeyValuePair.Create("_form", who.FormToken)]) };
        request.Headers.TryAddWithoutValidation("Cookie", who.Cookie);
        if ((await client.OneAsync(request, ct, HttpStatusCode.Redirect)).Failed) throw new InvalidOperationException("The import could not be started.");
    }
}
