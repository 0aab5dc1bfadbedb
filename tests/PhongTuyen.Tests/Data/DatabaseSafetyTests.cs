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
        Should.Throw<ArgumentException>(() => ServerSettings.Text(new() { Settings = new Dictionary<string, string> { ["FSync"] = "off" } }));
        ServerSettings.Text(new()).ShouldNotContain("fsync");

        var options = cluster.Options with { UnsafeForTests = true };
        await using (var unsafely = (await EmbeddedPostgres.StartAsync(cluster.Data, options, NullLogger.Instance, TimeProvider.System, Cancel)).Value)
            (await ThrowawayCluster.AskAsync(unsafely, "SHOW fsync")).ShouldBe("off");
        await using var safely = await cluster.StartAsync();
        (await ThrowawayCluster.AskAsync(safely, "SHOW fsync")).ShouldBe("on");
    }
}
