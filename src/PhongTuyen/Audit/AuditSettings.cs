using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>The audit and its seals.</summary>
public sealed record AuditSettings : ISettings
{
    public static string Section => "Audit";

    /// <summary>Folder into which each seal is copied, outside of the database. Empty: "audit-seals" in the data folder. Best on another disk or host.</summary>
    public string SealFolder { get; set; } = "";

    /// <summary>Milliseconds between two seals. 200 to 60000.</summary>
    public int SealEvery { get; set; } = 1000;

    /// <summary>Longest time in seconds that a request waits for its audit row to be written; after it the audit counts as unavailable, and the request is refused. 1 to 60.</summary>
    public int WriteSeconds { get; set; } = 10;

    /// <summary>Where the copies of the seals lie.</summary>
    internal string FolderIn(string dataFolder) => SealFolder.Length > 0 ? SealFolder : Path.Combine(dataFolder, "audit-seals");

    public IEnumerable<string> Faults()
    {
        if (SealEvery is < 200 or > 60_000) yield return $"Audit:SealEvery must be 200 to 60000, not {SealEvery}.";
        if (WriteSeconds is < 1 or > 60) yield return $"Audit:WriteSeconds must be 1 to 60, not {WriteSeconds}.";
    }
}
