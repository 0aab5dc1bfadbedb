using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What a row says of a stay: at a named facility, or at the importing one. Without a facility there is no stay; without a known arrival the stay counts in no day's flow.</summary>
public sealed class StayImport(StayPlanner planner, IUnits units) : IImportTarget
{
    private static readonly IReadOnlyDictionary<string, StayClass> Classes = RowWords.Vocabulary(
        (StayClass.Observation, "observation|theo dõi|cách ly theo dõi|quarantine"), (StayClass.Treatment, "treatment|điều trị|cách ly điều trị|isolation"));

    private static readonly IReadOnlyDictionary<string, StayReason> Reasons = RowWords.Vocabulary(
        (StayReason.CloseContact, "close-contact|f1|tiếp xúc gần|contact|close contact"), (StayReason.SecondContact, "second-contact|f2|tiếp xúc f1"), (StayReason.Entrant, "entrant|nhập cảnh|người nhập cảnh|arrival from abroad"),
        (StayReason.EpidemicArea, "epidemic-area|về từ vùng dịch|người về từ vùng dịch|vùng dịch"), (StayReason.Suspected, "suspected|nghi ngờ|ca nghi ngờ"), (StayReason.Confirmed, "confirmed|f0|ca bệnh|dương tính|xác định"), (StayReason.Other, "other|khác"));

    public int Order => 20;

    public IReadOnlyList<ImportField> Fields { get; } =
    [
        new("stay.facility", "Cơ sở", "Cơ sở cách ly", "Nơi cách ly", "Cơ sở điều trị", "Khu cách ly", "Bệnh viện", "Facility", "Hospital"),
        new("stay.here"),
        new("stay.make-facility"),
        new("stay.start-unknown"),
        new("stay.class", "Loại cách ly", "Class"),
        new("stay.arrived", "Thời gian vào", "Ngày vào", "Ngày nhập viện", "Ngày cách ly", "Admitted", "Date of admission"),
        new("stay.reason", "Lý do", "Lý do cách ly", "Đối tượng", "Reason"),
        new("stay.origin", "Ngày tiếp xúc", "Ngày tiếp xúc cuối", "Ngày nhập cảnh", "Ngày tiếp xúc/nhập cảnh", "Last contact"),
        new("stay.room", "Phòng", "Room"),
        new("stay.note", "Ghi chú", "Note", "Remarks"),
    ];

    /// <summary>What was read of the stay.</summary>
    /// <param name="Facility">Name as written; null: the importing unit itself.</param>
    private sealed record Part(string? Facility, StayClass Class, DateTimeOffset? Arrived, StayReason Reason, DateOnly? Origin, string? Room, string? Note, string Disease)
    {
        public bool Died { get; init; }
        public DateOnly? DiedOn { get; init; }
        public StayId Id { get; set; }
    }

    public void Read(ImportContext context, ImportedRow row)
    {
        var facility = row.Short("stay.facility", 200);
        if (facility is null && !row.Says("stay.here")) return;
        var unknown = row.Says("stay.start-unknown");
        var arrived = row.Moment("stay.arrived", context.Today);
        // A list of people who came today need not say so in every row; a list of the past must say it, or that it is not known.
        if (arrived is null && !unknown && row["stay.arrived"] is null) arrived = context.Db.Clock.GetUtcNow();
        row.Keep(new Part(facility, row.Choice("stay.class", Classes, StayClass.Observation), arrived, row.Choice("stay.reason", Reasons, StayReason.Other), row.Date("stay.origin", context.Today),
            row.Short("stay.room", 60), row.Short("stay.note", 500), row["case.disease"] ?? "covid-19")
        {
            Died = VietnameseText.Fold(row["case.outcome"]) == "died",
            DiedOn = row["case.outcome-on"] is { } died && DateInput.TryDate(died, context.Today, out var on) ? on : null,
        });
        row.Identity.Add($"s:{VietnameseText.ToneKey(facility)}|{(row["stay.arrived"] is null ? null : arrived?.LocalDay())}");
    }

