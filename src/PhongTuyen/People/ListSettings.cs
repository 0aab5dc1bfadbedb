using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Lists that leave the program as files.</summary>
public sealed record ListSettings : ISettings
{
    public static string Section => "Lists";

    /// <summary>How many rows with a person one file may hold. 1 to 1000: more would need a second officer.</summary>
    public int MostPersons { get; set; } = 1000;

    public IEnumerable<string> Faults()
    {
        if (MostPersons is < 1 or > 1000) yield return $"Lists:MostPersons must be 1 to 1000, not {MostPersons}.";
    }
}
