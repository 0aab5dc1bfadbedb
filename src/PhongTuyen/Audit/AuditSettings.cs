using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>The seals of the audit.</summary>
public sealed record AuditSettings : ISettings
{
    public static string Section => "Audit";

    /// <summary>Folder into which each seal is copied, outside of the database. Empty: "audit-seals" in the data folder. Best on another disk or host.</summary>
    public string SealFolder { get; set; } = "";

    /// <summary>Milliseconds between two seals. 200 to 60000.</summary>
    public int SealEvery { get; set; } = 1000;

    /// <summary>Where the copies of the seals lie.</summary>
    internal string FolderIn(string dataFolder) => SealFolder.Length > 0 ? SealFolder : Path.Combine(dataFolder, "audit-seals");

    public IEnumerable<string> Faults()
    {
        if (SealEvery is < 200 or > 60_000) yield return $"Audit:SealEvery must be 200 to 60000, not {SealEvery}.";
    }
}
