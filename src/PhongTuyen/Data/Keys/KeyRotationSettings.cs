using PhongTuyen.Kernel;

namespace PhongTuyen.Data.Keys;

/// <summary>How gently the keys of sealed fields are changed while the program is in use.</summary>
public sealed record KeyRotationSettings : ISettings
{
    public static string Section => "KeyRotation";

    /// <summary>So many rows are sealed anew in one transaction, and are locked that long. 10 to 10,000.</summary>
    public int Rows { get; set; } = 500;

    /// <summary>Pause behind each of these transactions, in percent of the time that it took. 0: none; 100: half of the time is left to others. 0 to 1000.</summary>
    public int PausePercent { get; set; } = 50;

    /// <summary>Longest time in seconds that it waits for running programs to take the new key, before it stops and names them; started again it goes on. 5 to 3600.</summary>
    public int WaitSeconds { get; set; } = 120;

    public IEnumerable<string> Faults()
    {
        if (Rows is < 10 or > 10_000) yield return $"KeyRotation:Rows must be 10 to 10000, not {Rows}.";
        if (PausePercent is < 0 or > 1000) yield return $"KeyRotation:PausePercent must be 0 to 1000, not {PausePercent}.";
        if (WaitSeconds is < 5 or > 3600) yield return $"KeyRotation:WaitSeconds must be 5 to 3600, not {WaitSeconds}.";
    }
}
