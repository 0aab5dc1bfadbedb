using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>Sets a facility up and keeps its rooms, beds and licensed places.</summary>
public sealed class RunFacility(Db db, TimeProvider clock)
{
    public const int MostBedsAtOnce = 2000;
    /// <summary>Number and title of a paper.</summary>
    public const int PaperMost = 200;

    /// <param name="BaseVersion">The version that the form showed; 0 where the unit was no facility yet.</param>
    public sealed record SetUp(Guid Intent, UnitId Unit, int BaseVersion, bool Observation, bool Treatment, short? Tier, DateOnly? OpenedOn, DateOnly? ClosedOn, [property: Most(PaperMost)] string? Paper, string? Note);

    /// <param name="Rooms">Names of the new rooms, each unique within the wing.</param>
    /// <param name="Class">See <see cref="PlaceClasses"/>.</param>
    public sealed record AddRooms(Guid Intent, UnitId Unit, [property: Most(Room.WingMost)] string Wing, [property: Most(Room.NameMost)] IReadOnlyList<string> Rooms, int BedsEach, short Class, bool Icu, bool Oxygen, short Sex);

    private const string RoomsKind = "facility.add-rooms-list", RoomsBackKind = "facility.remove-rooms-list";

    /// <summary>Of the dependents of rooms that were to be taken back so many are listed; all are counted.</summary>
    private const int MostListed = 200;

    /// <summary>What was added at one press.</summary>
    public sealed record Added(UnitId Unit, IReadOnlyList<RoomId> Rooms, int Beds);

    public sealed record License(Guid Intent, UnitId Unit, short Class, int Places, DateOnly Since, [property: Most(PaperMost)] string? Paper);

    public Task<Outcome<UnitId>> RunAsync(SetUp input, CancellationToken ct) => db.OnceAsync(input.Intent, "facility.set-up", input, async () =>
    {
        if (await UnitAreaAsync(input.Unit, ct) is not { } area) return Refusals.NotFound();
        if (!input.Observation && !input.Treatment) return Refusals.Required("observation");
        if (input.Tier is < 1 or > 5) return Refusals.NotOneOf("tier");
        if (input.ClosedOn < input.OpenedOn) return Problems.ClosedBeforeOpened();
        var facility = await db.Set<Facility>().FirstOrDefaultAsync(f => f.UnitId == input.Unit, ct);
        if ((facility?.Version ?? 0) != input.BaseVersion) return Refusals.Changed();
        if (facility is null) db.Add(facility = new Facility { UnitId = input.Unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune });
        (facility.Observation, facility.Treatment, facility.Tier) = (input.Observation, input.Treatment, input.Treatment ? input.Tier : null);
        (facility.OpenedOn, facility.ClosedOn, facility.Paper, facility.Note) = (input.OpenedOn, input.ClosedOn, VietnameseText.Clean(input.Paper), VietnameseText.Clean(input.Note));
        db.Tell(new FacilityChanged(input.Unit, FacilityPart.Facility, 1));
        await db.SaveChangesAsync(ct);
        return (Outcome<UnitId>)input.Unit;
    }, ct);

