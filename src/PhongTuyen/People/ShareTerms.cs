using PhongTuyen.Policies;

namespace PhongTuyen.People;

/// <summary>For how long at most a record or a finding may be shared with another unit at a time: one edition.</summary>
public sealed record ShareTerms : IPolicyKind
{
    public static string Kind => "shares";

    public required DateOnly From { get; init; }
    public required string Area { get; init; }
    public required string? Disease { get; init; }
    public required string Paper { get; init; }
    /// <summary>False: not compared with the paper's text.</summary>
    public bool Sure { get; init; }
    public string? Note { get; init; }
    /// <summary>Counted from the day on which it is shared or prolonged. 1 to 366.</summary>
    public required int MostDays { get; init; }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Paper)) yield return "the number of the paper is missing.";
        if (MostDays is < 1 or > 366) yield return $"'mostDays' is 1 to 366, not {MostDays}.";
    }
}
