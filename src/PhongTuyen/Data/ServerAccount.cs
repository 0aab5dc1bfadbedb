using System.Globalization;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// As whom PostgreSQL runs. Usually as the user himself; root is refused by PostgreSQL, so that root steps down: into a user
/// namespace where he has another number (all files stay root's), or, where that is forbidden, to a user without rights; in a
/// folder that only root may enter, that user keeps the one capability of passing and reading what is closed.
/// </summary>
/// <param name="Prefix">What comes before each command of PostgreSQL. All of them replace themselves by the command, so that its process number is theirs.</param>
/// <param name="Name">For a sentence.</param>
/// <param name="Owner">The number of the user to whom the cluster's files belong.</param>
internal sealed record ServerAccount(IReadOnlyList<string> Prefix, string Name, int Owner)
{
    private const int Root = 0;

    /// <summary>
    /// Of setpriv: to pass folders that are closed to the user. It reads as well, and writes nothing that is not the user's own. Without the security bit the kernel leaves
    /// capabilities aside where a program asks by access(2) whether it may, as initdb does (capabilities(7)).
    /// </summary>
    private static readonly string[] Passing = ["--securebits=+no_setuid_fixup", "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"];

    /// <summary>The user of the program is not the owner of the files.</summary>
    public bool IsDedicated => Owner != Unix.UserId();

    /// <param name="owner">Who owns the cluster; null where there is none yet.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="binaries">What the account must be able to run.</param>
    /// <param name="options">Whether to act as if user namespaces were forbidden.</param>
    /// <param name="cancel">Stops asking.</param>
    public static async Task<Outcome<ServerAccount>> ChooseAsync(
        int? owner, ClusterFolder folder, PostgresBinaries binaries, ClusterOptions options, CancellationToken cancel)
    {
        var self = Unix.UserId();
        if (self != Root)
        {
            if (owner is not null && owner != self) return await ClusterFolder.ForeignAsync(folder.Data, owner, cancel);
            return new ServerAccount([], Environment.UserName, self);
        }
        var dedicated = await DedicatedAsync([], cancel);
        if (owner is not (null or Root) && owner != dedicated?.Owner) return await ClusterFolder.ForeignAsync(folder.Data, owner, cancel);

        Problem? refusal = null;
        if (owner is null or Root && !options.WithoutUserNamespace && await NamespaceAsync(cancel) is { } inside)
        {
            if (!(await ReachAsync(inside, folder, binaries, cancel)).Refused(out refusal)) return inside;
        }
        if (dedicated is null) return refusal ?? Problems.NoUser();
        Unix.LetOthersPass(folder.Data);
        if (!(await ReachAsync(dedicated, folder, binaries, cancel)).Refused(out refusal)) return dedicated;
        return await DedicatedAsync(Passing, cancel) is { } passing && (await ReachAsync(passing, folder, binaries, cancel)).Done ? passing : refusal;
    }

    /// <summary>Within the namespace root has the number of some user of this system, since PostgreSQL looks up its own name.</summary>
    private static async Task<ServerAccount?> NamespaceAsync(CancellationToken cancel)
    {
        foreach (var name in new[] { "postgres", "daemon", "nobody" })
        {
            if (await NumbersAsync(name, cancel) is not var (user, group)) continue;
            string[] prefix = ["unshare", "--user", $"--map-user={user}", $"--map-group={group}", "--"];
            if ((await ChildCommand.RunAsync([.. prefix, "true"], cancel)).Succeeded) return new(prefix, "root", Root);
        }
        return null;
    }

    private static async Task<ServerAccount?> DedicatedAsync(string[] capabilities, CancellationToken cancel)
    {
        foreach (var name in new[] { "postgres", "nobody" })
        {
            if (await NumbersAsync(name, cancel) is not var (user, group)) continue;
            string[] prefix = ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", .. capabilities, "--"];
            if ((await ChildCommand.RunAsync([.. prefix, "true"], cancel)).Succeeded) return new(prefix, name, user);
        }
        return null;
    }

    private static async Task<Outcome<Nothing>> ReachAsync(ServerAccount account, ClusterFolder folder, PostgresBinaries binaries, CancellationToken cancel)
    {
        foreach (var (path, test) in new[] { (binaries.Postgres, "test -r \"$1\" && test -x \"$1\""), (folder.Data, "test -x \"$1\"") })
            if (!(await ChildCommand.RunAsync([.. account.Prefix, "/bin/sh", "-c", test, "sh", path], cancel)).Succeeded)
                return Problems.OutOfReach(account.Name, path);
        return Nothing.Value;
    }

    private static async Task<(int User, int Group)?> NumbersAsync(string name, CancellationToken cancel)
    {
        var user = await ChildCommand.RunAsync(["id", "-u", name], cancel);
        var group = await ChildCommand.RunAsync(["id", "-g", name], cancel);
        return user.Succeeded && group.Succeeded
            ? (int.Parse(user.Output, CultureInfo.InvariantCulture), int.Parse(group.Output, CultureInfo.InvariantCulture))
            : null;
    }
}
