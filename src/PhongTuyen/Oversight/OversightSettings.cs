using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>Reminders of data that are owed.</summary>
public sealed record OversightSettings : ISettings
{
    public static string Section => "Oversight";

    /// <summary>So many hours before data are due those answerable are reminded. 0 to 168; 0: not before.</summary>
    public int RemindHours { get; set; } = 2;

    /// <summary>For so many days after it those who have not supplied them are reminded once a day, and the managers above them. 0 to 60; 0: only by hand.</summary>
    public int RemindDaysAfter { get; set; } = 3;

    public IEnumerable<string> Faults()
    {
        if (RemindHours is < 0 or > 168) yield return $"Oversight:RemindHours must be 0 to 168, not {RemindHours}.";
        if (RemindDaysAfter is < 0 or > 60) yield return $"Oversight:RemindDaysAfter must be 0 to 60, not {RemindDaysAfter}.";
    }
}
