using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data;

/// <summary>What is confirmed on a screen survives a power cut, or the program does not start.</summary>
public sealed class DatabaseSafetyTests(ThrowawayCluster cluster) : IClassFixture<ThrowawayCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    [InlineData("synchronous_commit")]
    public async Task A_cluster_that_could_lose_acknowledged_rows_does_not_start(string setting)
    {
        var prepared = await cluster.PrepareAsync();
        var file = Path.Combine(prepared.Path, "postgresql.conf");
        var before = await File.ReadAllTextAsync(file, Cancel);
        await File.AppendAllTextAsync(file, $"{setting} = off\n", Cancel);

        var started = await EmbeddedPostgres.StartAsync(cluster.Data, cluster.Options, NullLogger.Instance, TimeProvider.System, Cancel);

        await File.WriteAllTextAsync(file, before, Cancel);
        started.Problem.Code.ShouldBe("data.not-durable");
        new Words().Say(Language.English, started.Problem).ShouldStartWith($"The database setting {setting} is off:");
        Unix.ProcessesIn(prepared.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_turned_off_by_a_statement_is_found_at_the_next_start()
    {
        await using (var postgres = await cluster.StartAsync()) await ThrowawayCluster.AskAsync(postgres, "ALTER SYSTEM SET full_page_writes = off");

        var started = await EmbeddedPostgres.StartAsync(cluster.Data, cluster.Options, NullLogger.Instance, TimeProvider.System, Cancel);

        started.Problem.Details["setting"].ShouldBe("full_page_writes");
        var automatic = Directory.EnumerateFiles(cluster.Data, "postgresql.auto.conf", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(automatic, "", Cancel);
        Unix.ProcessesIn(Path.GetDirectoryName(automatic)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_could_lose_acknowledged_rows_is_not_opened_wherever_it_was_turned_off()
    {
        await using var postgres = await cluster.StartAsync();
        var server = new NpgsqlConnectionStringBuilder(postgres.SuperuserConnectionString()) { Pooling = false };
        (await RefusalAsync(server)).ShouldBeNull();
        foreach (var (off, on, said) in new[]
        {
            ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM RESET fsync", "fsync off"),
            ("ALTER SYSTEM SET full_page_writes = off", "ALTER SYSTEM RESET full_page_writes", "full_page_writes off"),
            ("ALTER SYSTEM SET synchronous_commit = off", "ALTER SYSTEM RESET synchronous_commit", "synchronous_commit off"),
            ("ALTER ROLE pt_app SET synchronous_commit = 'OFF'", "ALTER ROLE pt_app RESET synchronous_commit", "synchronous_commit off"),
            ("ALTER ROLE pt_jobs SET synchronous_commit = no", "ALTER ROLE pt_jobs RESET synchronous_commit", "synchronous_commit off (pt_jobs)"),
            ("ALTER DATABASE postgres SET synchronous_commit = 0", "ALTER DATABASE postgres RESET synchronous_commit", "synchronous_commit off"),
        })
        {
            await ThrowawayCluster.AskAsync(postgres, off);
            await SettledAsync(postgres);
            (await RefusalAsync(server)).ShouldBe(said, off);
            await ThrowawayCluster.AskAsync(postgres, on);
            await SettledAsync(postgres);
        }
        server.Options = "-c synchronous_commit=off";
        (await RefusalAsync(server)).ShouldBe("synchronous_commit off", "in the connection string");
        server.Options = "-c work_mem=7MB -c statement_timeout=0";
        await using var database = (await Database.OpenAsync(server.ConnectionString, new DatabaseSettings(), Cancel)).Value;
        await using var connection = await database.App.OpenConnectionAsync(Cancel);
        (await connection.ValueAsync<string>("SELECT current_setting('work_mem') || ' ' || current_setting('statement_timeout')", Cancel)).ShouldBe($"7MB {new DatabaseSettings().StatementSeconds}s", "what the operator says stays, but what a session must have");
    }

    private static async Task<string?> RefusalAsync(NpgsqlConnectionStringBuilder server)
    {
        var opened = await Database.OpenAsync(server.ConnectionString, new DatabaseSettings(), Cancel);
        if (!opened.Done) return opened.Problem.Code == "data.not-durable" ? $"{opened.Problem.Details["setting"]} {opened.Problem.Details["value"]}" : opened.Problem.Code;
        await opened.Value.DisposeAsync();
        return null;
    }

    /// <summary>The server has read its settings again: a new session sees them.</summary>
    private static async Task SettledAsync(EmbeddedPostgres postgres)
    {
        var before = await ThrowawayCluster.AskAsync(postgres, "SELECT pg_conf_load_time()::text");
        await ThrowawayCluster.AskAsync(postgres, "SELECT pg_reload_conf()::text");
        for (var tries = 0; tries < 200 && await ThrowawayCluster.AskAsync(postgres, "SELECT pg_conf_load_time()::text") == before; tries++) await Task.Delay(10, Cancel);
    }

    [Fact]
    [Trait("Category", "Database")]
    public async Task The_server_under_test_is_safe_and_new_enough()
    {
        var server = Environment.GetEnvironmentVariable("PHONGTUYEN_TEST_SERVER");
        await using var embedded = server is null ? await cluster.StartAsync() : null;
        await using var connection = new NpgsqlConnection(server ?? embedded!.SuperuserConnectionString());
        await connection.OpenAsync(Cancel);
        (await DatabaseSafety.CheckAsync(connection, Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_role_that_does_not_wait_for_the_disk_is_refused_to_every_role()
    {
        await using var postgres = await cluster.StartAsync();
        await ThrowawayCluster.AskAsync(postgres, "CREATE ROLE hasty; ALTER ROLE hasty SET synchronous_commit = off");
        await using var connection = new NpgsqlConnection(postgres.SuperuserConnectionString());
        await connection.OpenAsync(Cancel);
        (await DatabaseSafety.CheckAsync(connection, Cancel)).Problem.Details["value"].ShouldBe("off (hasty)");

        await ThrowawayCluster.AskAsync(postgres, "DROP ROLE hasty");
        (await DatabaseSafety.CheckAsync(connection, Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_a_test_may_ask_for_a_cluster_that_is_not_safe()
    {
        Should.Throw<ArgumentException>(() => ServerSettings.Text(new() { Settings = new Dictionary<string, string> { ["FSync"] = "off" } }, prewarm: false));
        ServerSettings.Text(new(), prewarm: false).ShouldNotContain("fsync");

        var options = cluster.Options with { UnsafeForTests = true };
        await using (var unsafely = (await EmbeddedPostgres.StartAsync(cluster.Data, options, NullLogger.Instance, TimeProvider.System, Cancel)).Value)
            (await ThrowawayCluster.AskAsync(unsafely, "SHOW fsync")).ShouldBe("off");
        await using var safely = await cluster.StartAsync();
        (await ThrowawayCluster.AskAsync(safely, "SHOW fsync")).ShouldBe("on");
    }
}
