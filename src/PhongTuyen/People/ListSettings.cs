using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Lists that leave the program as files.</summary>
public sealed record ListSettings : ISettings
{
    public static string Section => "Lists";

    /// <summary>How many rows with a person one file may hold. 1 to 1000: more need a second officer.</summary>
    public int MostPersons { get; set; } = 1000;

    /// <summary>How many rows with a person one file may hold that a second officer has allowed. 1000 to 100000.</summary>
    public int MostWithSecond { get; set; } = 20_000;

    /// <summary>Hours for which what was allowed may be taken. 1 to 168.</summary>
    public int AllowedHours { get; set; } = 24;

    public IEnumerable<string> Faults()
    {
        if (MostPersons is < 1 or > 1000) yield return $"Lists:MostPersons must be 1 to 1000, not {MostPersons}.";
        if (MostWithSecond is < 1000 or > 100_000) yield return $"Lists:MostWithSecond must be 1000 to 100000, not {MostWithSecond}.";
        if (AllowedHours is < 1 or > 168) yield return $"Lists:AllowedHours must be 1 to 168, not {AllowedHours}.";
    }
}
