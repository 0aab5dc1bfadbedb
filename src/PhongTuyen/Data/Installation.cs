using System.Text.Json;
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

    private readonly KeyWatch watch;

    private Installation(EmbeddedPostgres? cluster, Database database, string admin, KeyRing keys, KeyWatch watch, Guid id, bool firstStart) =>
        (Cluster, Database, Admin, Keys, this.watch, Id, FirstStart) = (cluster, database, admin, keys, watch, id, firstStart);

    /// <summary>Null where a server is used.</summary>
    public EmbeddedPostgres? Cluster { get; }
    public Database Database { get; }
    /// <summary>Connection string of the role that changes the schema, and the keys.</summary>
    public string Admin { get; }
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
            return await OpenAsync(cluster, admin, settings, logs, clock, ct);
        }
        catch
        {
            if (cluster is not null) await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task<Outcome<Installation>> OpenAsync(EmbeddedPostgres? cluster, string admin, DatabaseSettings settings, ILoggerFactory logs, TimeProvider clock, CancellationToken ct)
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
        var watch = await KeyWatch.BeginAsync(database, keys, TimeSpan.FromSeconds(settings.KeySeconds), clock, logs.CreateLogger("PhongTuyen.Data.Keys"), ct);
        return new Installation(cluster, database, admin, keys, watch, id, first);
    }

    /// <summary>The keys of this database: made with it, and ever after those that it names.</summary>
    /// <exception cref="DatabaseException">The key file is missing, damaged, or another database's.</exception>
    internal static async Task<(KeyRing Keys, bool First)> KeysAsync(Database database, DatabaseSettings settings, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var folder = KeyCopy.Folder(settings);
        var first = (await KeysInUse.ReadAsync(connection, ct)).Prints.Count == 0;
        var keys = first && !KeyRing.Exists(folder) ? KeyRing.Make(folder) : KeyRing.Read(folder);
        if (first) await connection.RunAsync("UPDATE pt.installation SET key_prints = $1::jsonb, key_current = $2 WHERE key_prints = '{}'", ct, JsonSerializer.Serialize(keys.Prints), keys.Current);
        var known = await KeysInUse.ReadAsync(connection, ct);
        if (!keys.Take(known.Prints, known.Current, known.Edition))
            throw new DatabaseException($"The key file in {folder} is not the one of this database: its numbers could not be read. Put back the right one.");
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
        await watch.DisposeAsync();
        await Database.DisposeAsync();
        if (Cluster is not null) await Cluster.DisposeAsync();
    }
}