    public Task<Outcome<Added>> RunAsync(AddRooms input, CancellationToken ct) => db.OnceAsync(input.Intent, RoomsKind, input, async () =>
    {
        if (input.Sex is < 0 or > 2) return Refusals.NotOneOf("sex");
        var names = input.Rooms.Select(VietnameseText.Clean).OfType<string>().Distinct().ToList();
        if (names.Count == 0) return Refusals.Required("rooms");
        if (input.BedsEach is < 1 or > 200 || names.Count * input.BedsEach > MostBedsAtOnce) return Problems.TooManyBeds(MostBedsAtOnce);
        if (!PlaceClasses.All.Contains(input.Class)) return Refusals.NotOneOf("class");
        var facility = await db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == input.Unit, ct);
        if (facility is null || !db.Scope.Covers(facility)) return Refusals.NotFound();
        List<RoomId> rooms;
        try
        {
            rooms = await db.Connection.RowsAsync("""
                WITH rooms AS (INSERT INTO pt.quarantine_room (unit_id, province_id, district_id, commune_id, wing, name, sex)
                  SELECT $1, $2, $3, $4, $5, n, $6 FROM unnest($7::text[]) n RETURNING id),
                beds AS (INSERT INTO pt.quarantine_bed (room_id, unit_id, province_id, district_id, commune_id, label, class, icu, oxygen)
                  SELECT r.id, $1, $2, $3, $4, b::text, $8, $9, $10 FROM rooms r CROSS JOIN generate_series(1, $11) b)
                SELECT id FROM rooms
                """, r => new RoomId(r.GetInt32(0)), ct, input.Unit.Value, facility.ProvinceId.Value, facility.DistrictId.Value, facility.CommuneId.Value, VietnameseText.Clean(input.Wing) ?? "", input.Sex, names.ToArray(), input.Class, input.Icu, input.Oxygen, input.BedsEach);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Problems.RoomTaken(names[0]);
        }
        db.Tell(new FacilityChanged(input.Unit, FacilityPart.Rooms, names.Count * input.BedsEach));
        await db.SaveChangesAsync(ct);
        return (Outcome<Added>)new Added(input.Unit, rooms, names.Count * input.BedsEach);
    }, ct);

    /// <summary>Rooms that the visitor added at one press in a facility, and that can still be taken back.</summary>
    public Task<List<OwnAct>> MineAsync(UnitId unit, CancellationToken ct) => db.OwnActsAsync<Added>(RoomsKind, RoomsBackKind, added => added.Unit == unit ? added.Beds : null, ct);

    /// <summary>The same taken back by who did it: rooms and beds are gone, unless one of the beds was ever given to somebody. All or none: each such stay stands in <see cref="Problem.Field"/>.</summary>
    /// <param name="of">The intent with which they were added.</param>
    public Task<Outcome<TakenBack>> UndoAsync(Guid intent, UnitId unit, Guid of, CancellationToken ct) => db.OnceAsync(intent, RoomsBackKind, new { unit, of }, async () =>
    {
        if (await db.AnsweredAsync<Added>(of, RoomsKind, ct) is not { } added || added.Unit != unit) return Refusals.NotFound();
        var facility = await db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == unit, ct);
        if (facility is null || !db.Scope.Covers(facility)) return Refusals.NotFound();
        var rooms = added.Rooms.Select(room => room.Value).ToArray();
        // Whoever gives one of these beds at this moment waits, and then finds it gone.
        var beds = await db.Connection.RowsAsync("SELECT id FROM pt.quarantine_bed WHERE room_id = ANY ($1) ORDER BY id FOR UPDATE", r => r.GetInt32(0), ct, (object)rooms);
        if (beds.Count == 0) return Refusals.ChangedSince(); // taken back already
        var given = await db.Connection.RowsAsync("""
            SELECT DISTINCT ON (u.stay_id) u.stay_id, concat_ws(' · ', nullif(r.wing, ''), r.name, b.label)
            FROM pt.quarantine_bed_use u JOIN pt.quarantine_bed b ON b.id = u.bed_id JOIN pt.quarantine_room r ON r.id = b.room_id WHERE u.bed_id = ANY ($1) ORDER BY u.stay_id, u.since DESC
            """, r => Problems.BedWasGiven(r.GetString(1)).At(r.GetGuid(0).ToString()), ct, (object)beds.ToArray());
        if (given.Count > 0) return (List<Problem>)[Refusals.DependsOn(given.Count), .. given.Take(MostListed)];
        await db.Connection.RunAsync("DELETE FROM pt.quarantine_bed WHERE id = ANY ($1)", ct, (object)beds.ToArray());
        await db.Connection.RunAsync("DELETE FROM pt.quarantine_room WHERE id = ANY ($1)", ct, (object)rooms);
        db.Tell(new FacilityChanged(unit, FacilityPart.RoomsTakenBack, beds.Count));
        await db.SaveChangesAsync(ct);
        return (Outcome<TakenBack>)new TakenBack(of, beds.Count);
    }, ct);

    /// <summary>Opens or closes a bed. Not while somebody lies in it.</summary>
    public Task<Outcome<BedId>> OpenBedAsync(BedId id, bool open, CancellationToken ct) => db.WholeAsync(async () =>
    {
        var bed = await db.Set<Bed>().FirstOrDefaultAsync(b => b.Id == id, ct);
        if (bed is null || !db.Scope.Covers(bed)) return Refusals.NotFound();
        await db.Connection.RunAsync("SELECT 1 FROM pt.quarantine_bed WHERE id = $1 FOR UPDATE", ct, id.Value);
        if (await db.Set<BedUse>().AnyAsync(u => u.BedId == id && u.Until == null, ct)) return Problems.BedInUse();
        bed.Open = open;
        db.Tell(new FacilityChanged(bed.UnitId, FacilityPart.Beds, 1));
        await db.SaveChangesAsync(ct);
        return (Outcome<BedId>)id;
    }, ct);

    public Task<Outcome<UnitId>> RunAsync(License input, CancellationToken ct) => db.OnceAsync(input.Intent, "facility.license", input, async () =>
    {
        if (!PlaceClasses.All.Contains(input.Class)) return Refusals.NotOneOf("class");
        if (input.Places is < 0 or > 100_000) return Refusals.NotANumber("places");
        if (input.Since > clock.Today()) return Refusals.InFuture("since");
        var facility = await db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == input.Unit, ct);
        if (facility is null || !db.Scope.Covers(facility)) return Refusals.NotFound();
        var current = await db.Set<Licence>().FirstOrDefaultAsync(l => l.UnitId == input.Unit && l.Class == input.Class && l.Until == null, ct);
        if (current?.Since >= input.Since) return Problems.LicenceBackdated();
        if (current is not null) current.Until = input.Since.AddDays(-1);
        db.Add(new Licence
        {
            UnitId = input.Unit, ProvinceId = facility.ProvinceId, DistrictId = facility.DistrictId, CommuneId = facility.CommuneId, Class = input.Class, Since = input.Since, Places = input.Places,
            Paper = VietnameseText.Clean(input.Paper), EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor!.Account,
        });
        db.Tell(new FacilityChanged(input.Unit, FacilityPart.Licence, input.Places));
        await db.SaveChangesAsync(ct);
        return (Outcome<UnitId>)input.Unit;
    }, ct);

    private Task<AreaKeys?> UnitAreaAsync(UnitId unit, CancellationToken ct) => db.Connection.RowAsync<AreaKeys?>("""
        SELECT province_id, district_id, commune_id FROM pt.unit WHERE id = $1 AND pt.in_scope(id, province_id, district_id, commune_id)
        """, r => new AreaKeys(new(r.GetInt32(0)), new(r.GetInt32(1)), new(r.GetInt32(2))), ct, unit.Value);
}
