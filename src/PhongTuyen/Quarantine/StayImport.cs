using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What a row says of a stay: at a named facility, or at the importing one. Without a facility there is no stay; without a known arrival the stay counts in no day's flow.</summary>
public sealed class StayImport(StayPlanner planner, IUnits units, Words words, TimeProvider clock) : IImportTarget
{
    private static readonly IReadOnlyDictionary<string, StayClass> Classes = RowWords.Vocabulary(
        (StayClass.Observation, "theo dõi|cách ly theo dõi|cách ly|quarantine"), (StayClass.Treatment, "điều trị|cách ly điều trị|isolation"));

    /// <summary>What a reason means that somebody wrote down in the words of a list; null where it is none of these words.</summary>
    public static StayReason? ReasonOf(string? written) => written is not null && Reasons.TryGetValue(RowWords.Key(written), out var reason) ? reason : null;

    private static readonly IReadOnlyDictionary<string, StayReason> Reasons = RowWords.Vocabulary(
        (StayReason.CloseContact, "f1|tiếp xúc gần|tiếp xúc gần (f1)|contact"), (StayReason.SecondContact, "f2|tiếp xúc f1|tiếp xúc với f1"), (StayReason.Entrant, "nhập cảnh|người nhập cảnh|arrival from abroad"),
        (StayReason.EpidemicArea, "về từ vùng dịch|người về từ vùng dịch|vùng dịch"), (StayReason.Suspected, "nghi ngờ|ca nghi ngờ|nghi nhiễm"), (StayReason.Confirmed, "f0|ca bệnh|dương tính|xác định|ca bệnh xác định"), (StayReason.Other, "khác|lý do khác"));

    /// <summary>Outcomes of a patient with which the stay has ended too.</summary>
    private static readonly IReadOnlyDictionary<string, StayEnd> Ends = RowWords.Vocabulary(
        (StayEnd.Died, "tử vong|chết|dead|death|deceased"), (StayEnd.Discharged, "recovered|khỏi|khỏi bệnh|ra viện|xuất viện"));

    public int Order => 20;

    public IReadOnlyList<ImportCut> Cuts { get; } =
    [
        new("stay.facility", "SELECT s.person_id AS person, u.name AS value FROM pt.quarantine_stay s JOIN pt.unit u ON u.id = s.unit_id WHERE s.import_id = $1"),
        new("stay.state", "SELECT s.person_id AS person, s.state::text AS value FROM pt.quarantine_stay s WHERE s.import_id = $1", value => $"word.StayState.{(StayState)short.Parse(value, System.Globalization.CultureInfo.InvariantCulture)}"),
    ];

    public IReadOnlyList<ImportField> Fields { get; } =
    [
        new("stay.facility", "Cơ sở", "Cơ sở cách ly", "Nơi cách ly", "Cơ sở điều trị", "Khu cách ly", "Bệnh viện", "Facility", "Hospital"),
        new("stay.here"),
        new("stay.make-facility"),
        new("stay.start-unknown"),
        new("stay.class", "Loại cách ly", "Class") { Answers = RowWords.Answers(StayClass.Observation, StayClass.Treatment) },
        new("stay.arrived", "Thời gian vào", "Ngày vào", "Ngày nhập viện", "Ngày cách ly", "Admitted", "Date of admission"),
        new("stay.reason", "Lý do", "Lý do cách ly", "Đối tượng", "Reason") { Answers = RowWords.Answers(StayReason.CloseContact, StayReason.SecondContact, StayReason.Entrant, StayReason.EpidemicArea, StayReason.Suspected, StayReason.Confirmed, StayReason.Other) },
        new("stay.origin", "Ngày tiếp xúc", "Ngày tiếp xúc cuối", "Ngày nhập cảnh", "Ngày tiếp xúc/nhập cảnh", "Last contact"),
        new("stay.room", "Phòng", "Room"),
        new("stay.note", "Ghi chú", "Note", "Remarks"),
    ];

    /// <summary>What was read of the stay.</summary>
    /// <param name="Facility">Name as written; null: the importing unit itself.</param>
    internal sealed record Part(string? Facility, StayClass Class, DateTimeOffset? Arrived, StayReason Reason, DateOnly? Origin, string? Room, string? Note, string Disease)
    {
        public StayEnd? End { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public StayId Id { get; set; }
        /// <summary>The person is here already: nothing is written.</summary>
        public bool Known { get; set; }
    }

    public void Read(ImportContext context, ImportedRow row)
    {
        var facility = row.Short("stay.facility", 200);
        if (facility is null && !row.Says("stay.here")) return;
        var now = clock.GetUtcNow();
        var arrived = row.Moment("stay.arrived", now);
        if (row["stay.arrived"] is null && !row.Says("stay.start-unknown"))
        {
            // A list of people who come today need not say so in every row. A list that has the column and leaves it empty does not know: no day is invented.
            if (row.Has("stay.arrived")) row.Findings.Add("stay.arrival-unknown");
            else arrived = now;
        }
        var (end, ended) = EndOf(row, arrived, now);
        row.Keep(new Part(facility, row.Choice("stay.class", Classes, StayClass.Observation), arrived, row.Choice("stay.reason", Reasons, StayReason.Other), row.Date("stay.origin", context.Today),
            row.Short("stay.room", 60), row.Short("stay.note", 500), DiseaseOf(row)) { End = end, EndedAt = ended });
        row.Identity.Add($"s:{VietnameseText.ToneKey(facility)}|{(row["stay.arrived"] is null ? null : arrived?.LocalDay())}");
    }

