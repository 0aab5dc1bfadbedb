using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// This installation's cluster (its own, or a server's), database and keys, opened together: keys and data that do not belong together
/// do not start.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    public const string DatabaseName = "phongtuyen";

    private Installation(EmbeddedPostgres? cluster, Database database, KeyRing keys, Guid id, bool firstStart) =>
        (Cluster, Database, Keys, Id, FirstStart) = (cluster, database, keys, id, firstStart);

    /// <summary>Null where a server is used.</summary>
    public EmbeddedPostgres? Cluster { get; }
    public Database Database { get; }
    public KeyRing Keys { get; }
    public Guid Id { get; }
    /// <summary>Whether the database was made just now.</summary>
    public bool FirstStart { get; }

    /// <summary>Opens what the settings name; makes it where it is not there yet.</summary>
    /// <param name="attach">True for the command line: where a program already runs on this data, its cluster is used.</param>
    public static async Task<Outcome<Installation>> OpenAsync(DatabaseSettings settings, bool attach, ILoggerFactory logs, TimeProvider clock, CancellationToken ct)
    {
        EmbeddedPostgres? cluster = null;
        var admin = settings.Server;
        if (admin.Length == 0)
        {
            var options = new ClusterOptions { Binaries = settings.Binaries.Length > 0 ? settings.Binaries : null };
            var log = logs.CreateLogger("PhongTuyen.Data.EmbeddedPostgres");
            var started = attach ? await EmbeddedPostgres.StartOrAttachAsync(settings.Folder, options, log, clock, ct) : await EmbeddedPostgres.StartAsync(settings.Folder, options, log, clock, ct);
            if (!started.Done) return started.As<Installation>();
            cluster = started.Value;
            await EnsureDatabaseAsync(cluster.SuperuserConnectionString(), ct);
            admin = cluster.SuperuserConnectionString(DatabaseName);
        }
        try
        {
            return await OpenAsync(cluster, admin, settings, ct);
        }
        catch
        {
            if (cluster is not null) await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task<Outcome<Installation>> OpenAsync(EmbeddedPostgres? cluster, string admin, DatabaseSettings settings, CancellationToken ct)
    {
        var opened = await Database.OpenAsync(admin, settings, ct);
        if (!opened.Done)
        {
            if (cluster is not null) await cluster.DisposeAsync();
            return opened.As<Installation>();
        }
        var database = opened.Value;
        if (cluster is not null) cluster.Restarted += database.Forget;
        var (keys, first) = await KeysAsync(database, settings, ct);
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var id = await connection.ValueAsync<Guid>("SELECT id FROM pt.installation", ct);
        return new Installation(cluster, database, keys, id, first);
    }

    /// <summary>The keys of this database: made with it, and ever after the same.</summary>
    /// <exception cref="DatabaseException">The key file is missing, damaged, or another database's.</exception>
    internal static async Task<(KeyRing Keys, bool First)> KeysAsync(Database database, DatabaseSettings settings, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var known = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>((await connection.ValueAsync<string>("SELECT key_prints::text FROM pt.installation", ct))!)!;
        var folder = KeyCopy.Folder(settings);
        var first = known.Count == 0;
        var keys = first && !KeyRing.Exists(folder) ? KeyRing.Make(folder) : KeyRing.Read(folder);
        if (known.Any(print => keys.Prints.GetValueOrDefault(print.Key) != print.Value))
            throw new DatabaseException($"The key file in {folder} is not the one of this database: its numbers could not be read. Put back the right one.");
        await connection.RunAsync("UPDATE pt.installation SET key_prints = $1::jsonb", ct, System.Text.Json.JsonSerializer.Serialize(keys.Prints));
        return (keys, first);
    }

    private static async Task EnsureDatabaseAsync(string admin, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync(ct);
        if (!await connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", ct, DatabaseName))
            await connection.RunAsync($"CREATE DATABASE {DatabaseName} TEMPLATE template0 ENCODING 'UTF8'", ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Cluster is not null) await Cluster.DisposeAsync();
    }
}
