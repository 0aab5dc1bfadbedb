using Microsoft.Extensions.Logging;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reporting;

/// <summary>
/// Every 300 ms: folds the differences into the counters (whoever of several instances is first), and tells this instance's streams when
/// the version has moved. No NOTIFY: commits that notify wait for each other.
/// </summary>
public sealed class LiveFigures(Database database, TimeProvider clock, ILogger<LiveFigures> log) : RecurringWork(TimeSpan.FromMilliseconds(300), "The counters could not be folded (the figures stay exact, the streams wait)", clock, log, LogLevel.Warning)
{
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The version that the counters were last seen at.</summary>
    public long Version { get; private set; }

    /// <summary>Ends when the version is another one than this.</summary>
    public Task MovedFromAsync(long version) => Version != version ? Task.CompletedTask : moved.Task;

    protected override Task TurnAsync(CancellationToken ct) => BeatAsync(ct);

    internal async Task BeatAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("SELECT pt.report_fold_now($1)", ct, Clock.GetUtcNow());
        var version = await connection.ValueAsync<long>("SELECT version FROM pt.report_fold", ct);
        if (version == Version) return;
        Version = version;
        var before = moved;
        moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }
}
