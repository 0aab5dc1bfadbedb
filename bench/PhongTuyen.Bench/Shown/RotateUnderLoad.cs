using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Areas;
using PhongTuyen.Bench.Pages;
using PhongTuyen.Bench.Province;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Policies;
using PhongTuyen.Web;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// The keys of a copy of the province are changed by the command line while people search by number and telephone and open records without pause; the command is killed twice on its way and called again.
/// Afterwards every sealed value is opened, and every hash compared with what its value gives.
/// </summary>
internal static class RotateUnderLoad
{
    private const int Clients = 4, Sampled = 20_000, KillNow = 9;
    private static readonly int[] KilledAt = [30, 65];

    private sealed record Known(Guid Person, string Number, string Phone);

    private sealed class Asked
    {
        public ConcurrentBag<double> Searches { get; } = [];
        public ConcurrentBag<double> Pages { get; } = [];
        public ConcurrentDictionary<string, int> Wrong { get; } = new(StringComparer.Ordinal);
    }

    public static async Task<Figure> MeasureAsync(LoadPlan of, CancellationToken ct)
    {
        var plan = await FolderCopy.OfAsync(of, "keys", ct);
        var (asked, quiet) = (new Asked(), new Asked());
        string killed;
        TimeSpan took;
        await using (var program = await ProgramUnderTest.StartAsync(plan.Folder, ProgramUnderTest.OneForMany, ct))
        {
            var known = await KnownAsync(plan, ct);
            var who = await SignedIn.AsAsync(program.Address, "bd-tinh", GroundAccounts.Password, ct);
            await AskAsync(program.Address, who, known, new Asked(), Task.Delay(TimeSpan.FromSeconds(5), ct), ct);
            await AskAsync(program.Address, who, known, quiet, Task.Delay(TimeSpan.FromSeconds(15), ct), ct);
            var since = Stopwatch.GetTimestamp();
            var rotating = RotateAsync(plan.Folder, ct);
            await AskAsync(program.Address, who, known, asked, rotating, ct);
            (killed, took) = (await rotating, Stopwatch.GetElapsedTime(since));
        }
        var (rows, unreadable, left, wrong, sealing) = await ReadAllAsync(plan.Folder, ct);
        var missed = asked.Wrong.Values.Sum();
        return new Figure(string.Create(CultureInfo.InvariantCulture, $"{rows} rows sealed anew in {sealing.TotalSeconds:0} s ({rows / Math.Max(1, sealing.TotalSeconds):0} a second; {took.TotalSeconds:0} s with all starts of the command, {killed}); {asked.Searches.Count} searches meanwhile, {missed} missed or failed; p95 {PagesRun.At(asked.Searches, 0.95):0} ms (before it {PagesRun.At(quiet.Searches, 0.95):0} ms), of a record {PagesRun.At(asked.Pages, 0.95):0} ms ({PagesRun.At(quiet.Pages, 0.95):0} ms); afterwards {unreadable} unreadable, {left} rows and {wrong} hashes under the old key")
            + string.Concat(asked.Wrong.Select(pair => $"\n  {pair.Key}: {pair.Value}")), missed + unreadable + left + wrong == 0 && rows > of.Persons && !asked.Searches.IsEmpty);
    }

