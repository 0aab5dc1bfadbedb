using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What the rule in force gives for a stay: the day from which it counts, the end, the name of the edition. Each derived date shows its rule.</summary>
public sealed class StayPlanner(IPolicyBook policies)
{
    /// <param name="Edition">Null: no paper says anything about these facts, and a person has to set the end.</param>
    public sealed record Planned(QuarantineRules? Edition, QuarantineRules.Term? Term, StayOrigin Origin, DateOnly? OriginOn, DateOnly? End);

    public sealed record Facts(AreaKeys Area, string Disease, StayReason Reason, StayPlace Place, Protection Protection, DateOnly? ArrivedOn)
    {
        /// <summary>The day of entry, of the last contact or of the positive sample, where somebody gave one.</summary>
        public DateOnly? OriginOn { get; init; }
    }

    /// <param name="day">The day whose rules are asked for: that of arrival, else today.</param>
    public Planned Plan(Facts facts, DateOnly day)
    {
        var area = facts.Area.Commune.Value != 0 ? facts.Area.Commune : facts.Area.District.Value != 0 ? facts.Area.District : facts.Area.Province;
        var edition = policies.For<QuarantineRules>(area, day, facts.Disease);
        var term = edition?.TermFor(facts.Reason, facts.Place, facts.Protection);
        if (term is null) return new(edition, null, StayOrigin.Unknown, facts.OriginOn, null);
        // Where the day that the rule counts from is not known, the day of arrival stands in for it: the later of the two, so never too short.
        var (origin, from) = facts.OriginOn is { } given ? (term.Origin, given) : (StayOrigin.Arrival, facts.ArrivedOn ?? default);
        if (from == default) return new(edition, term, StayOrigin.Unknown, null, null);
        return new(edition, term, origin, from, QuarantineRules.Plan(term, from).End);
    }
}
