using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Gives and takes beds. The last one goes to one person, however many clerks ask at once: a lock decides, a unique index proves.</summary>
public sealed class Beds(Db db, TimeProvider clock)
{
    private sealed record Chosen(BedId Id, UnitId Unit, AreaKeys Area, short Class, bool Icu, bool Oxygen, string Label, short RoomSex);

    /// <summary>Gives a stay a certain bed, or any free one of its class. A bed that it held before is free again.</summary>
    /// <param name="kind">Occupied for somebody in house, reserved for somebody expected.</param>
    public async Task<Outcome<BedId>> AssignAsync(Stay stay, BedId? wanted, CancellationToken ct, BedUseKind kind = BedUseKind.Occupied)
    {
        var sex = (Sex)await db.Connection.ValueAsync<short>("SELECT sex FROM pt.person WHERE id = $1", ct, stay.PersonId.Value);
        if (wanted is null) return await LockAnyAsync(stay, sex, ct) is { } any ? await GiveAsync(stay, any, kind, ct) : Problems.NoBedFree();
        if (await LockAsync(wanted.Value, ct) is not { } bed) return Problems.BedNotHere();
        if (bed.Unit != stay.UnitId || PlaceClasses.From(bed.Class).Class != stay.Class) return Problems.BedNotHere();
        if (bed.RoomSex != 0 && sex is Sex.Male or Sex.Female && bed.RoomSex != (short)sex) return Problems.RoomForOtherSex();
        return await TakenAsync(bed, stay, ct) ? Problems.BedTaken(bed.Label) : await GiveAsync(stay, bed, kind, ct);
    }

    /// <summary>Whether somebody else holds it. Uses of beds are seen within the scope, and so is every bed that is given: it belongs to the unit of the stay.</summary>
    private Task<bool> TakenAsync(Chosen bed, Stay stay, CancellationToken ct) =>
        db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.quarantine_bed_use WHERE bed_id = $1 AND until IS NULL AND stay_id <> $2)", ct, bed.Id.Value, stay.Id.Value);

    private async Task<Outcome<BedId>> GiveAsync(Stay stay, Chosen bed, BedUseKind kind, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await FreeAsync(stay.Id, now, ct);
        db.Add(new BedUse
        {
            Id = clock.NewGuid(), BedId = bed.Id, UnitId = bed.Unit, ProvinceId = bed.Area.Province, DistrictId = bed.Area.District, CommuneId = bed.Area.Commune,
            Class = bed.Class, Icu = bed.Icu, Oxygen = bed.Oxygen, Kind = kind, PersonId = stay.PersonId, StayId = stay.Id, Since = now,
        });
        stay.BedId = bed.Id;
        db.Tell(new BedAssigned(stay.PersonId, stay.Id, bed.Id));
        await db.SaveChangesAsync(ct);
        return bed.Id;
    }

    /// <summary>Ends whatever bed a stay holds.</summary>
    public Task FreeAsync(StayId stay, DateTimeOffset at, CancellationToken ct) =>
        db.Connection.RunAsync("UPDATE pt.quarantine_bed_use SET until = greatest($2, since) WHERE stay_id = $1 AND until IS NULL", ct, stay.Value, at);

    private const string Columns = """
        b.id, b.unit_id, b.province_id, b.district_id, b.commune_id, b.class, b.icu, b.oxygen,
        concat_ws(' · ', nullif(r.wing, ''), r.name, b.label), r.sex FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id
        """;

    private Task<Chosen?> LockAsync(BedId bed, CancellationToken ct) =>
        db.Connection.RowAsync<Chosen?>($"SELECT {Columns} WHERE b.id = $1 AND b.open FOR UPDATE OF b", Read, ct, bed.Value);

    /// <summary>The first free one; one that somebody took between our looking and our locking is passed over.</summary>
    private async Task<Chosen?> LockAnyAsync(Stay stay, Sex sex, CancellationToken ct)
    {
        Chosen? bed;
        do bed = await LockFreeAsync(stay, sex, ct);
        while (bed is not null && await TakenAsync(bed, stay, ct));
        return bed;
    }

    /// <summary>The first free one that nobody else is taking at this moment; a bed of the stay's own tier before others.</summary>
    private Task<Chosen?> LockFreeAsync(Stay stay, Sex sex, CancellationToken ct) =>
        db.Connection.RowAsync<Chosen?>($"""
            SELECT {Columns} WHERE b.unit_id = $1 AND b.open AND (b.class / 10 = $2) AND (r.sex = 0 OR r.sex = $4 OR $4 NOT IN (1, 2))
              AND NOT EXISTS (SELECT 1 FROM pt.quarantine_bed_use u WHERE u.bed_id = b.id AND u.until IS NULL)
            ORDER BY b.class <> $3, b.icu, b.oxygen, b.id LIMIT 1 FOR UPDATE OF b SKIP LOCKED
            """, Read, ct, stay.UnitId.Value, stay.Class == StayClass.Observation ? 1 : 2, stay.PlaceClass, (short)sex);

    private static Chosen Read(Npgsql.NpgsqlDataReader r) => new(new BedId(r.GetInt32(0)), new UnitId(r.GetInt32(1)),
        new AreaKeys(new(r.GetInt32(2)), new(r.GetInt32(3)), new(r.GetInt32(4))), r.GetInt16(5), r.GetBoolean(6), r.GetBoolean(7), r.GetString(8), r.GetInt16(9));
}
