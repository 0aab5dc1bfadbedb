using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What is asked of a stay's facts alike, whether somebody is announced, admitted or corrected.</summary>
internal static class StayChecks
{
    public static IEnumerable<Problem> Facts(short tier, string? disease, StayReason reason, DateOnly? originOn, DateOnly today)
    {
        if (originOn < today.AddDays(-StayPlan.PastMost)) yield return Problems.TooFarAway("originOn", StayPlan.PastMost);
        if (originOn > today) yield return Refusals.InFuture("originOn");
        if (disease is null || !Diseases.Known(disease)) yield return Refusals.NotOneOf("disease");
        if (tier is < 0 or > 5) yield return Refusals.NotOneOf("tier");
        if (reason == StayReason.Unknown) yield return Refusals.Required("reason");
    }

    /// <summary>An end that differs from the rule's is planned with its reason.</summary>
    public static IEnumerable<Problem> Plan(DateOnly? end, string? why)
    {
        if (end is not null && VietnameseText.Clean(why) is null) yield return Refusals.ReasonNeeded("planReason");
    }
}
