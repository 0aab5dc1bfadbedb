using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

/// <summary>Rules of the plain case.</summary>
public static class CaseRules
{
    /// <summary>A stronger class is never weakened by a further test: confirmed stays confirmed until a person discards it.</summary>
    public static bool Strengthens(CaseClass from, CaseClass to) => from == CaseClass.Discarded || (int)to > (int)from;

    /// <summary>Every fault of the dates at once. Each may be unknown.</summary>
    public static List<Problem> Faults(DateOnly today, CaseClass classification, string? deciding, DateOnly? onset, DateOnly? reported, DateOnly? positive, CaseOutcome outcome, DateOnly? outcomeOn)
    {
        var faults = new List<Problem>();
        if (!Enum.IsDefined(classification)) faults.Add(Refusals.NotOneOf("classification"));
        if (classification is CaseClass.Confirmed or CaseClass.Discarded && VietnameseText.Clean(deciding) is null) faults.Add(Problems.DecidingNeeded());
        foreach (var (day, field) in new[] { (onset, "onsetOn"), (reported, "reportedOn"), (positive, "firstPositiveOn"), (outcomeOn, "outcomeOn") })
            if (day > today) faults.Add(Refusals.InFuture(field));
        if (outcome is CaseOutcome.Unknown && outcomeOn is not null) faults.Add(Problems.OutcomeNeeded());
        if (outcome is CaseOutcome.Died or CaseOutcome.Recovered && outcomeOn < onset) faults.Add(Problems.OutcomeBeforeOnset());
        return faults;
    }
}
