using PhongTuyen.Kernel;

namespace PhongTuyen.Worklists;

/// <summary>Work lists.</summary>
public sealed record WorklistSettings : ISettings
{
    public static string Section => "Worklists";

    /// <summary>So many items are given, handed back or decided in one act. 10 to 1000.</summary>
    public int BulkMost { get; set; } = 200;

    public IEnumerable<string> Faults()
    {
        if (BulkMost is < 10 or > 1000) yield return $"Worklists:BulkMost must be 10 to 1000, not {BulkMost}.";
    }
}