    /// <summary>What the case says of it, where the list tells one; what cannot be read is said there.</summary>
    private string DiseaseOf(ImportedRow row) => Diseases.Code(row["case.disease"], words) ?? Diseases.Covid19;

    /// <summary>The stay of somebody who died or recovered is over; on which day may not be known.</summary>
    private static (StayEnd? End, DateTimeOffset? At) EndOf(ImportedRow row, DateTimeOffset? arrived, DateTimeOffset now)
    {
        if (row["case.outcome"] is not { } outcome || !Ends.TryGetValue(RowWords.Key(outcome), out var end)) return (null, null);
        if (!DateInput.TryMoment(row["case.outcome-on"], now.LocalDay(), out var ended) || ended > now) return (end, null); // the case says what is wrong with it
        if (arrived is not { } from || ended >= from) return (end, ended);
        // On the day of arrival, without a time of day.
        if (ended.LocalDay() == from.LocalDay()) return (end, from);
        row.Problems.Add(Problems.EndBeforeArrival("case.outcome-on"));
        return (end, null);
    }

    public async Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        await FindFacilitiesAsync(context, rows, ct);
        var places = await StayImportPlaces.OfAsync(context.Db, rows.Select(row => row.Part<Part>()).OfType<Part>().Select(part => UnitOf(context, part)).Where(unit => unit.Value != 0).Distinct(), ct);
        foreach (var row in rows)
            if (row.Part<Part>() is { } part && FaultOf(row, part, part.Facility is null || context.Facilities.ContainsKey(part.Facility) ? places.GetValueOrDefault(UnitOf(context, part)) : null) is { } fault) row.Reject(fault);
        var staying = rows.Where(row => row.Part<Part>() is not null && row.Verdict == RowVerdict.Ready).ToList();
        var present = await PresentAsync(context.Db, staying, ct);
        foreach (var row in staying)
        {
            var part = row.Part<Part>()!;
            if (part.End is null && present.TryGetValue(row.Person, out var where))
            {
                if (where.Unit != UnitOf(context, part)) row.Reject(Problems.StaysElsewhere(where.Facility, where.Telephone ?? "?", where.Name ?? "?"));
                else
                {
                    part.Known = true;
                    row.Repeats.Add(Problems.AlreadyHere(default));
                }
            }
            else if (part.End is null && row.Owner?.Claim("stay", row.Number) is { } earlier) row.Reject(PhongTuyen.Imports.Problems.NumberTwice(earlier).At("stay.facility"));
            else row.BringsNew = true;
        }
    }

    private static Problem? FaultOf(ImportedRow row, Part part, StayImportPlaces.Place? place) => place switch
    {
        // A facility that the import makes takes what the list says.
        null or { IsFacility: false } when part.Facility is not null && row.Says("stay.make-facility") => null,
        null or { IsFacility: false } => Problems.NoSuchFacility().At(part.Facility is null ? "stay.here" : "stay.facility"),
        _ when (part.Class == StayClass.Observation ? !place.Observation : !place.Treatment) => Problems.ClassNotHere().At("stay.class"),
        { ClosedOn: { } closed } when part.Arrived is { } arrived && closed <= arrived.LocalDay() => Problems.FacilityClosed(closed).At("stay.facility"),
        _ => null,
    };

    private static async Task<Dictionary<PersonId, (UnitId Unit, string Facility, string? Telephone, string? Name)>> PresentAsync(Db db, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var known = rows.Where(row => row.PersonKnown).Select(row => row.Person.Value).Distinct().ToArray();
        if (known.Length == 0) return [];
        return (await db.Connection.RowsAsync("SELECT x.p, e.unit_id, e.facility, e.telephone, e.masked_name FROM unnest($1::uuid[]) x(p) CROSS JOIN LATERAL pt.stay_elsewhere(x.p) e",
            r => (Person: new PersonId(r.GetGuid(0)), Where: (new UnitId(r.GetInt32(1)), r.GetString(2), r.Text(3), r.Text(4))), ct, known)).ToDictionary(found => found.Person, found => found.Where);
    }

    internal static UnitId UnitOf(ImportContext context, Part part) => part.Facility is { } name ? context.Facilities.GetValueOrDefault(name) : context.Unit;

