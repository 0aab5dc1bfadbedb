using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhongTuyen.Data;
using Xunit;

namespace PhongTuyen.Tests.Data;

/// <summary>A data folder for the tests of the cluster itself; removed at the end. Other tests share one running cluster instead.</summary>
public sealed class ThrowawayCluster : IAsyncDisposable
{
    public string Data { get; init; } = Path.Combine(Path.GetTempPath(), $"phòng tuyến thử {Guid.CreateVersion7():N}"[..40]);

    public bool WithoutUserNamespace { get; init; }

    public ClusterOptions Options => new()
    {
        Settings = new Dictionary<string, string> { ["shared_buffers"] = "16MB" },
        WithoutUserNamespace = WithoutUserNamespace,
    };

    public async Task<EmbeddedPostgres> StartAsync() =>
        (await EmbeddedPostgres.StartAsync(Data, Options, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken)).Value;

    /// <summary>Made and configured, but not started.</summary>
    internal async Task<Cluster> PrepareAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = (await ClusterFolder.OpenAsync(Data, cancel)).Value;
        return (await Cluster.PrepareAsync(folder, Options, NullLogger.Instance, TimeProvider.System, cancel)).Value;
    }

    public static async Task<string?> AskAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.SuperuserConnectionString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }

    public static Task NextRestart(EmbeddedPostgres postgres)
    {
        var restarted = new TaskCompletionSource();
        postgres.Restarted += () => restarted.TrySetResult();
        return restarted.Task;
    }

    /// <summary>kill -9 of a process that the test itself has started.</summary>
    public static void Kill(int process)
    {
        using var target = Process.GetProcessById(process);
        target.Kill();
    }

    public static int ParentOf(int process) =>
        int.Parse(File.ReadAllLines($"/proc/{process}/status").Single(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);

    public static async Task UntilAsync(Func<bool> happened)
    {
        for (var since = Stopwatch.GetTimestamp(); !happened(); await Task.Delay(20, TestContext.Current.CancellationToken))
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(20)) throw new TimeoutException();
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
