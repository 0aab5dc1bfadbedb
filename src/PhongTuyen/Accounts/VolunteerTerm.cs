using PhongTuyen.Policies;

namespace PhongTuyen.Accounts;

/// <summary>For how long somebody who is lent for typing may have that role (thời hạn của tình nguyện viên nhập liệu): one edition.</summary>
public sealed record VolunteerTerm : Policy, IPolicyKind
{
    /// <summary>A year of thirty days each needs no edition of its own: it is extended, by somebody who says why.</summary>
    private const int Most = 366;

    public sealed record Case
    {
        public required string Why { get; init; }
        public required DateOnly Given { get; init; }
        /// <summary>The last day on which it may work.</summary>
        public required DateOnly Last { get; init; }
    }

    public static string Kind => "volunteers";

    /// <summary>Days behind the one on which the role is given, or extended.</summary>
    public required int MostDays { get; init; }
    public IReadOnlyList<Case> Cases { get; init; } = [];

    /// <summary>The last day that may be named on this one.</summary>
    public DateOnly LastDay(DateOnly today) => today.AddDays(MostDays);

    protected override IEnumerable<string> OwnFaults()
    {
        if (Disease is not null) yield return "'disease' makes no difference here: it is null.";
        if (MostDays is < 1 or > Most)
        {
            yield return $"'mostDays' must be 1 to {Most}, not {MostDays}.";
            yield break;
        }
        foreach (var test in Cases)
            if (LastDay(test.Given) != test.Last) yield return $"case '{test.Why}': given on {test.Given:yyyy-MM-dd} the last day is {LastDay(test.Given):yyyy-MM-dd}, not {test.Last:yyyy-MM-dd}.";
    }
}
