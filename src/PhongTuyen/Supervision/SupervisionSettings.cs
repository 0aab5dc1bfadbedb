using PhongTuyen.Kernel;

namespace PhongTuyen.Supervision;

/// <summary>Supervision of who looked at whom.</summary>
public sealed record SupervisionSettings : ISettings
{
    public static string Section => "Supervision";

    /// <summary>What is usual is taken from so many days before. 7 to 90.</summary>
    public int UsualDays { get; set; } = 28;

    /// <summary>Seconds until a day whose numbers changed is compared with what is usual. 1 to 3600.</summary>
    public int JudgeSeconds { get; set; } = 20;

    /// <summary>Days after which the figures of an operator's day are forgotten; those to be made clear stay. 60 to 3650.</summary>
    public int KeepDays { get; set; } = 400;

    /// <summary>A scope of more units sees those with signs only, until one unit is chosen. 10 to 5000.</summary>
    public int MostUnits { get; set; } = 800;

    public IEnumerable<string> Faults()
    {
        if (UsualDays is < 7 or > 90) yield return $"Supervision:UsualDays must be 7 to 90, not {UsualDays}.";
        if (JudgeSeconds is < 1 or > 3600) yield return $"Supervision:JudgeSeconds must be 1 to 3600, not {JudgeSeconds}.";
        if (KeepDays is < 60 or > 3650) yield return $"Supervision:KeepDays must be 60 to 3650, not {KeepDays}.";
        if (MostUnits is < 10 or > 5000) yield return $"Supervision:MostUnits must be 10 to 5000, not {MostUnits}.";
    }
}
