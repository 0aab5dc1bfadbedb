using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Admits a person into a facility, or puts them under quarantine at home. Never in two places; late entry keeps both times.</summary>
public sealed class AdmitPerson(Db db, StayPlanner planner, Beds beds, StayClash clash, AreaStore areas, TimeProvider clock)
{
    /// <param name="Id">Made by the sender.</param>
    /// <param name="Unit">The facility; for a home, the station that looks after it.</param>
    /// <param name="ArrivedAt">Null: not known, which must be said by <paramref name="ArrivalUnknown"/>.</param>
    public sealed record Input(StayId Id, PersonId Person, UnitId Unit, StayPlace Place, StayClass Class, short Tier, DateTimeOffset? ArrivedAt, bool ArrivalUnknown, StayReason Reason)
    {
        /// <summary>Area of the home or lodging; not needed for a facility.</summary>
        public AreaKeys Home { get; init; }
        public string? ReasonNote { get; init; }
        public Protection Protection { get; init; }
        public DateOnly? OriginOn { get; init; }
        [Most(40)]
        public string Disease { get; init; } = Diseases.Covid19;
        public Severity Severity { get; init; }
        /// <summary>A certain bed, or null.</summary>
        public BedId? Bed { get; init; }
        /// <summary>Any free bed of the class; refused where there is none.</summary>
        public bool AnyBed { get; init; }
        /// <summary>Only where it differs from the rule's; then with its reason.</summary>
        public DateOnly? PlannedEnd { get; init; }
        public string? PlanReason { get; init; }
        public string? Note { get; init; }
        public bool ViaTransfer { get; init; }
    }

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id.Value, "stay.admit", input, () => AdmitAsync(input with { ViaTransfer = false }, ct), ct);

    /// <summary>The same inside a larger act (the receipt of a transfer).</summary>
    internal async Task<Outcome<StayId>> AdmitAsync(Input input, CancellationToken ct)
    {
        var (faults, facility) = await CheckAsync(input, ct);
        if (faults.Count > 0) return faults;
        if (await clash.MeetAsync(input.Person, input.Unit, input.Id.Value, ct) is { } met) return met;

        var stay = NewStay(input, facility);
        db.Add(stay);
        await db.TieAsync(stay.PersonId, TieBecause.Stay, stay.Id.Value, stay.UnitId, new AreaKeys(stay.ProvinceId, stay.DistrictId, stay.CommuneId), ct);
        db.Tell(new StayAdmitted(stay.PersonId, stay.Id, stay.UnitId, stay.Class, stay.ArrivedOn, stay.PlannedEnd));
        if (stay.Severity != Severity.Unknown) db.Tell(new SeverityChanged(stay.PersonId, stay.Id, stay.Disease, stay.Severity));
        await db.SaveChangesAsync(ct);
        if (input.PlannedEnd is { } end && end != stay.PlannedByRule) await PlanAsync(stay, end, input.PlanReason, ct);
        if (input.Bed is not null || input.AnyBed)
            if ((await beds.AssignAsync(stay, input.Bed, ct)).Refused(out var noBed)) return noBed;
        return stay.Id;
    }

    private async Task<(List<Problem>, Place)> CheckAsync(Input input, CancellationToken ct)
    {
        var faults = new List<Problem>();
        var now = clock.GetUtcNow();
        if (input.ArrivedAt is null && !input.ArrivalUnknown) faults.Add(Refusals.Required("arrivedAt"));
        if (input.ArrivedAt > now.AddMinutes(5)) faults.Add(Refusals.InFuture("arrivedAt"));
        if (input.ArrivedAt < now.AddDays(-StayPlan.PastMost)) faults.Add(Problems.TooFarAway("arrivedAt", StayPlan.PastMost));
        faults.AddRange(StayChecks.Facts(input.Tier, input.Disease, input.Reason, input.OriginOn, clock.Today()));
        if (!input.ViaTransfer && input.PlannedEnd < input.ArrivedAt?.LocalDay()) faults.Add(Problems.EndBeforeArrival("plannedEnd"));
        if (!input.ViaTransfer && input.PlannedEnd is { } end && Math.Abs(end.DayNumber - (input.ArrivedAt?.LocalDay() ?? clock.Today()).DayNumber) > StayPlan.DaysMost) faults.Add(Problems.TooFarAway("plannedEnd", StayPlan.DaysMost));
        if (input.Home.Known && !areas.Holds(input.Home)) faults.Add(Refusals.NotOneOf("home"));
        faults.AddRange(StayChecks.Plan(input.PlannedEnd, input.PlanReason));
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", ct, input.Person.Value)) faults.Add(Refusals.NotFound());
        var unit = await db.Connection.RowAsync("""
            SELECT u.province_id, u.district_id, u.commune_id, f.unit_id IS NOT NULL, f.observation, f.treatment, f.tier, f.closed_on
            FROM pt.unit u LEFT JOIN pt.quarantine_facility f ON f.unit_id = u.id
            WHERE u.id = $1 AND u.valid_to IS NULL AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
            """, r => new Place(new AreaKeys(new(r.GetInt32(0)), new(r.GetInt32(1)), new(r.GetInt32(2))), r.GetBoolean(3), r.Maybe<bool>(4) == true, r.Maybe<bool>(5) == true, r.Maybe<short>(6) ?? 0, r.Maybe<DateOnly>(7)),
            ct, input.Unit.Value);
        if (unit is null)
        {
            faults.Add(Refusals.NotFound());
            return (faults, new Place(AreaKeys.Unknown, false, false, false, 0, null));
        }
        if (input.Place == StayPlace.Facility)
        {
            if (!unit.IsFacility) faults.Add(Problems.NoSuchFacility());
            else if (input.Class == StayClass.Observation ? !unit.Observation : !unit.Treatment) faults.Add(Problems.ClassNotHere());
            if (unit.ClosedOn is { } closed && closed <= (input.ArrivedAt ?? now).LocalDay()) faults.Add(Problems.FacilityClosed(closed));
        }
        else if (!input.Home.Known) faults.Add(Refusals.Required("home"));
        return (faults, unit);
    }

    private sealed record Place(AreaKeys Area, bool IsFacility, bool Observation, bool Treatment, short Tier, DateOnly? ClosedOn);

    private Stay NewStay(Input input, Place unit)
    {
        var area = input.Place == StayPlace.Facility ? unit.Area : input.Home;
        var plan = planner.Plan(new(area, input.Disease, input.Reason, input.Place, input.Protection, input.ArrivedAt?.LocalDay()) { OriginOn = input.OriginOn }, input.ArrivedAt?.LocalDay() ?? clock.Today());
        var stay = new Stay
        {
            PersonId = input.Person,
            Id = input.Id,
            UnitId = input.Unit,
            ProvinceId = area.Province,
            DistrictId = area.District,
            CommuneId = area.Commune,
            Place = input.Place,
            Class = input.Class,
            Tier = input.Class == StayClass.Treatment ? (input.Tier != 0 ? input.Tier : unit.Tier) : (short)0,
            Severity = input.Severity,
            Disease = input.Disease,
            State = StayState.InHouse,
            ViaTransfer = input.ViaTransfer,
            Reason = input.Reason,
            ReasonNote = VietnameseText.Clean(input.ReasonNote),
            Protection = input.Protection,
            Origin = plan.Origin,
            OriginOn = plan.OriginOn,
            Rule = plan.Edition?.Name(),
            PlannedByRule = plan.End,
            PlannedEnd = plan.End,
            Note = VietnameseText.Clean(input.Note),
            EnteredAt = clock.GetUtcNow(),
            EnteredBy = db.Visitor!.Account,
            EnteredUnit = db.Visitor.Unit,
        };
        stay.Arrive(input.ArrivedAt);
        return stay;
    }

    private async Task PlanAsync(Stay stay, DateOnly end, string? reason, CancellationToken ct)
    {
        db.Add(StayPlan.Of(stay, end, VietnameseText.Clean(reason)!, null, clock, db.Visitor!.Account));
        stay.PlannedEnd = end;
        db.Tell(new StayReplanned(stay.PersonId, stay.Id, stay.PlannedByRule, end));
        await db.SaveChangesAsync(ct);
    }
}
