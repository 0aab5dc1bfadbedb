using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>Papers that volunteers type.</summary>
public sealed record PaperSettings : ISettings
{
    public static string Section => "Papers";

    /// <summary>So many days after a paper was taken into the register what was typed of it is forgotten. 1 to 366.</summary>
    public int KeepDays { get; set; } = 30;

    public IEnumerable<string> Faults()
    {
        if (KeepDays is < 1 or > 366) yield return $"Papers:KeepDays must be 1 to 366, not {KeepDays}.";
    }
}
