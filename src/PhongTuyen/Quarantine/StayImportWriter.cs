using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What a list needs to know of the units that its stays are in.</summary>
internal static class StayImportPlaces
{
    public sealed record Place(AreaKeys Area, bool IsFacility, bool Observation, bool Treatment, short Tier, DateOnly? ClosedOn);

    public static async Task<Dictionary<UnitId, Place>> OfAsync(Db db, IEnumerable<UnitId> units, CancellationToken ct)
    {
        var ids = units.Select(unit => unit.Value).Distinct().ToArray();
        if (ids.Length == 0) return [];
        return (await db.Connection.RowsAsync("""
            SELECT u.id, u.province_id, u.district_id, u.commune_id, f.unit_id IS NOT NULL, coalesce(f.observation, false), coalesce(f.treatment, false), coalesce(f.tier, 0::smallint), f.closed_on
            FROM pt.unit u LEFT JOIN pt.quarantine_facility f ON f.unit_id = u.id WHERE u.id = ANY ($1)
            """, r => (Id: new UnitId(r.GetInt32(0)), Place: new Place(new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3))), r.GetBoolean(4), r.GetBoolean(5), r.GetBoolean(6), r.GetInt16(7), r.Maybe<DateOnly>(8))), ct, ids))
            .ToDictionary(one => one.Id, one => one.Place);
    }
}

/// <summary>Writes the stays of many rows, their ties and the beds of the rooms that the list names, with one statement each.</summary>
internal sealed class StayImportWriter(ImportContext context, StayPlanner planner)
{
    private sealed record Stay(Guid Person, StayImport.Part Part, UnitId Unit, StayImportPlaces.Place Place, StayPlanner.Planned Plan);

    private Db Db => context.Db;

    public async Task WriteAsync(IReadOnlyList<(PersonId Person, StayImport.Part Part, UnitId Unit, StayImportPlaces.Place Place)> rows, CancellationToken ct)
    {
        var stays = rows.Select(row => new Stay(row.Person.Value, row.Part, row.Unit, row.Place, PlanOf(row.Part, row.Place))).ToList();
        foreach (var stay in stays) stay.Part.Id = Db.Clock.New<StayId>();
        await StaysAsync(stays, ct);
        await TiesAsync(stays, ct);
        await RoomsAsync([.. stays.Where(stay => stay.Part is { Room: not null, End: null })], ct);
    }

    private StayPlanner.Planned PlanOf(StayImport.Part part, StayImportPlaces.Place place) =>
        planner.Plan(new(place.Area, part.Disease, part.Reason, StayPlace.Facility, Protection.Unknown, part.Arrived?.LocalDay()) { OriginOn = part.Origin }, part.Arrived?.LocalDay() ?? context.AsOf);

    private Task<int> StaysAsync(List<Stay> stays, CancellationToken ct) => Db.Connection.RunAsync("""
        INSERT INTO pt.quarantine_stay (person_id, id, unit_id, province_id, district_id, commune_id, place, disease, class, tier, state, ended_as, arrived_at, arrived_on, ended_at, ended_on, reason, origin, origin_on,
          rule, planned_by_rule, planned_end, note, import_id, entered_at, entered_by, entered_unit)
        SELECT p, id, unit, province, district, commune, 1, disease, class, tier, CASE WHEN ended_as = 0 THEN 2 ELSE 5 END, nullif(ended_as, 0), arrived, arrived_on, ended, ended_on, reason, origin, origin_on, rule, planned, planned, note, $21, $22, $23, $24
        FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::smallint[], $8::smallint[], $9::timestamptz[], $10::date[], $11::smallint[], $12::smallint[], $13::date[], $14::text[], $15::date[], $16::text[], $17::smallint[], $18::timestamptz[], $19::date[], $20::text[])
          x(p, id, unit, province, district, commune, class, tier, arrived, arrived_on, reason, origin, origin_on, rule, planned, note, ended_as, ended, ended_on, disease)
        """, ct, [.. Keys(stays), Of(stays, s => (short)s.Part.Class), Of(stays, s => s.Part.Class == StayClass.Treatment ? s.Place.Tier : (short)0), Of(stays, s => s.Part.Arrived), Of(stays, s => s.Part.Arrived?.LocalDay()),
            Of(stays, s => (short)s.Part.Reason), Of(stays, s => (short)s.Plan.Origin), Of(stays, s => s.Plan.OriginOn), Of(stays, s => s.Plan.Edition?.Name()), Of(stays, s => s.Plan.End), Of(stays, s => s.Part.Note),
            Of(stays, s => (short)(s.Part.End ?? 0)), Of(stays, s => s.Part.EndedAt), Of(stays, s => s.Part.EndedAt?.LocalDay()), Of(stays, s => s.Part.Disease), context.Id.Value, Db.Clock.GetUtcNow(), Db.Visitor!.Account.Value, Db.Visitor.Unit.Value]);