    public async Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        await FindFacilitiesAsync(context, rows, ct);
        foreach (var row in rows.Where(row => row.Part<Part>() is { Facility: { } name } && !context.Facilities.ContainsKey(name) && !row.Says("stay.make-facility")))
            row.Reject(Problems.NoSuchFacility().At("stay.facility"));
        var known = rows.Where(row => row.PersonKnown && row.Part<Part>() is not null && row.Verdict == RowVerdict.Ready).ToList();
        if (known.Count == 0) return;
        var present = (await context.Db.Connection.RowsAsync("SELECT x.p, e.unit_id, e.facility, e.telephone, e.masked_name FROM unnest($1::uuid[]) x(p) CROSS JOIN LATERAL pt.stay_elsewhere(x.p) e",
            r => (Person: new PersonId(r.GetGuid(0)), Unit: new UnitId(r.GetInt32(1)), Facility: r.GetString(2), Telephone: r.Text(3), Name: r.Text(4)), ct, known.Select(row => row.Person.Value).Distinct().ToArray())).ToDictionary(found => found.Person);
        foreach (var row in known)
            if (present.TryGetValue(row.Person, out var where))
            {
                if (where.Unit == UnitOf(context, row.Part<Part>()!)) row.Verdict = RowVerdict.Duplicate; // is here already
                else row.Reject(Problems.StaysElsewhere(where.Facility, where.Telephone ?? "?", where.Name ?? "?"));
            }
    }

    private static UnitId UnitOf(ImportContext context, Part part) => part.Facility is { } name ? context.Facilities.GetValueOrDefault(name) : context.Unit;

    /// <summary>Facilities of the visitor's own scope by their exact name; two names that differ stay two facilities until a person merges them.</summary>
    private async Task FindFacilitiesAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var names = rows.Select(row => row.Part<Part>()?.Facility).OfType<string>().Where(name => !context.Facilities.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length == 0) return;
        foreach (var (name, unit) in await units.FacilitiesByNameAsync(names, ct)) context.Facilities[name] = unit;
    }

    public async Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var staying = rows.Where(row => row.Part<Part>() is not null).ToList();
        if (staying.Count == 0) return;
        await MakeFacilitiesAsync(context, staying, ct);
        var (db, now) = (context.Db, context.Db.Clock.GetUtcNow());
        var places = await FacilityAreasAsync(db, staying.Select(row => UnitOf(context, row.Part<Part>()!)).Distinct(), ct);
        var planned = staying.ConvertAll(row => (Row: row, Part: row.Part<Part>()!, Unit: UnitOf(context, row.Part<Part>()!))).ConvertAll(s => (s.Row, s.Part, s.Unit, Area: places[s.Unit].Area, places[s.Unit].Tier,
            Plan: planner.Plan(new(places[s.Unit].Area, s.Part.Disease, s.Part.Reason, StayPlace.Facility, Protection.Unknown, s.Part.Arrived?.LocalDay()) { OriginOn = s.Part.Origin }, s.Part.Arrived?.LocalDay() ?? context.AsOf)));
        foreach (var stay in planned) stay.Part.Id = db.Clock.New<StayId>();
        await db.Connection.RunAsync("""
            INSERT INTO pt.quarantine_stay (person_id, id, unit_id, province_id, district_id, commune_id, place, class, tier, state, ended_as, arrived_at, arrived_on, ended_at, ended_on, reason, origin, origin_on,
              rule, planned_by_rule, planned_end, note, import_id, entered_at, entered_by, entered_unit)
            SELECT p, id, unit, province, district, commune, 1, class, tier, CASE WHEN died THEN 5 ELSE 2 END, CASE WHEN died THEN 4 END, arrived, arrived_on, died_at, died_on, reason, origin, origin_on, rule, planned, planned, note, $18, $19, $20, $21
            FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::smallint[], $8::smallint[], $9::timestamptz[], $10::date[], $11::smallint[], $12::smallint[], $13::date[], $14::text[], $15::date[], $16::text[], $17::boolean[], $22::timestamptz[], $23::date[])
              x(p, id, unit, province, district, commune, class, tier, arrived, arrived_on, reason, origin, origin_on, rule, planned, note, died, died_at, died_on)
            """, ct, planned.Select(s => s.Row.Person.Value).ToArray(), planned.Select(s => s.Part.Id.Value).ToArray(), planned.Select(s => s.Unit.Value).ToArray(), planned.Select(s => s.Area.Province.Value).ToArray(), planned.Select(s => s.Area.District.Value).ToArray(),
            planned.Select(s => s.Area.Commune.Value).ToArray(), planned.Select(s => (short)s.Part.Class).ToArray(), planned.Select(s => s.Part.Class == StayClass.Treatment ? s.Tier : (short)0).ToArray(), planned.Select(s => s.Part.Arrived).ToArray(), planned.Select(s => s.Part.Arrived?.LocalDay()).ToArray(),
            planned.Select(s => (short)s.Part.Reason).ToArray(), planned.Select(s => (short)s.Plan.Origin).ToArray(), planned.Select(s => s.Plan.OriginOn).ToArray(), planned.Select(s => s.Plan.Edition?.Name()).ToArray(), planned.Select(s => s.Plan.End).ToArray(), planned.Select(s => s.Part.Note).ToArray(),
            planned.Select(s => s.Part.Died).ToArray(), context.Id.Value, now, db.Visitor!.Account.Value, db.Visitor.Unit.Value, planned.Select(s => s.Part.DiedOn?.AtLocal()).ToArray(), planned.Select(s => s.Part.DiedOn).ToArray());
        await db.Connection.RunAsync("""
            INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since, until)
            SELECT p, 3, id, unit, province, district, commune, '', $7, CASE WHEN died THEN $7 END FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $8::boolean[]) x(p, id, unit, province, district, commune, died)
            """, ct, planned.Select(s => s.Row.Person.Value).ToArray(), planned.Select(s => s.Part.Id.Value).ToArray(), planned.Select(s => s.Unit.Value).ToArray(), planned.Select(s => s.Area.Province.Value).ToArray(),
            planned.Select(s => s.Area.District.Value).ToArray(), planned.Select(s => s.Area.Commune.Value).ToArray(), now, planned.Select(s => s.Part.Died).ToArray());
        await GiveRoomsAsync(context, planned.ConvertAll(s => (s.Row, s.Part, s.Unit)), ct);
    }

    /// <summary>A room that the list names: the first free bed in it. A room that is full or unknown leaves the person in house without a bed, for the clerk to see.</summary>
    private static async Task GiveRoomsAsync(ImportContext context, List<(ImportedRow Row, Part Part, UnitId Unit)> stays, CancellationToken ct)
    {
        var roomed = stays.Where(s => s.Part.Room is not null && !s.Part.Died).ToList();
        if (roomed.Count == 0) return;
        await context.Db.Connection.RunAsync("""
            WITH wanted AS (SELECT x.*, row_number() OVER (PARTITION BY unit, lower(room) ORDER BY ord) AS place FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::smallint[]) WITH ORDINALITY x(p, stay, unit, room, class, ord)),
            free AS (SELECT b.*, lower(r.name) AS room, row_number() OVER (PARTITION BY b.unit_id, lower(r.name), b.class / 10 ORDER BY b.id) AS place
              FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id
              WHERE b.unit_id = ANY ($3) AND b.open AND r.open AND NOT EXISTS (SELECT 1 FROM pt.quarantine_bed_use u WHERE u.bed_id = b.id AND u.until IS NULL)),
            given AS (INSERT INTO pt.quarantine_bed_use (id, bed_id, unit_id, province_id, district_id, commune_id, class, icu, oxygen, kind, person_id, stay_id, since)
              SELECT gen_random_uuid(), f.id, f.unit_id, f.province_id, f.district_id, f.commune_id, f.class, f.icu, f.oxygen, 2, w.p, w.stay, $6
              FROM wanted w JOIN free f ON f.unit_id = w.unit AND f.room = lower(w.room) AND f.place = w.place AND (f.class = 10) = (w.class = 1) RETURNING bed_id, person_id, stay_id)
            UPDATE pt.quarantine_stay s SET bed_id = g.bed_id FROM given g WHERE s.person_id = g.person_id AND s.id = g.stay_id
            """, ct, roomed.Select(s => s.Row.Person.Value).ToArray(), roomed.Select(s => s.Part.Id.Value).ToArray(), roomed.Select(s => s.Unit.Value).ToArray(), roomed.Select(s => s.Part.Room).ToArray(), roomed.Select(s => (short)s.Part.Class).ToArray(), context.Db.Clock.GetUtcNow());
    }

    private async Task MakeFacilitiesAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        await FindFacilitiesAsync(context, rows, ct);
        foreach (var name in rows.Select(row => row.Part<Part>()!.Facility).OfType<string>().Where(name => !context.Facilities.ContainsKey(name)).Distinct(StringComparer.Ordinal))
        {
            var unit = await units.MakeUnverifiedAsync(context.Unit, name, context.UnitArea, context.Id, ct);
            var treats = rows.Any(row => row.Part<Part>() is { } part && part.Facility == name && part.Class == StayClass.Treatment);
            var observes = rows.Any(row => row.Part<Part>() is { } part && part.Facility == name && part.Class == StayClass.Observation);
            context.Db.Add(new Facility { UnitId = unit, ProvinceId = context.UnitArea.Province, DistrictId = context.UnitArea.District, CommuneId = context.UnitArea.Commune, Observation = observes, Treatment = treats, ImportId = context.Id });
            context.Db.Tell(new FacilityChanged(unit, FacilityPart.Facility, 1));
            await context.Db.SaveChangesAsync(ct);
            context.Facilities[name] = unit;
        }
    }

    private static async Task<Dictionary<UnitId, (AreaKeys Area, short Tier)>> FacilityAreasAsync(Db db, IEnumerable<UnitId> units, CancellationToken ct) =>
        (await db.Connection.RowsAsync("SELECT u.id, u.province_id, u.district_id, u.commune_id, coalesce(f.tier, 0::smallint) FROM pt.unit u LEFT JOIN pt.quarantine_facility f ON f.unit_id = u.id WHERE u.id = ANY ($1)",
            r => (Id: new UnitId(r.GetInt32(0)), Place: (new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3))), r.GetInt16(4))), ct, units.Select(unit => unit.Value).ToArray())).ToDictionary(one => one.Id, one => one.Place);

    public async Task<IReadOnlyDictionary<string, int>> DependsAsync(ImportContext context, CancellationToken ct)
    {
        var depends = new Dictionary<string, int>();
        foreach (var (what, sql) in new[]
        {
            ("stay", "SELECT count(*)::int FROM pt.quarantine_stay WHERE import_id = $1 AND version > 1"),
            ("transfer", "SELECT count(*)::int FROM pt.quarantine_transfer t JOIN pt.quarantine_stay s ON s.person_id = t.person_id AND s.id = t.from_stay WHERE s.import_id = $1"),
            ("decision", "SELECT count(*)::int FROM pt.quarantine_decision d JOIN pt.quarantine_stay s ON s.person_id = d.person_id AND s.id = d.stay_id WHERE s.import_id = $1"),
            ("facility", "SELECT count(*)::int FROM pt.unit u WHERE u.import_id = $1 AND (u.verified OR EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.unit_id = u.id AND s.import_id IS DISTINCT FROM $1))"),
        })
            if (await context.Db.Connection.ValueAsync<int>(sql, ct, context.Id.Value) is > 0 and var many) depends[what] = many;
        return depends;
    }

    public async Task UndoAsync(ImportContext context, CancellationToken ct)
    {
        var run = context.Db.Connection;
        await run.RunAsync("DELETE FROM pt.quarantine_bed_use u USING pt.quarantine_stay s WHERE s.import_id = $1 AND u.stay_id = s.id", ct, context.Id.Value);
        await run.RunAsync("DELETE FROM pt.person_scope t USING pt.quarantine_stay s WHERE s.import_id = $1 AND t.person_id = s.person_id AND t.because = 3 AND t.source_id = s.id AND NOT EXISTS (SELECT 1 FROM pt.person p WHERE p.id = s.person_id AND p.import_id = $1)", ct, context.Id.Value);
        await run.RunAsync("DELETE FROM pt.quarantine_stay WHERE import_id = $1", ct, context.Id.Value);
        await run.RunAsync("DELETE FROM pt.quarantine_facility WHERE import_id = $1", ct, context.Id.Value);
        await run.RunAsync("DELETE FROM pt.unit WHERE import_id = $1 AND NOT verified", ct, context.Id.Value);
    }
}
