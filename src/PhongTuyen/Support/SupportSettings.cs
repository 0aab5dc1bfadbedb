using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>Reports of what does not work.</summary>
public sealed record SupportSettings : ISettings
{
    public static string Section => "Support";

    /// <summary>Hours, by day and by night, within which a report shall be answered. 1 to 720.</summary>
    public int AnswerHours { get; set; } = 24;

    /// <summary>Reports that one account may send in 24 hours. 1 to 200.</summary>
    public int ReportsADay { get; set; } = 20;

    public IEnumerable<string> Faults()
    {
        if (AnswerHours is < 1 or > 720) yield return $"Support:AnswerHours must be 1 to 720, not {AnswerHours}.";
        if (ReportsADay is < 1 or > 200) yield return $"Support:ReportsADay must be 1 to 200, not {ReportsADay}.";
    }
}
