using System.Globalization;
using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>A PostgreSQL that answers on this machine.</summary>
/// <param name="Folder">Where <c>postgres</c> and <c>initdb</c> lie.</param>
/// <param name="Major">Its major version, which is part of the cluster's folder name: 18.</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    public string Postgres => Path.Combine(Folder, "postgres");
    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The extension that comes with PostgreSQL is there: after a start the server reads back what it held in memory before. Some systems package it apart.</summary>
    public bool CanPrewarm => new[] { "lib/postgresql", "lib" }.Select(place => Path.Combine(Folder, "..", place)).Any(place => Directory.Exists(place) && Directory.EnumerateFiles(place, ServerSettings.Prewarm + ".*").Any());

    /// <summary>
    /// The given folder and no other; else the package from npm; else the newest of the system. A folder that already holds a
    /// cluster decides the version: a new, empty cluster beside it would look as if all data were lost.
    /// </summary>
    /// <param name="given">A folder with <c>postgres</c>, or the one above its <c>bin</c>.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="cancel">Stops looking.</param>
    /// <returns><see cref="Problems.NoBinaries"/>, <see cref="Problems.NoBinariesFor"/>, <see cref="Problems.LinksMissing"/>.</returns>
    internal static async Task<Outcome<PostgresBinaries>> FindAsync(string? given, ClusterFolder folder, CancellationToken cancel)
    {
        Problem? incomplete = null;
        var found = new List<PostgresBinaries>();
        if (given is null && PackagedBinaries.Find() is { } package)
        {
            if (PackagedBinaries.Complete(package).Refused(out incomplete)) { }
            else if (await AskAsync(Path.Combine(package, "bin"), cancel) is { } packaged) found.Add(packaged);
        }
        foreach (var place in given is null ? SystemFolders() : [given, Path.Combine(given, "bin")])
            if (await AskAsync(place, cancel) is { } one) found.Add(one);

        var usable = found.Where(binaries => binaries.Major >= DatabaseSafety.OldestMajor);
        if (folder.Majors is [.., var made])
            return usable.FirstOrDefault(binaries => binaries.Major == made) is { } same ? same : incomplete ?? Problems.NoBinariesFor(made, folder.Data);
        return usable.FirstOrDefault() is { } first ? first : incomplete ?? Problems.NoBinaries();
    }

    /// <summary>Asks the program itself: a file may be there and yet miss a library of this system.</summary>
    private static async Task<PostgresBinaries?> AskAsync(string folder, CancellationToken cancel)
    {
        folder = Path.GetFullPath(folder);
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb"))) return null;
        var answer = await ChildCommand.RunAsync([postgres, "--version"], cancel);
        var version = Version().Match(answer.Output);
        return answer.Succeeded && version.Success ? new(folder, int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>Debian, Red Hat, Homebrew; newest first.</summary>
    private static IEnumerable<string> SystemFolders() =>
        from pattern in new[] { ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/opt/homebrew/opt", "postgresql@*"), ("/usr/local/opt", "postgresql@*") }
        where Directory.Exists(pattern.Item1)
        from folder in Directory.EnumerateDirectories(pattern.Item1, pattern.Item2)
        let major = Digits().Match(folder)
        where major.Success
        orderby int.Parse(major.Value, CultureInfo.InvariantCulture) descending
        select Path.Combine(folder, "bin");

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex Version();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Digits();
}
