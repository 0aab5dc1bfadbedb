using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Somebody who was expected has come: the reservation becomes a bed in use.</summary>
public sealed class ReceiveExpected(Db db, StayPlanner planner, Beds beds, StayClash clash, TimeProvider clock)
{
    public sealed record Input(Guid Intent, StayId Id, DateTimeOffset ArrivedAt);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.receive-expected", input, async () =>
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State != StayState.Expected) return Problems.NotInState(stay.State);
        if (input.ArrivedAt > clock.GetUtcNow().AddMinutes(5)) return Refusals.InFuture("arrivedAt");
        if (input.ArrivedAt < clock.GetUtcNow().AddDays(-StayPlan.PastMost)) return Problems.TooFarAway("arrivedAt", StayPlan.PastMost);
        if (await db.Connection.ValueAsync<DateOnly?>("SELECT closed_on FROM pt.quarantine_facility WHERE unit_id = $1", ct, stay.UnitId.Value) is { } closed && closed <= input.ArrivedAt.LocalDay()) return Problems.FacilityClosed(closed);
        if (await clash.MeetAsync(stay.PersonId, stay.UnitId, input.Intent, ct) is { } met) return met;
        var plan = planner.Plan(new(new AreaKeys(stay.ProvinceId, stay.DistrictId, stay.CommuneId), stay.Disease, stay.Reason, stay.Place, stay.Protection, input.ArrivedAt.LocalDay()) { OriginOn = stay.OriginOn }, input.ArrivedAt.LocalDay());
        (stay.State, stay.Origin, stay.OriginOn, stay.Rule, stay.PlannedByRule, stay.PlannedEnd) = (StayState.InHouse, plan.Origin, plan.OriginOn, plan.Edition?.Name(), plan.End, stay.PlannedEnd ?? plan.End);
        stay.Arrive(input.ArrivedAt);
        await db.TieAgainAsync(stay.PersonId, TieBecause.Stay, stay.Id.Value, ct);
        var bed = stay.BedId;
        db.Tell(new StayAdmitted(stay.PersonId, stay.Id, stay.UnitId, stay.Class, stay.ArrivedOn, stay.PlannedEnd));
        if (stay.Severity != Severity.Unknown) db.Tell(new SeverityChanged(stay.PersonId, stay.Id, stay.Disease, stay.Severity));
        await db.SaveChangesAsync(ct);
        if (bed is not null && (await beds.AssignAsync(stay, bed, ct)).Refused(out var noBed)) return noBed;
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
