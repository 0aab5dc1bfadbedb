using PhongTuyen.Policies;

namespace PhongTuyen.Quarantine;

/// <summary>The laws that a decision is founded on (căn cứ pháp lý), as they stand at its head: one edition. Those in force on the day of the signature are cited.</summary>
public sealed record DecisionBasis : Policy, IPolicyKind
{
    public static string Kind => "decision-basis";

    /// <summary>Each with its kind, number and date, as they follow the word "Căn cứ".</summary>
    public required IReadOnlyList<string> Basis { get; init; }

    protected override IEnumerable<string> OwnFaults()
    {
        if (Basis.Count == 0 || Basis.Any(string.IsNullOrWhiteSpace)) yield return "'basis' names no paper, or an empty one.";
    }
}
