using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

/// <summary>By when the items of each list are to be done, and when the unit above is told: one edition.</summary>
public sealed record WorkTerms : Policy, IPolicyKind
{
    public static string Kind => "work-lists";

    public required IReadOnlyList<ListTerms> Lists { get; init; }

    public ListTerms? Of(string list) => Lists.FirstOrDefault(terms => terms.List == list);

    protected override IEnumerable<string> OwnFaults() => Lists.Count == 0 ? ["'lists' is empty."] : Lists.SelectMany(terms => terms.Faults()).Concat(Lists.GroupBy(terms => terms.List).Where(same => same.Count() > 1).Select(same => $"'{same.Key}' stands twice."));
}

/// <summary>The times of one list, in hours from when an item comes.</summary>
/// <param name="WholeDays">The deadline is the end of the day on which the hours run out; else it is rounded up to a quarter of an hour.</param>
/// <param name="AboveHours">So many behind the deadline the unit above is told. 0: at once.</param>
public sealed record ListTerms(string List, int UrgentHours, int SoonHours, int OrdinaryHours, bool WholeDays, int AboveHours)
{
    private const int Most = 24 * 366;
    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks;

    /// <summary>Deadlines of a list fall on few moments, so that counters by deadline stay few.</summary>
    public DateTimeOffset Due(Urgency urgency, DateTimeOffset from)
    {
        var moment = from.AddHours(urgency switch { Urgency.Urgent => UrgentHours, Urgency.Soon => SoonHours, _ => OrdinaryHours });
        return WholeDays ? moment.LocalDay().AddDays(1).AtLocal() : new DateTimeOffset((moment.UtcTicks + Quarter - 1) / Quarter * Quarter, TimeSpan.Zero);
    }

    public DateTimeOffset Above(DateTimeOffset due) => due.AddHours(AboveHours);

    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(List)) yield return "a list has no name.";
        if (UrgentHours is < 0 or > Most || SoonHours is < 0 or > Most || OrdinaryHours is < 0 or > Most || AboveHours is < 0 or > Most) yield return $"'{List}': hours are 0 to {Most}.";
        if (UrgentHours > SoonHours || SoonHours > OrdinaryHours) yield return $"'{List}': what is more urgent is not due later.";
    }
}
