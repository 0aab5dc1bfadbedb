using PhongTuyen.Kernel;

namespace PhongTuyen.Policies;

/// <summary>Where the rules of decrees are read from.</summary>
public sealed record PolicySettings : ISettings
{
    public static string Section => "Policies";

    /// <summary>A folder with the province's own editions, in files of the same shape as the shipped ones; empty: only the shipped ones.</summary>
    public string Folder { get; set; } = "";

    public IEnumerable<string> Faults()
    {
        if (Folder.Length > 0 && !Directory.Exists(Folder)) yield return $"Policies:Folder names a folder that is not there: {Folder}.";
    }
}
