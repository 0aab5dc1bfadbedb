using Xunit;

namespace PhongTuyen.Tests;

/// <summary>
/// Data sets of others, which are no part of the project: in the folder that the variable PHONGTUYEN_DATA names, else in
/// <c>../shared/data</c> beside the repository. A test that needs one that is absent is skipped; where CI is "true" it fails.
/// </summary>
public static class ReferenceData
{
    public static string Path(params string[] parts)
    {
        var folder = Environment.GetEnvironmentVariable("PHONGTUYEN_DATA") is { Length: > 0 } named ? named
            : System.IO.Path.Combine(RepositoryRoot(), "..", "shared", "data");
        var path = System.IO.Path.Combine([folder, .. parts]);
        if (File.Exists(path) || Directory.Exists(path)) return path;
        var missing = $"Reference data is absent: {System.IO.Path.Combine(parts)}";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
        return path;
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "PhongTuyen.slnx"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? AppContext.BaseDirectory;
    }
}
