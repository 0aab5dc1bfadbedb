using PhongTuyen.Policies;

namespace PhongTuyen.People;

/// <summary>For how long at most a record or a finding may be shared with another unit at a time: one edition.</summary>
public sealed record ShareTerms : Policy, IPolicyKind
{
    public static string Kind => "shares";

    /// <summary>Counted from the day on which it is shared or prolonged. 1 to 366.</summary>
    public required int MostDays { get; init; }

    protected override IEnumerable<string> OwnFaults()
    {
        if (MostDays is < 1 or > 366) yield return $"'mostDays' is 1 to 366, not {MostDays}.";
    }
}
