namespace PhongTuyen.Tests.Architecture;

/// <summary>The working copy that the tests run in, for the tests that read its source.</summary>
internal static class WorkingCopy
{
    public static string Root { get; } = Find();

    /// <summary>Source files below a folder, without what was built, by their path within the copy.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, params string[] endings) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where endings.Any(ending => relative.EndsWith(ending, StringComparison.Ordinal)) && !relative.Split('/').Any(part => part is "bin" or "obj" or "dist" or "node_modules")
        select (relative, File.ReadAllText(path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PhongTuyen.slnx"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the copy.");
        return folder.FullName;
    }
}
