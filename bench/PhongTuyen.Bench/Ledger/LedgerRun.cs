using System.Diagnostics;
using Npgsql;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;
using PhongTuyen.Demonstration;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Ledger;

/// <summary>
/// The ledger: clients admit and transfer persons over HTTP while the program and its PostgreSQL are killed without warning, each alone
/// or both at once. Afterwards everything that was acknowledged must be there exactly once.
/// </summary>
public static class LedgerRun
{
    private const int Clerks = 8;

    /// <param name="folder">A folder for the program's data; what is in it is thrown away.</param>
    /// <param name="seed">Decides when what is killed.</param>
    public static async Task<LedgerReport> RunAsync(string folder, int rounds, int seed, Action<string> say, CancellationToken ct)
    {
        foreach (var old in new[] { folder, folder + "-keys" })
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        await using var program = await ProgramUnderTest.StartAsync(folder, ProgramUnderTest.OneForMany, ct);
        var (book, random, slowest) = (new LedgerBook(), new Random(seed), TimeSpan.Zero);
        var (units, clients) = (await UnitsAsync(folder, ct), new List<ApiClient>());
        async Task<ApiClient> ClientAsync(string account)
        {
            var client = new ApiClient(program.Address, await SignedIn.AsAsync(program.Address, account, DemonstrationProvince.Password, ct));
            clients.Add(client);
            return client;
        }
        var clerks = new List<LedgerClerk>();
        for (var i = 0; i < Clerks; i++)
            clerks.Add(i % 2 == 0
                ? new LedgerClerk(i, book, await ClientAsync("nhap-lieu"), await ClientAsync("nhap-lieu-bv"), units["KCL-HS"], units["BV-TINH"], TimeProvider.System)
                : new LedgerClerk(i, book, await ClientAsync("nhap-lieu-st"), await ClientAsync("nhap-lieu-dc"), units["KCL-ST"], units["BV-DC"], TimeProvider.System));
        for (var round = 1; round <= rounds; round++)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var work = clerks.Select(clerk => Task.Run(() => clerk.RunAsync(ends.Token, ct), ct)).ToArray();
            await Task.Delay(random.Next(500, 2500), ct);
            var kills = round % 3;
            var since = Stopwatch.StartNew();
            if (kills != 1) program.KillPostgres();
            if (kills != 2)
            {
                program.KillProgram();
                await program.StartAgainAsync(ct);
            }
            else await program.ReadyAsync(TimeSpan.FromMinutes(2), ct);
            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
            var recovered = since.Elapsed;
            await Task.Delay(random.Next(300, 1200), ct);
            await ends.CancelAsync();
            await Task.WhenAll(work);
            say(FormattableString.Invariant($"  round {round}: killed {(kills == 1 ? "the program" : kills == 2 ? "PostgreSQL" : "both")}, ready again after {recovered.TotalSeconds:0.0} s; {book.Acknowledged} acknowledged so far"));
        }
        var so = new LedgerReport(rounds, book.Acknowledged, clients.Sum(client => client.Repeats), 0, 0, 0, 0, 0, slowest, book.Refused);
        foreach (var client in clients) client.Dispose();
        return await LedgerAudit.CompareAsync(book, folder, so, ct);
    }

    internal static async Task<Dictionary<string, UnitId>> UnitsAsync(string folder, CancellationToken ct)
    {
        await using var cluster = (await EmbeddedPostgres.AttachAsync(folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        return (await connection.RowsAsync("SELECT code, id FROM pt.unit", r => (Code: r.GetString(0), Id: new UnitId(r.GetInt32(1))), ct)).ToDictionary(unit => unit.Code, unit => unit.Id, StringComparer.Ordinal);
    }
}
