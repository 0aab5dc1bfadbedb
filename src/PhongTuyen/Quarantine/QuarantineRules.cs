using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>How long whom, from when, with which tests: one edition. A decree changes the numbers, never the code.</summary>
public sealed record QuarantineRules : Policy, IPolicyKind
{
    public static string Kind => "quarantine";

    public required IReadOnlyList<Term> Terms { get; init; }
    public IReadOnlyList<TestCase> Cases { get; init; } = [];

    /// <summary>The term of one group of persons. What it leaves open (place, protection) holds for all.</summary>
    /// <param name="Days">Whole days added to the day of origin: 14 from the 3rd ends on the 17th.</param>
    public sealed record Term(StayReason Reason, StayOrigin Origin, int Days)
    {
        public StayPlace? Place { get; init; }
        public Protection? Protection { get; init; }
        /// <summary>Days of the term on which a sample is due; day 1 is the day of origin.</summary>
        public IReadOnlyList<int> Tests { get; init; } = [];
        /// <summary>Days at home afterwards.</summary>
        public int FollowUpDays { get; init; }
    }

    public sealed record TestCase(string Why, StayReason Reason, StayPlace Place, DateOnly Origin, DateOnly End)
    {
        public Protection Protection { get; init; }
    }

    /// <summary>The narrowest term for these facts; null where the paper says nothing about them.</summary>
    public Term? TermFor(StayReason reason, StayPlace place, Protection protection) =>
        Terms.Where(term => term.Reason == reason && (term.Place is null || term.Place == place) && (term.Protection is null || term.Protection == protection))
            .MaxBy(term => (term.Place is null ? 0 : 1) + (term.Protection is null ? 0 : 1));

    /// <summary>When a term that began on that day ends, and when samples are due.</summary>
    public static (DateOnly End, IReadOnlyList<DateOnly> Tests) Plan(Term term, DateOnly origin) =>
        (origin.AddDays(term.Days), [.. term.Tests.Select(day => origin.AddDays(day - 1))]);

    protected override IEnumerable<string> OwnFaults()
    {
        foreach (var term in Terms)
        {
            if (term.Days is < 1 or > 90) yield return $"{term.Reason}: days must be 1 to 90, not {term.Days}.";
            if (term.FollowUpDays is < 0 or > 90) yield return $"{term.Reason}: followUpDays must be 0 to 90, not {term.FollowUpDays}.";
            if (term.Tests.Any(day => day < 1 || day > term.Days + 1)) yield return $"{term.Reason}: a test lies outside of the term.";
        }
        foreach (var same in Terms.GroupBy(term => (term.Reason, term.Place, term.Protection)).Where(same => same.Count() > 1))
            yield return $"{same.Key.Reason}: two terms for the same persons.";
        foreach (var test in Cases)
            if (TermFor(test.Reason, test.Place, test.Protection) is not { } term || Plan(term, test.Origin).End != test.End)
                yield return $"its own case fails: {test.Why}.";
    }
}
