using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Audit;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Bench.Province;

/// <summary>
/// Fills a cluster of its own with a big province, as the owner of the tables: binary COPY without triggers, indexes made afterwards,
/// words of names and counters computed for all rows at once by the sentences of the schema itself, and the counters compared with a recount.
/// </summary>
public sealed class ProvinceLoader
{
    private readonly string admin;

    private ProvinceLoader(string admin, KeyRing keys, LoadPlan plan, TimeProvider clock)
    {
        this.admin = new NpgsqlConnectionStringBuilder(admin) { Pooling = false, CommandTimeout = 0, SearchPath = "pt", Timezone = "UTC" }.ConnectionString;
        (Plan, Clock, Seals, CorrectionSeals) = (plan, clock, new PersonSeals(new FieldCipher(keys), new BlindIndex(keys)), new CorrectionSeals(new FieldCipher(keys), new BlindIndex(keys)));
    }

    internal LoadPlan Plan { get; }
    internal PersonSeals Seals { get; }
    internal CorrectionSeals CorrectionSeals { get; }
    internal TimeProvider Clock { get; }

    /// <summary>A connection that writes without triggers and foreign keys: what it writes is right by construction, and is checked at the end.</summary>
    internal NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(admin);
        connection.Open();
        using var command = new NpgsqlCommand("SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Makes the province, or leaves the kept one where it is of the same make.</summary>
    public static async Task EnsureAsync(LoadPlan plan, CancellationToken ct)
    {
        if (plan.IsLoaded) return;
        Console.WriteLine($"Loading {plan.Persons:N0} persons, {plan.Facilities:N0} facilities, {plan.Stays:N0} stays …");
        foreach (var folder in new[] { plan.Folder, plan.Folder + "-keys" })
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(plan.Folder);
        var since = Stopwatch.StartNew();
        var settings = new DatabaseSettings { Folder = plan.Folder };
        await using (var installation = (await Installation.OpenAsync(settings, attach: false, NullLoggerFactory.Instance, TimeProvider.System, ct)).Value)
        {
            var areas = new AreaStore();
            await areas.OpenAsync(installation.Database, TimeProvider.System, ct);
            var first = await FirstAccounts.EnsureAsync(installation.Database, TimeProvider.System, "Bộ Y tế (bàn đo)", ct);
            await FillAsync(installation.Database, installation.Cluster!.SuperuserConnectionString(Installation.DatabaseName), installation.Keys, first, settings, plan, TimeProvider.System, Console.WriteLine, ct);
        }
        await File.WriteAllTextAsync(plan.MarkFile, plan.Mark, ct);
        Console.WriteLine($"Loaded in {since.Elapsed.TotalMinutes:0.0} min.");
    }

    /// <summary>Fills an installation that has its areas and first accounts.</summary>
    /// <param name="admin">Connection string of a superuser of its database.</param>
    public static async Task FillAsync(Database database, string admin, KeyRing keys, FirstAccounts.Made first, DatabaseSettings settings, LoadPlan plan, TimeProvider clock, Action<string> say, CancellationToken ct) =>
        await new ProvinceLoader(admin, keys, plan, clock).RunAsync(first, new AuditSealer(database, new AuditSettings(), settings, clock, NullLogger<AuditSealer>.Instance), say, ct);

    private async Task RunAsync(FirstAccounts.Made first, AuditSealer sealer, Action<string> say, CancellationToken ct)
    {
        async Task StepAsync(string what, Func<Task> step)
        {
            var since = Stopwatch.StartNew();
            await step();
            say(FormattableString.Invariant($"  {what,-45} {since.Elapsed.TotalSeconds,7:0.0} s"));
        }
        Ground ground = null!;
        PersonRows persons = null!;
        await using var connection = Open();
        await StepAsync("areas, units, facilities, accounts", async () => ground = await Ground.MakeAsync(this, connection, first, ct));
        await StepAsync("data that units owe", () => Duties.WriteAsync(connection, Clock.Today(), ct));
        var indexes = new List<string>();
        await StepAsync("indexes set aside", async () => indexes = await BigTables.DropIndexesAsync(connection, ct));
        await StepAsync("persons, papers, telephones, addresses, ties", () => Task.Run(() => (persons = new PersonRows(this, ground)).Write(), ct));
        await StepAsync("stays, beds, transfers, cases, results", () => Task.Run(() => StayRows.Write(this, ground, persons), ct));
        await StepAsync("requests to correct, work lists", () => Task.Run(() => CorrectionRows.Write(this, ground, persons), ct));
        await StepAsync("words of names", () => BigTables.TokensAsync(connection, ct));
        await StepAsync("indexes", () => BigTables.MakeIndexesAsync(connection, indexes, ct));
        await StepAsync("pairs that may be one person", () => MatchRows.WriteAsync(connection, ct));
        await StepAsync("counters", () => Counters.MakeAsync(connection, ct));
        await StepAsync("counters against a recount", () => Counters.CheckAsync(connection, ct));
        await StepAsync("audit of the entries, sealed", () => AuditRows.WriteAsync(connection, sealer, ct));
        await StepAsync("looks by operator and day", () => LookRows.WriteAsync(connection, Clock.Today(), ct));
        await StepAsync("statistics", () => BigTables.AnalyseAsync(connection, ct));
    }
}
