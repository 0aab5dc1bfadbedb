using Microsoft.Extensions.Logging;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>A cluster that is made and configured, ready to be started. Prepared only by the holder of the program's lock.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Binaries">Of the cluster's own version.</param>
/// <param name="Account">As whom it runs.</param>
/// <param name="Path">Its own folder, <c>pg18</c>.</param>
/// <param name="Sockets">Where its socket lies.</param>
/// <param name="Password">Of the superuser.</param>
internal sealed record Cluster(ClusterFolder Folder, PostgresBinaries Binaries, ServerAccount Account, string Path, string Sockets, string Password)
{
    /// <summary>The command that starts it. What stands here cannot be changed in a file: it is reached by its socket only.</summary>
    public IEnumerable<string> Command =>
    [
        .. Account.Prefix, Binaries.Postgres, "-D", Path, "-c", "listen_addresses=", "-c", "port=5432", "-c", $"unix_socket_directories={Sockets}",
        "-c", "unix_socket_permissions=0700", "-c", "logging_collector=off", "-c", "log_destination=stderr", "-c", PostmasterFile.Mark,
    ];

    public static async Task<Outcome<Cluster>> PrepareAsync(
        ClusterFolder folder, ClusterOptions options, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        var found = await PostgresBinaries.FindAsync(options.Binaries, folder, cancel);
        if (found.Refused(out var problem)) return problem;
        var binaries = found.Value;
        var path = folder.Cluster(binaries.Major);
        var owner = await Unix.OwnerOfAsync(path, cancel);
        var account = await ServerAccount.ChooseAsync(owner, folder, binaries, options, cancel);
        if (account.Refused(out problem)) return problem;
        var password = folder.Password(make: owner is null);
        if (password.Refused(out problem)) return problem;

        var cluster = new Cluster(folder, binaries, account.Value, path, folder.Sockets(), password.Value);
        if (owner is null && (await cluster.MakeAsync(options, log, clock, cancel)).Refused(out problem)) return problem;
        if (owner is { } before && before != cluster.Account.Owner) await cluster.GiveToAccountAsync(path, cancel);
        await cluster.ConfigureAsync(options, cancel);
        return (await cluster.MakeSocketFolderAsync(cancel)).Refused(out problem) ? problem : cluster;
    }

    /// <summary>Beside its place and then moved there, so that a start that is cut off in the middle leaves no half cluster.</summary>
    private async Task<Outcome<Nothing>> MakeAsync(ClusterOptions options, ILogger log, TimeProvider clock, CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        var draft = Path + ".new";
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        Unix.MakePrivateFolder(draft);
        await GiveToAccountAsync(draft, cancel);
        // The password comes by a pipe that the account itself has opened; a file of another user it could not read.
        string[] command =
        [
            .. Account.Prefix, "/bin/sh", "-c", "cat | \"$@\" --pwfile=/dev/stdin", "sh", Binaries.InitDb, "-D", draft, "-U", "postgres",
            "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", "--data-checksums", .. options.UnsafeForTests ? ["--no-sync"] : Array.Empty<string>(),
        ];
        var made = await ChildCommand.RunAsync(command, cancel, Password + "\n");
        if (!made.Succeeded) return Problems.NotMade(LogFile.Reason(made.Output.Split('\n')));
        Directory.Move(draft, Path);
        log.LogInformation("Made a PostgreSQL {Major} cluster in {Elapsed:0} ms: {Path}", Binaries.Major, clock.GetElapsedTime(since).TotalMilliseconds, Path);
        return Nothing.Value;
    }

    private async Task ConfigureAsync(ClusterOptions options, CancellationToken cancel)
    {
        var settings = System.IO.Path.Combine(Path, ServerSettings.FileName);
        await File.WriteAllTextAsync(settings, ServerSettings.Text(options, Binaries.CanPrewarm), cancel);
        await GiveToAccountAsync(settings, cancel);
        var main = System.IO.Path.Combine(Path, "postgresql.conf");
        if (!(await File.ReadAllLinesAsync(main, cancel)).Contains(ServerSettings.Include, StringComparer.Ordinal))
            await File.AppendAllTextAsync(main, "\n" + ServerSettings.Include + "\n", cancel);
    }

    /// <summary>In a folder for temporary files somebody else may have made one of this name: his would show him every password.</summary>
    private async Task<Outcome<Nothing>> MakeSocketFolderAsync(CancellationToken cancel)
    {
        Unix.MakePrivateFolder(Sockets);
        var owner = await Unix.OwnerOfAsync(Sockets, cancel);
        if ((owner != Unix.UserId() && owner != Account.Owner) || !Unix.IsPrivateFolder(Sockets)) return Problems.SocketFolder(Sockets);
        await GiveToAccountAsync(Sockets, cancel);
        return Nothing.Value;
    }

    private async Task GiveToAccountAsync(string path, CancellationToken cancel)
    {
        if (Account.IsDedicated) await ChildCommand.RunAsync(["chown", "-R", $"{Account.Owner}", path], cancel);
    }
}
