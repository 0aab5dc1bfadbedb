using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>One start of a cluster: what came before it is gone, it answers, and it is found safe.</summary>
internal static class ClusterStart
{
    /// <summary>How long a cluster gets for its last checkpoint before it is stopped without one.</summary>
    public static readonly TimeSpan ToStop = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <returns><see cref="Problems.StillRunning"/>, <see cref="Problems.NotStarted"/>, and what <see cref="DatabaseSafety"/> refuses.</returns>
    public static async Task<Outcome<Postmaster>> RunAsync(Cluster cluster, ClusterOptions options, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        var gone = await PreviousPostmaster.WaitForEndAsync(cluster.Path, cluster.Sockets, options.WaitForOthers, log, clock, cancel);
        if (gone.Refused(out var problem)) return problem;

        var since = clock.GetTimestamp();
        LogFile.Trim(cluster.Folder.Log);
        var written = new FileInfo(cluster.Folder.Log).Length;
        var postmaster = await Postmaster.StartAsync(cluster.Folder.Log, cluster.Command);
        Postmaster? running = null;
        try
        {
            if ((await AnswersAsync(cluster, postmaster, written, log, clock, cancel)).Refused(out problem)) return problem;
            if ((await ClusterConnection.CheckAsync(cluster.Sockets, cluster.Password, options, cancel)).Refused(out problem)) return problem;
            log.LogInformation("PostgreSQL {Major} answers after {Elapsed:0} ms (process {Process}).",
                cluster.Binaries.Major, clock.GetElapsedTime(since).TotalMilliseconds, postmaster.Process);
            return running = postmaster;
        }
        catch (NpgsqlException failure)
        {
            return Problems.NotStarted(failure.Message, cluster.Folder.Log);
        }
        finally
        {
            if (running is null)
            {
                await postmaster.StopAsync(ToStop);
                postmaster.Dispose();
            }
        }
    }

    /// <summary>Without a limit while the postmaster lives: after a power cut it reads back what it had promised, which may take minutes.</summary>
    private static async Task<Outcome<Nothing>> AnswersAsync(
        Cluster cluster, Postmaster postmaster, long written, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        for (var (since, told) = (clock.GetTimestamp(), 0); ; await Task.Delay(Look, clock, cancel))
        {
            if (PostmasterFile.Read(cluster.Path) is { Ready: true } file && file.Process == postmaster.Process) return Nothing.Value;
            if (postmaster.HasEnded) return Problems.NotStarted(LogFile.Reason(LogFile.ReadFrom(cluster.Folder.Log, written)), cluster.Folder.Log);
            if (clock.GetElapsedTime(since).TotalSeconds < 10 * (told + 1)) continue;
            log.LogWarning("PostgreSQL is still recovering after {Seconds} s; see {Log}.", 10 * ++told, cluster.Folder.Log);
        }
    }
}
