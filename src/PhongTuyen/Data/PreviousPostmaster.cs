using Microsoft.Extensions.Logging;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>What an earlier program, killed perhaps, or the power with it, has left of its postmaster. Asked only by the holder of the program's lock.</summary>
internal static class PreviousPostmaster
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an orphan may take to write its last checkpoint once it was told to stop.</summary>
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Waits until nobody works in the cluster any more. An orphan stops by itself, since its program's pipe is closed; one that
    /// even lost its watcher is asked to.
    /// </summary>
    /// <returns><see cref="Problems.StillRunning"/>: somebody started PostgreSQL here by hand.</returns>
    public static async Task<Outcome<Nothing>> WaitForEndAsync(
        string cluster, string sockets, TimeSpan patience, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        var asked = false;
        while (PostmasterFile.Read(cluster) is { } file && file.IsAliveIn(cluster))
        {
            var waited = clock.GetElapsedTime(since);
            if (!asked && waited > patience)
            {
                if (!file.IsOurs()) return Problems.StillRunning(cluster, file.Process);
                log.LogWarning("An orphaned PostgreSQL (process {Process}) does not stop by itself; asking it to.", file.Process);
                asked = Unix.Signal(file.Process, Unix.Interrupt) == 0;
            }
            if (waited > patience + ToStop) return Problems.StillRunning(cluster, file.Process);
            await Task.Delay(Look, clock, cancel);
        }
        // After a kill -9 its children notice within moments; PostgreSQL itself refuses to start while one of them lives.
        while (Unix.ProcessesIn(cluster) is { Count: > 0 } && clock.GetElapsedTime(since) < patience) await Task.Delay(Look, clock, cancel);
        RemoveStale(cluster, sockets);
        return Nothing.Value;
    }

    /// <summary>
    /// PostgreSQL takes over a stale file itself, unless the number in it has gone to another process meanwhile, as happens after
    /// a power cut and at each start of a container. Only where the system shows that nobody works in the cluster is it removed here:
    /// the file also guards against the children of a killed postmaster.
    /// </summary>
    private static void RemoveStale(string cluster, string sockets)
    {
        if (Unix.ProcessesIn(cluster) is not { Count: 0 }) return;
        File.Delete(PostmasterFile.In(cluster));
        if (!Directory.Exists(sockets)) return;
        foreach (var file in Directory.EnumerateFiles(sockets, ".s.PGSQL.*")) File.Delete(file);
    }
}
