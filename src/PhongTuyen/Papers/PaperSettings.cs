using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>Papers that volunteers type.</summary>
public sealed record PaperSettings : ISettings
{
    public static string Section => "Papers";

    /// <summary>So many days after a paper was taken into the register what was typed of it is forgotten. 1 to 366.</summary>
    public int KeepDays { get; set; } = 30;

    /// <summary>Percent of a batch that a second volunteer types again, where the unit names one and says nothing else. 1 to 100.</summary>
    public int SecondPercent { get; set; } = 10;

    /// <summary>Minutes between two papers from which on somebody was away: papers an hour are reckoned without it. 1 to 120.</summary>
    public int PauseMinutes { get; set; } = 10;

    public IEnumerable<string> Faults()
    {
        if (SecondPercent is < 1 or > 100) yield return $"Papers:SecondPercent must be 1 to 100, not {SecondPercent}.";
        if (PauseMinutes is < 1 or > 120) yield return $"Papers:PauseMinutes must be 1 to 120, not {PauseMinutes}.";
        if (KeepDays is < 1 or > 366) yield return $"Papers:KeepDays must be 1 to 366, not {KeepDays}.";
    }
}
