using PhongTuyen.Policies;

namespace PhongTuyen.Quarantine;

/// <summary>The laws that a decision is founded on (căn cứ pháp lý), as they stand at its head: one edition. Those in force on the day of the signature are cited.</summary>
public sealed record DecisionBasis : IPolicyKind
{
    public static string Kind => "decision-basis";

    public required DateOnly From { get; init; }
    public required string Area { get; init; }
    public required string? Disease { get; init; }
    public required string Paper { get; init; }
    /// <summary>False: not compared with the papers' text.</summary>
    public bool Sure { get; init; }
    public string? Note { get; init; }
    /// <summary>Each with its kind, number and date, as they follow the word "Căn cứ".</summary>
    public required IReadOnlyList<string> Basis { get; init; }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Paper)) yield return "the number of the paper is missing.";
        if (Basis.Count == 0 || Basis.Any(string.IsNullOrWhiteSpace)) yield return "'basis' names no paper, or an empty one.";
    }
}
