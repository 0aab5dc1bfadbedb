using Microsoft.Extensions.Logging;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>Keeps a cluster running for as long as its program wants it: starts it, notices its death, starts it again.</summary>
internal sealed class ClusterWatch : IAsyncDisposable
{
    /// <summary>Before the first new start; doubled with each that does not last.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A cluster that ran this long had recovered; its next death is a new misfortune, not the old one.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    private readonly Cluster cluster;
    private readonly ClusterOptions options;
    private readonly FileStream held;
    private readonly ILogger log;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock oneStop = new();
    private Postmaster? postmaster;
    private Task watching = Task.CompletedTask;
    private Task? stopped;

    private ClusterWatch(Cluster cluster, ClusterOptions options, FileStream held, ILogger log, TimeProvider clock) =>
        (this.cluster, this.options, this.held, this.log, this.clock) = (cluster, options, held, log, clock);

    public event Action? Restarted;

    /// <summary>0 while there is none.</summary>
    public int Process { get; private set; }

    public int Restarts { get; private set; }

    /// <param name="cluster">A prepared one.</param>
    /// <param name="options">As given to the program.</param>
    /// <param name="held">The program's lock. It is let go when the cluster has stopped.</param>
    /// <param name="log">Takes each death and start.</param>
    /// <param name="clock">Measures and waits.</param>
    /// <param name="cancel">Gives up the first start.</param>
    public static async Task<Outcome<ClusterWatch>> StartAsync(
        Cluster cluster, ClusterOptions options, FileStream held, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        var started = await ClusterStart.RunAsync(cluster, options, log, clock, cancel);
        if (started.Refused(out var problem)) return problem;
        var watch = new ClusterWatch(cluster, options, held, log, clock);
        watch.Take(started.Value);
        watch.watching = Task.Run(watch.WatchAsync, CancellationToken.None);
        return watch;
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Once; whoever asks again waits for the same end.</summary>
    public Task StopAsync()
    {
        lock (oneStop) return stopped ??= StopOnceAsync();
    }

    private async Task StopOnceAsync()
    {
        await stopping.CancelAsync();
        await watching;
        if (postmaster is { } running)
        {
            await running.StopAsync(ClusterStart.ToStop);
            running.Dispose();
        }
        Take(null);
        stopping.Dispose();
        await held.DisposeAsync();
        log.LogInformation("PostgreSQL has stopped.");
    }

    private void Take(Postmaster? now) => (postmaster, Process) = (now, now?.Process ?? 0);

    private async Task WatchAsync()
    {
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var since = clock.GetTimestamp();
                if (postmaster is { } running) await WaitForEndAsync(running);
                if (clock.GetElapsedTime(since) > Lasting) pause = ShortestPause;
                await Task.Delay(pause, clock, stopping.Token);
                if (pause < LongestPause) pause *= 2;
                await StartAgainAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task WaitForEndAsync(Postmaster running)
    {
        var end = running.EndedAsync(stopping.Token);
        while (await Task.WhenAny(end, Task.Delay(TimeSpan.FromMinutes(1), clock, stopping.Token)) != end)
        {
            stopping.Token.ThrowIfCancellationRequested();
            LogFile.Trim(cluster.Folder.Log);
        }
        await end;
        log.LogError("PostgreSQL (process {Process}) has died; starting it again. See {Log}.", running.Process, cluster.Folder.Log);
        // Closes the pipe too: where only the shell between was killed, its watcher now stops the postmaster.
        Take(null);
        await running.StopAsync(ClusterStart.ToStop);
        running.Dispose();
    }

    private async Task StartAgainAsync()
    {
        try
        {
            var started = await ClusterStart.RunAsync(cluster, options, log, clock, stopping.Token);
            if (started.Refused(out var problem))
            {
                log.LogError("PostgreSQL could not be started again: {Reason}", new Words().Say(Language.English, problem));
                return;
            }
            Take(started.Value);
            Restarts++;
            Restarted?.Invoke();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A full disk, a handler's fault: the database is tried again whatever it was.
            log.LogError(failure, "PostgreSQL could not be started again.");
        }
    }
}
