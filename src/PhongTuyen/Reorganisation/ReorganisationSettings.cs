using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>Dated acts on units and areas.</summary>
public sealed record ReorganisationSettings : ISettings
{
    public static string Section => "Reorganisation";

    /// <summary>So many days back the effective day of an act may lie: papers come late. 0 to 365.</summary>
    public int DaysBack { get; set; } = 30;

    public IEnumerable<string> Faults()
    {
        if (DaysBack is < 0 or > 365) yield return $"Reorganisation:DaysBack must be 0 to 365, not {DaysBack}.";
    }
}
