using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Announces somebody who will come, and reserves a bed if asked. They are admitted when they arrive.</summary>
public sealed class ExpectPerson(Db db, Beds beds, TimeProvider clock)
{
    public sealed record Input(StayId Id, PersonId Person, UnitId Unit, StayClass Class, short Tier, DateTimeOffset ExpectedAt, StayReason Reason, DateOnly? OriginOn, Protection Protection, bool ReserveBed, BedId? Bed, string? Note);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id.Value, "stay.expect", input, async () =>
    {
        if (Math.Abs((input.ExpectedAt - clock.GetUtcNow()).TotalDays) > StayPlan.DaysMost) return Problems.TooFarAway("arrivedAt", StayPlan.DaysMost);
        if (input.OriginOn < clock.Today().AddDays(-StayPlan.PastMost)) return Problems.TooFarAway("originOn", StayPlan.PastMost);
        if (input.OriginOn > clock.Today()) return Refusals.InFuture("originOn");
        if (input.Tier is < 0 or > 5) return Refusals.NotOneOf("tier");
        var facility = await db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == input.Unit, ct);
        if (facility is null || !db.Scope.Covers(facility)) return Problems.NoSuchFacility();
        if (input.Class == StayClass.Observation ? !facility.Observation : !facility.Treatment) return Problems.ClassNotHere();
        if (!await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person WHERE id = $1)", ct, input.Person.Value)) return Refusals.NotFound();
        var stay = new Stay
        {
            PersonId = input.Person, Id = input.Id, UnitId = input.Unit, ProvinceId = facility.ProvinceId, DistrictId = facility.DistrictId, CommuneId = facility.CommuneId,
            Place = StayPlace.Facility, Class = input.Class, Tier = input.Class == StayClass.Treatment ? (input.Tier != 0 ? input.Tier : facility.Tier ?? 0) : (short)0,
            State = StayState.Expected, ExpectedAt = input.ExpectedAt, Reason = input.Reason, OriginOn = input.OriginOn, Protection = input.Protection,
            Note = VietnameseText.Clean(input.Note), EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor!.Account, EnteredUnit = db.Visitor.Unit,
        };
        db.Add(stay);
        await db.TieAsync(stay.PersonId, TieBecause.Stay, stay.Id.Value, stay.UnitId, new AreaKeys(stay.ProvinceId, stay.DistrictId, stay.CommuneId), ct);
        db.Tell(new StayExpected(stay.PersonId, stay.Id, stay.UnitId));
        await db.SaveChangesAsync(ct);
        if ((input.ReserveBed || input.Bed is not null) && (await beds.AssignAsync(stay, input.Bed, ct, BedUseKind.Reserved)).Refused(out var noBed)) return noBed;
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
