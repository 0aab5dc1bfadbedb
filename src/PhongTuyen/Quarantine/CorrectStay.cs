using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>
/// Mends what was entered wrongly about a stay. When it happened, when it was entered and by whom stay apart; the values before remain in
/// the audit. The plan is reckoned anew where its facts change and nobody had set the end by hand.
/// </summary>
public sealed class CorrectStay(Db db, StayPlanner planner, Beds beds, TimeProvider clock)
{
    /// <param name="BaseVersion">The version that the form showed.</param>
    public sealed record Input(Guid Intent, StayId Id, int BaseVersion, StayClass Class, short Tier, Severity Severity, DateTimeOffset? ArrivedAt, StayReason Reason, string? ReasonNote, Protection Protection, DateOnly? OriginOn, [property: Most(40)] string Disease, string? Note);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.correct", input, async () =>
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.Version != input.BaseVersion) return Refusals.Changed();
        if (stay.State is StayState.Withdrawn) return Problems.NotInState(stay.State);
        if (input.ArrivedAt > clock.GetUtcNow().AddMinutes(5)) return Refusals.InFuture("arrivedAt");
        if (input.ArrivedAt < clock.GetUtcNow().AddDays(-StayPlan.PastMost)) return Problems.TooFarAway("arrivedAt", StayPlan.PastMost);
        if (stay.EndedAt < input.ArrivedAt) return Problems.EndBeforeArrival("arrivedAt");
        if (StayChecks.Facts(input.Tier, input.Disease, input.Reason, input.OriginOn, clock.Today()).FirstOrDefault() is { } fault) return fault;
        if (input.Class != stay.Class && stay.Place == StayPlace.Facility && !await TakesAsync(stay.UnitId, input.Class, ct)) return Problems.ClassNotHere();
        var byHand = stay.PlannedEnd != stay.PlannedByRule;
        var severityBefore = stay.Severity;
        var otherBeds = input.Class != stay.Class && stay.BedId is not null;
        (stay.Disease, stay.Class, stay.Tier, stay.Severity) = (input.Disease, input.Class, input.Class == StayClass.Treatment ? input.Tier : (short)0, input.Class == StayClass.Treatment ? input.Severity : Severity.Unknown);
        (stay.Reason, stay.ReasonNote, stay.Protection, stay.Note) = (input.Reason, VietnameseText.Clean(input.ReasonNote), input.Protection, VietnameseText.Clean(input.Note));
        if (stay.State != StayState.Expected) stay.Arrive(input.ArrivedAt);
        var plan = planner.Plan(new(new AreaKeys(stay.ProvinceId, stay.DistrictId, stay.CommuneId), stay.Disease, stay.Reason, stay.Place, stay.Protection, stay.ArrivedOn) { OriginOn = input.OriginOn }, stay.ArrivedOn ?? clock.Today());
        (stay.Origin, stay.OriginOn, stay.Rule, stay.PlannedByRule) = (plan.Origin, plan.OriginOn, plan.Edition?.Name(), plan.End);
        if (!byHand) stay.PlannedEnd = plan.End;
        db.Tell(new StayCorrected(stay.PersonId, stay.Id));
        if (stay.Severity != severityBefore && stay.Severity != Severity.Unknown) db.Tell(new SeverityChanged(stay.PersonId, stay.Id, stay.Disease, stay.Severity));
        if (otherBeds)
        {
            // A bed for observation is none for treatment: it is free again, and the person waits for one.
            await beds.FreeAsync(stay.Id, clock.GetUtcNow(), ct);
            stay.BedId = null;
            db.Tell(new BedAssigned(stay.PersonId, stay.Id, null));
        }
        await db.SaveChangesAsync(ct);
        return (Outcome<StayId>)stay.Id;
    }, ct);

    private Task<bool> TakesAsync(UnitId unit, StayClass of, CancellationToken ct) =>
        db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.quarantine_facility WHERE unit_id = $1 AND CASE WHEN $2 THEN treatment ELSE observation END)", ct, unit.Value, of == StayClass.Treatment);
}
