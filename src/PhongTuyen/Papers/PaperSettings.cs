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

    /// <summary>The largest scan or photograph of a paper, in MB. 1 to 20.</summary>
    public int FileMegabytes { get; set; } = 8;

    /// <summary>So many scans and photographs go with one batch. 1 to 2,000.</summary>
    public int FilesMost { get; set; } = 300;

    /// <summary>So many days after a scan or photograph was added it is deleted, also where something of it still waits; KeepDays deletes what is settled before. 7 to 730.</summary>
    public int FileDays { get; set; } = 180;

    public IEnumerable<string> Faults()
    {
        if (FileMegabytes is < 1 or > 20) yield return $"Papers:FileMegabytes must be 1 to 20, not {FileMegabytes}.";
        if (FilesMost is < 1 or > 2000) yield return $"Papers:FilesMost must be 1 to 2000, not {FilesMost}.";
        if (FileDays is < 7 or > 730) yield return $"Papers:FileDays must be 7 to 730, not {FileDays}.";
        if (SecondPercent is < 1 or > 100) yield return $"Papers:SecondPercent must be 1 to 100, not {SecondPercent}.";
        if (PauseMinutes is < 1 or > 120) yield return $"Papers:PauseMinutes must be 1 to 120, not {PauseMinutes}.";
        if (KeepDays is < 1 or > 366) yield return $"Papers:KeepDays must be 1 to 366, not {KeepDays}.";
    }
}
