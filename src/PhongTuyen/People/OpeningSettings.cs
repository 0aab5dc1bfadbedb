using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Persons of another area who are opened in an emergency (mở khẩn cấp).</summary>
public sealed record OpeningSettings : ISettings
{
    public static string Section => "Openings";

    /// <summary>Hours for which the person is seen. 1 to 24.</summary>
    public int Hours { get; set; } = 3;

    /// <summary>Hours within which it is to be reviewed. 1 to 168.</summary>
    public int ReviewHours { get; set; } = 24;

    public IEnumerable<string> Faults()
    {
        if (Hours is < 1 or > 24) yield return $"Openings:Hours must be 1 to 24, not {Hours}.";
        if (ReviewHours is < 1 or > 168) yield return $"Openings:ReviewHours must be 1 to 168, not {ReviewHours}.";
    }
}
