using PhongTuyen.Kernel;

namespace PhongTuyen.Corrections;

/// <summary>Requests to correct records.</summary>
public sealed record CorrectionSettings : ISettings
{
    public static string Section => "Corrections";

    /// <summary>The largest file that proves a correction, in MB. 1 to 20.</summary>
    public int FileMegabytes { get; set; } = 5;

    /// <summary>So many files go with one request. 1 to 10.</summary>
    public int FilesMost { get; set; } = 3;

    public IEnumerable<string> Faults()
    {
        if (FileMegabytes is < 1 or > 20) yield return $"Corrections:FileMegabytes must be 1 to 20, not {FileMegabytes}.";
        if (FilesMost is < 1 or > 10) yield return $"Corrections:FilesMost must be 1 to 10, not {FilesMost}.";
    }
}
