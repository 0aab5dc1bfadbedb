namespace PhongTuyen.Bench;

/// <summary>Where the bench finds the working copy, and what it keeps between runs.</summary>
public static class BenchHome
{
    /// <summary>The root of the working copy: said by the script that starts the bench, else found above the program.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("PHONGTUYEN_HOME") is { Length: > 0 } home ? home : Above();

    /// <summary>Kept between runs; not part of the repository.</summary>
    public static string Data => Path.Combine(Root, "bench", ".data");

    /// <summary>The reference data of others, which are not part of the repository; null where they are not at hand.</summary>
    public static string? Reference { get; } = new[] { Environment.GetEnvironmentVariable("PHONGTUYEN_DATA") ?? "", Path.Combine(Root, "..", "shared", "data") }.FirstOrDefault(Directory.Exists);

    private static string Above()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PhongTuyen.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The bench works from a working copy: there is no PhongTuyen.slnx above it.");
    }
}