    /// <summary>Persons from all over, with the number and the telephone that find them.</summary>
    private static async Task<List<Known>> KnownAsync(LoadPlan plan, CancellationToken ct)
    {
        await using var cluster = (await EmbeddedPostgres.AttachAsync(plan.Folder, null, ct)).Value;
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await connection.OpenAsync(ct);
        var ring = KeyRing.Read(plan.Folder + "-keys");
        var seals = new PersonSeals(new FieldCipher(ring), new BlindIndex(ring));
        return await connection.RowsAsync(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT d.person_id, d.id, d.number, h.id, h.number FROM pt.person_document d TABLESAMPLE BERNOULLI ({Math.Min(100, 110.0 * Sampled / plan.Persons):0.###}) REPEATABLE (7) JOIN pt.person_phone h ON h.person_id = d.person_id LIMIT {Sampled}
            """), r => new Known(r.GetGuid(0), seals.OpenDocument(r.GetGuid(1), r.GetFieldValue<byte[]>(2)), seals.OpenPhone(r.GetGuid(3), r.GetFieldValue<byte[]>(4))), ct);
    }

    /// <summary>As long as something lasts: a search by number, one by telephone, a record, and so on, through all of them again and again.</summary>
    private static async Task AskAsync(Uri address, SignedIn who, List<Known> known, Asked asked, Task lasts, CancellationToken ct)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (!lasts.IsCompleted)
            {
                var n = Interlocked.Increment(ref next);
                var one = known[(int)(n * 7919L % known.Count)];
                using var request = new HttpRequestMessage(n % 3 == 2 ? HttpMethod.Get : HttpMethod.Post, new Uri(address, n % 3 == 2 ? Links.Person(new PersonId(one.Person)) : Links.Search));
                request.Headers.TryAddWithoutValidation("Cookie", who.Cookie);
                if (n % 3 != 2) request.Content = new FormUrlEncodedContent([KeyValuePair.Create("_form", who.FormToken), KeyValuePair.Create("q", n % 3 == 0 ? one.Number : one.Phone)]);
                var begun = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request, ct);
                var text = await answer.Content.ReadAsStringAsync(ct);
                (n % 3 == 2 ? asked.Pages : asked.Searches).Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode) asked.Wrong.AddOrUpdate($"answered {(int)answer.StatusCode}", 1, (_, times) => times + 1);
                // A telephone may be that of more people than one list shows: then somebody is found, and a line says that there are more.
                else if (n % 3 != 2 && !text.Contains(one.Person.ToString(), StringComparison.Ordinal)) asked.Wrong.AddOrUpdate(n % 3 == 0 ? "missed by number" : "missed by telephone", 1, (_, times) => times + 1);
            }
        }));
    }

    /// <summary>The command, killed on its way, until it is done.</summary>
    private static async Task<string> RotateAsync(string folder, CancellationToken ct)
    {
        if (await RunAsync(folder, "rotate", null, ct) is var first and not 3) return $"the first call ended with {first}";
        await RunAsync(folder, "copied", null, ct);
        var killed = new List<string>();
        foreach (var percent in KilledAt) killed.Add(await RunAsync(folder, "rotate", percent, ct) == 128 + KillNow ? $"killed at {percent} %" : $"not killed at {percent} %");
        var last = await RunAsync(folder, "rotate", null, ct);
        return string.Join(", ", killed) + $", the last call ended with {last}";
    }

    /// <param name="killAt">Killed when it says so many percent; null: not.</param>
    private static async Task<int> RunAsync(string folder, string verb, int? killAt, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(BenchHome.Root, "phongtuyen")) { RedirectStandardOutput = true, ArgumentList = { "keys", verb, "--data", folder, "--lang", "en" } };
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            Console.WriteLine($"  {line.Trim()}");
            // The script gave its process to the program.
            if (killAt is { } least && line.Split('%') is [var percent, _, ..] && int.TryParse(percent.Trim(), CultureInfo.InvariantCulture, out var at) && at >= least) _ = Unix.Signal(process.Id, KillNow);
        }
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    /// <summary>Opens everything that is sealed.</summary>
    private static async Task<(long Rows, int Unreadable, int Left, int Wrong, TimeSpan Took)> ReadAllAsync(string folder, CancellationToken ct)
    {
        var settings = new ServiceCollection().AddSettings(new ConfigurationBuilder().AddInMemoryCollection([new("Database:Folder", folder)]).Build());
        var own = (DatabaseSettings)settings.Last(service => service.ServiceType == typeof(DatabaseSettings)).ImplementationInstance!;
        await using var installation = (await Installation.OpenAsync(own, attach: true, NullLoggerFactory.Instance, TimeProvider.System, ct)).Value;
        var areas = new AreaStore();
        await areas.OpenAsync(installation.Database, TimeProvider.System, ct);
        settings.AddSingleton(TimeProvider.System).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPlatform(installation.Database, installation.Keys, areas, PolicyBook.Read(areas, [Platform.PolicyFolder()]), new Words(typeof(Platform).Assembly));
        await using var services = settings.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(installation.Admin) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(ct);
        var (unreadable, left, wrong, head) = (0, 0, 0, FieldCipher.HeadOf(installation.Keys.Current));
        foreach (var table in scope.ServiceProvider.GetServices<ISealedTables>().SelectMany(module => module.Tables()))
        {
            string[] columns = [.. table.Key.Select(part => "t." + part.Name), .. table.Sealed.Select(column => "t." + column), .. table.Beside, .. table.Hashed.Select(column => "t." + column)];
            var (k, s, h) = (table.Key.Count, table.Sealed.Count, columns.Length - table.Hashed.Count);
            await using var command = connection.Command($"SELECT {string.Join(", ", columns)} FROM pt.{table.Name} t WHERE {string.Join(" OR ", table.Sealed.Select(column => $"t.{column} <> ''"))}");
            await using var r = await command.ExecuteReaderAsync(ct);
            while (await r.ReadAsync(ct))
                try
                {
                    var row = new SealedRow([.. Enumerable.Range(0, k).Select(r.GetValue)], [.. Enumerable.Range(k, s).Select(n => r.IsDBNull(n) ? null : r.GetFieldValue<byte[]>(n))], [.. Enumerable.Range(k + s, h - k - s).Select(n => r.IsDBNull(n) ? null : r.GetValue(n))]);
                    if (row.Sealed.Any(value => value is { Length: > 0 } && !value.AsSpan().StartsWith(head))) left++;
                    var anew = table.Anew(row);
                    for (var n = h; n < columns.Length; n++) if (!(r.IsDBNull(n) ? [] : r.GetFieldValue<byte[]>(n)).AsSpan().SequenceEqual(anew[s + n - h] ?? [])) wrong++;
                }
                catch (CryptographicException)
                {
                    unreadable++;
                }
        }
        var change = (await KeyRotation.LastAsync(connection, ct))!;
        return (change.Done, unreadable, left, wrong, (change.EndedAt ?? DateTimeOffset.MaxValue) - (change.CurrentAt ?? change.BegunAt));
    }
}
