using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Announces somebody who will come, and reserves a bed if asked. They are admitted when they arrive.</summary>
public sealed class ExpectPerson(Db db, Beds beds, StayClash clash, TimeProvider clock)
{
    public sealed record Input(StayId Id, PersonId Person, UnitId Unit, StayClass Class, short Tier, DateTimeOffset ExpectedAt, StayReason Reason, DateOnly? OriginOn, Protection Protection, bool ReserveBed, BedId? Bed, string? Note)
    {
        public string? ReasonNote { get; init; }
        [Most(40)]
        public string Disease { get; init; } = Diseases.Covid19;
        public Severity Severity { get; init; }
        /// <summary>Only where it will differ from the rule's; then with its reason.</summary>
        public DateOnly? PlannedEnd { get; init; }
        public string? PlanReason { get; init; }
    }

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id.Value, "stay.expect", input, async () =>
    {
        var facility = await db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == input.Unit, ct);
        if (facility is null || !db.Scope.Covers(facility)) return Problems.NoSuchFacility();
        if (Faults(input, facility) is { Count: > 0 } faults) return faults;
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", ct, input.Person.Value)) return Refusals.NotFound();
        await clash.HoldAsync(input.Person, ct);
        var records = await db.RecordsOfAsync(input.Person, ct);
        if (await db.Set<Stay>().AsNoTracking().Where(s => records.Contains(s.PersonId) && s.UnitId == input.Unit && (s.State == StayState.Expected || s.State == StayState.InHouse || s.State == StayState.Absent)).Select(s => new { s.Id, s.State }).FirstOrDefaultAsync(ct) is { } there)
            return there.State == StayState.Expected ? Problems.AlreadyExpected(there.Id) : Problems.AlreadyHere(there.Id);
        var stay = new Stay
        {
            PersonId = input.Person, Id = input.Id, UnitId = input.Unit, ProvinceId = facility.ProvinceId, DistrictId = facility.DistrictId, CommuneId = facility.CommuneId,
            Place = StayPlace.Facility, Class = input.Class, Tier = input.Class == StayClass.Treatment ? (input.Tier != 0 ? input.Tier : facility.Tier ?? 0) : (short)0,
            Disease = input.Disease, Severity = input.Severity, State = StayState.Expected, ExpectedAt = input.ExpectedAt, Reason = input.Reason, ReasonNote = VietnameseText.Clean(input.ReasonNote),
            OriginOn = input.OriginOn, Protection = input.Protection, PlannedEnd = input.PlannedEnd,
            Note = VietnameseText.Clean(input.Note), EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor!.Account, EnteredUnit = db.Visitor.Unit,
        };
        db.Add(stay);
        await db.TieAsync(stay.PersonId, TieBecause.Stay, stay.Id.Value, stay.UnitId, new AreaKeys(stay.ProvinceId, stay.DistrictId, stay.CommuneId), ct);
        db.Tell(new StayExpected(stay.PersonId, stay.Id, stay.UnitId));
        await db.SaveChangesAsync(ct);
        await db.UntiePassingAsync([stay.PersonId], TieBecause.Stay, [stay.Id.Value], ct);
        if (input.PlannedEnd is { } end) await PlanAsync(stay, end, input.PlanReason, ct);
        if ((input.ReserveBed || input.Bed is not null) && (await beds.AssignAsync(stay, input.Bed, ct, BedUseKind.Reserved)).Refused(out var noBed)) return noBed;
        return (Outcome<StayId>)stay.Id;
    }, ct);

    private List<Problem> Faults(Input input, Facility facility)
    {
        var (faults, expected) = (new List<Problem>(), input.ExpectedAt.LocalDay());
        if (Math.Abs((input.ExpectedAt - clock.GetUtcNow()).TotalDays) > StayPlan.DaysMost) faults.Add(Problems.TooFarAway("arrivedAt", StayPlan.DaysMost));
        faults.AddRange(StayChecks.Facts(input.Tier, input.Disease, input.Reason, input.OriginOn, clock.Today()));
        if (input.PlannedEnd < expected) faults.Add(Problems.EndBeforeArrival("plannedEnd"));
        if (input.PlannedEnd is { } end && end.DayNumber - expected.DayNumber > StayPlan.DaysMost) faults.Add(Problems.TooFarAway("plannedEnd", StayPlan.DaysMost));
        faults.AddRange(StayChecks.Plan(input.PlannedEnd, input.PlanReason));
        if (input.Class == StayClass.Observation ? !facility.Observation : !facility.Treatment) faults.Add(Problems.ClassNotHere());
        if (facility.ClosedOn is { } closed && closed <= expected) faults.Add(Problems.FacilityClosed(closed));
        return faults;
    }

    private async Task PlanAsync(Stay stay, DateOnly end, string? reason, CancellationToken ct)
    {
        db.Add(StayPlan.Of(stay, end, VietnameseText.Clean(reason)!, null, clock, db.Visitor!.Account));
        db.Tell(new StayReplanned(stay.PersonId, stay.Id, null, end));
        await db.SaveChangesAsync(ct);
    }
}