    /// <summary>Facilities of the visitor's own scope by their exact name; two names that differ stay two facilities until a person merges them.</summary>
    private async Task FindFacilitiesAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var names = rows.Select(row => row.Part<Part>()?.Facility).OfType<string>().Where(name => !context.Facilities.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length == 0) return;
        foreach (var (name, unit) in await units.FacilitiesByNameAsync(names, ct)) context.Facilities[name] = unit;
    }

    public async Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var staying = rows.Where(row => row.Part<Part>() is { Known: false }).ToList();
        if (staying.Count == 0) return;
        await MakeFacilitiesAsync(context, staying, ct);
        var places = await StayImportPlaces.OfAsync(context.Db, staying.Select(row => UnitOf(context, row.Part<Part>()!)).Distinct(), ct);
        await new StayImportWriter(context, planner).WriteAsync([.. staying.Select(row => (row.Person, row.Part<Part>()!, UnitOf(context, row.Part<Part>()!), places[UnitOf(context, row.Part<Part>()!)]))], ct);
    }

    /// <summary>Where the list says so: units for names that nobody knows, waiting for somebody to look at them; and what makes a unit a facility.</summary>
    private async Task MakeFacilitiesAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        await FindFacilitiesAsync(context, rows, ct);
        var places = await StayImportPlaces.OfAsync(context.Db, context.Facilities.Values, ct);
        foreach (var of in rows.Where(row => row.Part<Part>()!.Facility is not null && row.Says("stay.make-facility")).GroupBy(row => row.Part<Part>()!.Facility!, StringComparer.Ordinal))
        {
            var (unit, area) = (context.Facilities.GetValueOrDefault(of.Key), context.UnitArea);
            if (unit.Value == 0) context.Facilities[of.Key] = unit = await units.MakeUnverifiedAsync(context.Unit, of.Key, context.UnitArea, context.Id, ct);
            else if (places[unit].IsFacility) continue;
            else area = places[unit].Area;
            context.Db.Add(new Facility
            {
                UnitId = unit, ProvinceId = area.Province, DistrictId = area.District, CommuneId = area.Commune, ImportId = context.Id,
                Observation = of.Any(row => row.Part<Part>()!.Class == StayClass.Observation), Treatment = of.Any(row => row.Part<Part>()!.Class == StayClass.Treatment),
            });
            context.Db.Tell(new FacilityChanged(unit, FacilityPart.Facility, 1));
            await context.Db.SaveChangesAsync(ct);
        }
    }

    public async Task<IReadOnlyList<Later>> DependsAsync(ImportContext context, CancellationToken ct)
    {
        var depends = await Later.OfAsync(context, ct,
            ("stay", "SELECT person_id FROM pt.quarantine_stay WHERE import_id = $1 AND version > 1"),
            ("transfer", "SELECT t.person_id FROM pt.quarantine_transfer t JOIN pt.quarantine_stay s ON s.person_id = t.person_id AND s.id = t.from_stay WHERE s.import_id = $1"),
            ("decision", "SELECT d.person_id FROM pt.quarantine_decision d JOIN pt.quarantine_stay s ON s.person_id = d.person_id AND s.id = d.stay_id WHERE s.import_id = $1"));
        var facilities = await context.Db.Connection.RowsAsync("""
            SELECT u.id FROM (SELECT id FROM pt.unit WHERE import_id = $1 UNION SELECT unit_id FROM pt.quarantine_facility WHERE import_id = $1) made JOIN pt.unit u ON u.id = made.id
            WHERE (u.import_id = $1 AND u.verified) OR EXISTS (SELECT 1 FROM pt.quarantine_stay s WHERE s.unit_id = u.id AND s.import_id IS DISTINCT FROM $1) OR EXISTS (SELECT 1 FROM pt.quarantine_room r WHERE r.unit_id = u.id)
            ORDER BY u.id
            """, r => new UnitId(r.GetInt32(0)), ct, context.Id.Value);
        if (facilities.Count > 0) depends.Add(new Later("facility", facilities.Count, [], [.. facilities.Take(Later.Named)]));
        return depends;
    }

    public Task LockAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct) =>
        context.Db.Connection.RunAsync("SELECT FROM pt.quarantine_stay WHERE import_id = $1 AND person_id = ANY ($2) ORDER BY id FOR UPDATE", ct, context.Id.Value, persons.Select(person => person.Value).ToArray());

    public async Task UndoAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct)
    {
        var run = context.Db.Connection;
        object[] of = [context.Id.Value, persons.Select(person => person.Value).ToArray()];
        await run.RunAsync("DELETE FROM pt.quarantine_bed_use u USING pt.quarantine_stay s WHERE s.import_id = $1 AND s.person_id = ANY ($2) AND u.stay_id = s.id", ct, of);
        await run.RunAsync("DELETE FROM pt.person_scope t USING pt.quarantine_stay s WHERE s.import_id = $1 AND s.person_id = ANY ($2) AND t.person_id = s.person_id AND t.because = 3 AND t.source_id = s.id AND NOT EXISTS (SELECT 1 FROM pt.person p WHERE p.id = s.person_id AND p.import_id = $1)", ct, of);
        await run.RunAsync("DELETE FROM pt.quarantine_stay WHERE import_id = $1 AND person_id = ANY ($2)", ct, of);
    }

    public async Task UndoRestAsync(ImportContext context, CancellationToken ct)
    {
        await context.Db.Connection.RunAsync("DELETE FROM pt.quarantine_facility WHERE import_id = $1", ct, context.Id.Value);
        await units.TakeBackAsync(context.Id, ct);
    }
}