    private Task<int> TiesAsync(List<Stay> stays, CancellationToken ct) => Db.Connection.RunAsync("""
        INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since, until)
        SELECT p, 3, id, unit, province, district, commune, '', $8, CASE WHEN ended THEN $8 END FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::boolean[]) x(p, id, unit, province, district, commune, ended)
        """, ct, [.. Keys(stays), Of(stays, s => s.Part.End is not null), Db.Clock.GetUtcNow()]);

    /// <summary>A room that the list names: the first free beds in it, for whom the room may take. Where it is full or unknown the person is in house without a bed, for the clerk to see.</summary>
    private async Task RoomsAsync(List<Stay> stays, CancellationToken ct)
    {
        if (stays.Count == 0) return;
        await Db.Connection.RunAsync("""
            WITH wanted AS (
              SELECT w.p, w.stay, r.id AS room, w.class, row_number() OVER (PARTITION BY r.id, w.class ORDER BY w.ord) AS place
              FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::smallint[]) WITH ORDINALITY w(p, stay, unit, room, class, ord) JOIN pt.person p ON p.id = w.p
                JOIN LATERAL (SELECT min(r.id) AS id FROM pt.quarantine_room r WHERE r.unit_id = w.unit AND lower(w.room) IN (lower(r.name), lower(concat_ws(' ', nullif(r.wing, ''), r.name)), lower(concat_ws('/', nullif(r.wing, ''), r.name)), lower(concat_ws('-', nullif(r.wing, ''), r.name)))
                    AND (r.sex = 0 OR r.sex = p.sex OR p.sex NOT IN (1, 2)) HAVING count(*) = 1) r ON true),
            free AS (
              SELECT b.*, CASE WHEN b.class = 10 THEN 1 ELSE 2 END AS of, row_number() OVER (PARTITION BY b.room_id, b.class = 10 ORDER BY b.id) AS place
              FROM pt.quarantine_bed b WHERE b.room_id IN (SELECT room FROM wanted) AND b.open AND NOT EXISTS (SELECT 1 FROM pt.quarantine_bed_use u WHERE u.bed_id = b.id AND u.until IS NULL)),
            given AS (
              INSERT INTO pt.quarantine_bed_use (id, bed_id, unit_id, province_id, district_id, commune_id, class, icu, oxygen, kind, person_id, stay_id, since)
              SELECT gen_random_uuid(), f.id, f.unit_id, f.province_id, f.district_id, f.commune_id, f.class, f.icu, f.oxygen, 2, w.p, w.stay, $6
              FROM wanted w JOIN free f ON f.room_id = w.room AND f.of = w.class AND f.place = w.place RETURNING bed_id, person_id, stay_id)
            UPDATE pt.quarantine_stay s SET bed_id = g.bed_id FROM given g WHERE s.person_id = g.person_id AND s.id = g.stay_id
            """, ct, Of(stays, s => s.Person), Of(stays, s => s.Part.Id.Value), Of(stays, s => s.Unit.Value), Of(stays, s => s.Part.Room), Of(stays, s => (short)s.Part.Class), Db.Clock.GetUtcNow());
    }

    /// <summary>Person, id, unit and area of each.</summary>
    private static object[] Keys(List<Stay> stays) =>
        [Of(stays, s => s.Person), Of(stays, s => s.Part.Id.Value), Of(stays, s => s.Unit.Value), Of(stays, s => s.Place.Area.Province.Value), Of(stays, s => s.Place.Area.District.Value), Of(stays, s => s.Place.Area.Commune.Value)];

    private static T[] Of<T>(List<Stay> stays, Func<Stay, T> read) => [.. stays.Select(read)];
}
