using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// The data folder: <c>pg18/</c> the cluster, <c>run/</c> its socket, <c>secrets/postgres</c> its password, <c>log/</c>, and
/// <c>program.lock</c>, which the program that owns the cluster holds.
/// </summary>
internal sealed class ClusterFolder
{
    private const string SocketName = "/.s.PGSQL.5432";

    /// <summary>What PostgreSQL's list of socket folders or Npgsql's list of hosts would take for something else.</summary>
    private static readonly SearchValues<char> Misread = SearchValues.Create(",\"\\:@\r\n\t");

    private ClusterFolder(string data) => Data = data;

    public string Data { get; }
    public string Secrets => Path.Combine(Data, "secrets");
    public string PasswordFile => Path.Combine(Secrets, "postgres");
    public string Log => Path.Combine(Data, "log", "postgresql.log");
    public string Lock => Path.Combine(Data, "program.lock");
    public string Cluster(int major) => Path.Combine(Data, $"pg{major}");

    /// <summary>The versions of the clusters that lie here, oldest first. Usually one.</summary>
    public IReadOnlyList<int> Majors =>
        [.. Directory.EnumerateDirectories(Data, "pg*").Where(folder => File.Exists(Path.Combine(folder, "PG_VERSION")))
            .Select(folder => int.TryParse(Path.GetFileName(folder).AsSpan(2), CultureInfo.InvariantCulture, out var major) ? major : 0).Where(major => major > 0).Order()];

    /// <summary>Makes what is missing of the folder, for its owner only.</summary>
    /// <returns><see cref="Problems.ForeignOwner"/> where the folder or its cluster was made by another user.</returns>
    public static async Task<Outcome<ClusterFolder>> OpenAsync(string data, CancellationToken cancel)
    {
        data = Path.GetFullPath(data);
        try
        {
            Unix.MakePrivateFolder(data);
            // One name for one folder, whatever links lead to it: the socket's name and the check of processes need that.
            var real = await ChildCommand.RunAsync(["/bin/sh", "-c", "cd \"$1\" && pwd -P", "sh", data], cancel);
            var folder = new ClusterFolder(real.Succeeded ? real.Output : data);
            Unix.MakePrivateFolder(folder.Secrets);
            Unix.MakePrivateFolder(Path.GetDirectoryName(folder.Log)!);
            File.AppendAllText(folder.Log, "");
            return folder;
        }
        catch (UnauthorizedAccessException)
        {
            return await ForeignAsync(data, await Unix.OwnerOfAsync(data, cancel), cancel);
        }
        catch (IOException problem)
        {
            return Problems.NotMade(problem.Message);
        }
    }

    /// <summary>A cluster belongs to one user for ever: another one could start it, but would leave files that the first cannot open.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="owner">Who owns the cluster; null where even that is hidden.</param>
    /// <param name="cancel">Stops asking.</param>
    public static async Task<Problem> ForeignAsync(string data, int? owner, CancellationToken cancel) =>
        Problems.ForeignOwner(data, owner is { } number ? await Unix.NameOfAsync(number, cancel) : "?", await Unix.NameOfAsync(Unix.UserId(), cancel));

    /// <summary>
    /// Where the socket lies: within the data folder, or, where the system's 107 bytes for its path do not suffice or a connection
    /// string would misread it, in a private folder for temporary files.
    /// </summary>
    public string Sockets()
    {
        var own = Path.Combine(Data, "run");
        if (Fits(own) && !own.AsSpan().ContainsAny(Misread)) return own;
        var name = "phongtuyen-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data)))[..16];
        var temporary = Path.Combine(Path.GetTempPath(), name);
        return Fits(temporary) ? temporary : Path.Combine("/tmp", name);
    }

    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(folder + SocketName) <= (OperatingSystem.IsMacOS() ? 103 : 107);

    /// <summary>The password of the superuser <c>postgres</c>, made at first start.</summary>
    public Outcome<string> Password(bool make)
    {
        if (File.Exists(PasswordFile)) return File.ReadAllText(PasswordFile).Trim();
        if (!make) return Problems.SecretMissing(PasswordFile);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        Unix.WritePrivateFile(PasswordFile, password);
        return password;
    }
}
