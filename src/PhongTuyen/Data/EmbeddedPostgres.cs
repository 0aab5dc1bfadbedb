using Microsoft.Extensions.Logging;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// The PostgreSQL that the program starts for itself in its data folder: made at first start, reached by a socket that only its user can
/// open, watched and started again when it dies, stopped with the program. What is acknowledged stays: it refuses to run with
/// <c>fsync</c>, <c>full_page_writes</c> or <c>synchronous_commit</c> off (<see cref="DatabaseSafety"/>).
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The superuser. It makes roles and databases and never serves a request: it bypasses every row policy.</summary>
    public const string Superuser = "postgres";

    private readonly string sockets;
    private readonly string password;
    private readonly ClusterWatch? watch;

    private EmbeddedPostgres(string sockets, string password, int major, ClusterWatch? watch) =>
        (this.sockets, this.password, Major, this.watch) = (sockets, password, major, watch);

    /// <summary>The major version: 18.</summary>
    public int Major { get; }

    /// <summary>False where another program runs the cluster and this one only uses it.</summary>
    public bool IsOwner => watch is not null;

    /// <summary>The number of the postmaster's process; 0 while it is being started again, or where another program owns it.</summary>
    public int Process => watch?.Process ?? 0;

    /// <summary>How often it had to be started again.</summary>
    public int Restarts => watch?.Restarts ?? 0;

    /// <summary>It died and was started again: pooled connections are broken.</summary>
    public event Action? Restarted
    {
        add { if (watch is not null) watch.Restarted += value; }
        remove { if (watch is not null) watch.Restarted -= value; }
    }

    /// <summary>Makes the cluster where there is none, starts it, and waits until it answers and is found safe.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="log">Takes times, restarts and warnings.</param>
    /// <param name="clock">Measures and waits.</param>
    /// <param name="cancel">Gives up; what was started is stopped.</param>
    /// <returns>The refusals of <see cref="Problems"/>; <see cref="Problems.InUse"/> where another program runs on the folder.</returns>
    public static Task<Outcome<EmbeddedPostgres>> StartAsync(
        string data, ClusterOptions? options, ILogger log, TimeProvider clock, CancellationToken cancel = default) =>
        StartAsync(data, options ?? new(), (options ?? new()).WaitForOthers, log, clock, cancel);

    private static async Task<Outcome<EmbeddedPostgres>> StartAsync(
        string data, ClusterOptions options, TimeSpan waitForLock, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows()) return Problems.NotOnThisSystem();
        var folder = await ClusterFolder.OpenAsync(data, cancel);
        if (folder.Refused(out var problem)) return problem;
        var held = await ProgramLock.TakeAsync(folder.Value, waitForLock, clock, cancel);
        if (held.Refused(out problem)) return problem;
        ClusterWatch? watch = null;
        try
        {
            var prepared = await Cluster.PrepareAsync(folder.Value, options, log, clock, cancel);
            if (prepared.Refused(out problem)) return problem;
            var cluster = prepared.Value;
            var started = await ClusterWatch.StartAsync(cluster, options, held.Value, log, clock, cancel);
            if (started.Refused(out problem)) return problem;
            watch = started.Value;
            return new EmbeddedPostgres(cluster.Sockets, cluster.Password, cluster.Binaries.Major, watch);
        }
        finally
        {
            if (watch is null) await held.Value.DisposeAsync();
        }
    }

    /// <summary>Uses the cluster that another program runs on this folder, as the command line does. It ends when that program ends.</summary>
    /// <returns><see cref="Problems.NotRunning"/>, <see cref="Problems.ForeignOwner"/>, and what <see cref="DatabaseSafety"/> refuses.</returns>
    public static async Task<Outcome<EmbeddedPostgres>> AttachAsync(string data, ClusterOptions? options = null, CancellationToken cancel = default)
    {
        if (!Directory.Exists(data)) return Problems.NotRunning(data);
        var opened = await ClusterFolder.OpenAsync(data, cancel);
        if (opened.Refused(out var problem)) return problem;
        var folder = opened.Value;
        foreach (var major in folder.Majors.Reverse())
        {
            if (PostmasterFile.Read(folder.Cluster(major)) is not { Ready: true } file || !file.IsAliveIn(folder.Cluster(major))) continue;
            var password = folder.Password(make: false);
            if (password.Refused(out problem)) return problem;
            var safe = await ClusterConnection.CheckAsync(file.Sockets, password.Value, options ?? new(), cancel);
            return safe.Refused(out problem) ? problem : new EmbeddedPostgres(file.Sockets, password.Value, major, watch: null);
        }
        return Problems.NotRunning(folder.Data);
    }

    /// <summary>Starts the cluster, or uses it where another program already does: for the verbs of the command line.</summary>
    public static async Task<Outcome<EmbeddedPostgres>> StartOrAttachAsync(
        string data, ClusterOptions? options, ILogger log, TimeProvider clock, CancellationToken cancel = default)
    {
        options ??= new();
        for (var since = clock.GetTimestamp(); ;)
        {
            var started = await StartAsync(data, options, TimeSpan.Zero, log, clock, cancel);
            if (!started.Refused(out var problem) || problem.Code != Problems.InUse(data).Code) return started;
            // The other program may be just starting or just ending.
            var attached = await AttachAsync(data, options, cancel);
            if (attached.Done || clock.GetElapsedTime(since) > options.WaitForOthers) return attached;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancel);
        }
    }

    /// <summary>How Npgsql reaches a database of this cluster.</summary>
    public string ConnectionString(string database, string user, string password) => ClusterConnection.Text(sockets, database, user, password);

    /// <summary>As superuser, for making roles and databases. Not pooled.</summary>
    public string SuperuserConnectionString(string database = Superuser) => ClusterConnection.OfSuperuser(sockets, password, database);

    /// <summary>Ends all sessions, writes all, and waits for the end. Does nothing to a cluster of another program.</summary>
    public async Task StopAsync()
    {
        if (watch is not null) await watch.StopAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
