using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using Xunit;

namespace PhongTuyen.Tests.House;

/// <summary>
/// One PostgreSQL for a whole test run: embedded (with fsync off, a named exception) or the server of PHONGTUYEN_TEST_SERVER. In it one
/// migrated template with the official areas and the small province, copied for each test class.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static TestCluster? current;

    private readonly string folder = Path.Combine(Roomy ?? Path.GetTempPath(), "pt-test-" + Guid.CreateVersion7().ToString("N")[^12..]);
    private readonly List<string> made = [];
    private EmbeddedPostgres? embedded;
    private Template? template;
    private int copies;

    /// <summary>
    /// In memory where there is room (a run takes 0.8 GB at most): each copy is some 760 files, and a disk that makes and removes those of a hundred
    /// copies looks longer and longer for free entries (0.46 s a copy, 0.06 s in memory). Null: no such place, or too small.
    /// </summary>
    private static string? Roomy
    {
        get
        {
            const string Memory = "/dev/shm";
            return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > 2L << 30 && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 6L << 30 ? Memory : null;
        }
    }

    public static async Task<TestCluster> CurrentAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (current is null)
            {
                var cluster = new TestCluster();
                await cluster.InitializeAsync();
                current = cluster;
            }
            return current;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (current is not null || embedded is not null) return;
        current = this;
        if (Server is not null) return;
        Directory.CreateDirectory(folder);
        var options = new ClusterOptions { UnsafeForTests = true, Settings = new Dictionary<string, string> { ["max_connections"] = "300", ["shared_buffers"] = "128MB" } };
        embedded = (await EmbeddedPostgres.StartAsync(folder, options, NullLogger.Instance, TimeProvider.System)).Value;
    }

    private static string? Server => Environment.GetEnvironmentVariable("PHONGTUYEN_TEST_SERVER") is { Length: > 0 } server ? server : null;

    private string Admin(string database) => Server is { } server ? new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ConnectionString : embedded!.SuperuserConnectionString(database);

    private sealed record Template(string Name, AreaStore Areas, TestProvince Place);

    /// <param name="Admin">The administrator's connection string.</param>
    /// <param name="Areas">The areas as they stand in it.</param>
    public sealed record Copy(string Admin, AreaStore Areas, TestProvince Place);

    /// <summary>A fresh copy of the template.</summary>
    public async Task<Copy> CopyAsync()
    {
        await Gate.WaitAsync();
        try
        {
            template ??= await MakeTemplateAsync();
            var name = $"{template.Name}_{++copies}";
            await RunAsync($"CREATE DATABASE {name} TEMPLATE {template.Name} STRATEGY FILE_COPY");
            made.Add(name);
            return new(Admin(name), template.Areas.Copy(), template.Place);
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DropAsync(string admin) => await RunAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(admin).Database} WITH (FORCE)");

    private async Task<Template> MakeTemplateAsync()
    {
        var name = "pt_template_" + Environment.ProcessId;
        await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await RunAsync($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        made.Add(name);
        var database = (await Database.OpenAsync(Admin(name), new DatabaseSettings(), CancellationToken.None, unsafeForTests: true)).Value;
        var areas = new AreaStore();
        TestProvince place;
        await using (database)
        {
            var clock = new TestClock();
            clock.Advance(TimeSpan.FromSeconds(-1)); // before any test begins
            await areas.OpenAsync(database, clock, CancellationToken.None);
            place = await TestProvince.MakeAsync(database, areas, clock);
        }
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        return new(name, areas, place);
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Admin("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (embedded is null)
        {
            foreach (var name in made) await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            return;
        }
        await embedded.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
