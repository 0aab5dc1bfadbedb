using Xunit;

namespace PhongTuyen.Tests;

/// <summary>
/// Data of others, which is not part of the repository: in the folder that PHONGTUYEN_DATA names, else in ../shared/data beside
/// the repository. A test that needs it is skipped where it is absent, and fails under CI=true.
/// </summary>
public static class ReferenceData
{
    public static string Path(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("PHONGTUYEN_DATA") ?? System.IO.Path.Combine(Repository, "..", "shared", "data");
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([root, .. parts]));
        if (File.Exists(path) || Directory.Exists(path)) return path;
        var missing = $"Reference data is not here: {string.Join('/', parts)}. Set PHONGTUYEN_DATA to its folder.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
        return path;
    }

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "PhongTuyen.slnx"))) folder = folder.Parent;
            return folder?.FullName ?? AppContext.BaseDirectory;
        }
    }
}
