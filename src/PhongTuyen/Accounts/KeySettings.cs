using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>Keys with which other programs use the interface.</summary>
public sealed record KeySettings : ISettings
{
    public static string Section => "Keys";

    /// <summary>Days after which a key ends at the latest. 1 to 730.</summary>
    public int MostDays { get; set; } = 180;

    /// <summary>Hours for which a key that was replaced goes on beside the new one, so that a program can be switched over without a gap. 0 to 168.</summary>
    public int OverlapHours { get; set; } = 24;

    /// <summary>From so many days before its end whoever made a key is reminded. 0 to 60; 0: not at all.</summary>
    public int RemindDays { get; set; } = 10;

    public IEnumerable<string> Faults()
    {
        if (MostDays is < 1 or > 730) yield return $"Keys:MostDays must be 1 to 730, not {MostDays}.";
        if (OverlapHours is < 0 or > 168) yield return $"Keys:OverlapHours must be 0 to 168, not {OverlapHours}.";
        if (RemindDays is < 0 or > 60) yield return $"Keys:RemindDays must be 0 to 60, not {RemindDays}.";
    }
}
