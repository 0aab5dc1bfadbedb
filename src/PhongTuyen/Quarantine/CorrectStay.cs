using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>
/// Mends what was entered wrongly about a stay. When it happened, when it was entered and by whom stay apart; the values before remain in
/// the audit. The plan is reckoned anew where its facts change and nobody had set the end by hand.
/// </summary>
public sealed class CorrectStay(Db db, StayPlanner planner, TimeProvider clock)
{
    /// <param name="BaseVersion">The version that the form showed.</param>
    public sealed record Input(Guid Intent, StayId Id, int BaseVersion, StayClass Class, short Tier, Severity Severity, DateTimeOffset? ArrivedAt, StayReason Reason, string? ReasonNote, Protection Protection, DateOnly? OriginOn, [property: Most(40)] string Disease, string? Note);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.correct", input, async () =>
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.Version != input.BaseVersion) return Refusals.Changed();
        if (stay.State is StayState.Withdrawn) return Problems.NotInState(stay.State);
        if (input.Tier is < 0 or > 5) return Refusals.NotOneOf("tier");
        if (input.ArrivedAt > clock.GetUtcNow().AddMinutes(5)) return Refusals.InFuture("arrivedAt");
        if (input.ArrivedAt < clock.GetUtcNow().AddDays(-StayPlan.PastMost)) return Problems.TooFarAway("arrivedAt", StayPlan.PastMost);
        if (input.OriginOn > clock.Today()) return Refusals.InFuture("originOn");
        if (input.OriginOn < clock.Today().AddDays(-StayPlan.PastMost)) return Problems.TooFarAway("originOn", StayPlan.PastMost);
        if (stay.EndedAt < input.ArrivedAt) return Problems.EndBeforeArrival("arrivedAt");
        if (input.Reason == StayReason.Unknown) return Refusals.Required("reason");
        var byHand = stay.PlannedEnd != stay.PlannedByRule;
        var severityBefore = stay.Severity;
        (stay.Class, stay.Tier, stay.Severity) = (input.Class, input.Class == StayClass.Treatment ? input.Tier : (short)0, input.Class == StayClass.Treatment ? input.Severity : Severity.Unknown);
        (stay.Reason, stay.ReasonNote, stay.Protection, stay.Note) = (input.Reason, VietnameseText.Clean(input.ReasonNote), input.Protection, VietnameseText.Clean(input.Note));
        if (stay.State != StayState.Expected) stay.Arrive(input.ArrivedAt);
        var plan = planner.Plan(new(new AreaKeys(stay.ProvinceId, stay.DistrictId, stay.CommuneId), input.Disease, stay.Reason, stay.Place, stay.Protection, stay.ArrivedOn) { OriginOn = input.OriginOn }, stay.ArrivedOn ?? clock.Today());
        (stay.Origin, stay.OriginOn, stay.Rule, stay.PlannedByRule) = (plan.Origin, plan.OriginOn, plan.Edition?.Name(), plan.End);
        if (!byHand) stay.PlannedEnd = plan.End;
        db.Tell(new StayCorrected(stay.PersonId, stay.Id));
        if (stay.Severity != severityBefore) db.Tell(new SeverityChanged(stay.PersonId, stay.Id, stay.Severity));
        await db.SaveChangesAsync(ct);
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
