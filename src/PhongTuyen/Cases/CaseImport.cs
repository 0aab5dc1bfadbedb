using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

/// <summary>What a row says of a case. A date that the list should give and does not becomes a finding, never an invented date.</summary>
public sealed class CaseImport(AreaStore areas, Words words) : IImportTarget
{
    private static readonly IReadOnlyDictionary<string, CaseClass> Classes = RowWords.Vocabulary(
        (CaseClass.Suspected, "nghi ngờ|ca nghi ngờ"), (CaseClass.Probable, "có thể|ca có thể"), (CaseClass.Confirmed, "xác định|ca xác định|f0|dương tính"), (CaseClass.Discarded, "loại trừ|ca loại trừ"));

    private static readonly IReadOnlyDictionary<string, CaseOutcome> Outcomes = RowWords.Vocabulary(
        (CaseOutcome.Unknown, "không rõ|alive"), (CaseOutcome.InTreatment, "đang điều trị"), (CaseOutcome.Recovered, "khỏi|khỏi bệnh|ra viện|xuất viện|discharged"), (CaseOutcome.Died, "tử vong|chết|dead|death|deceased"), (CaseOutcome.Other, "khác"));

    public int Order => 30;

    public IReadOnlyList<ImportCut> Cuts { get; } =
    [
        new("case.outcome", "SELECT c.person_id AS person, c.outcome::text AS value FROM pt.case_record c WHERE c.import_id = $1", value => $"word.CaseOutcome.{(CaseOutcome)short.Parse(value, System.Globalization.CultureInfo.InvariantCulture)}"),
        new("case.province", "SELECT c.person_id AS person, CASE WHEN c.province_id = 0 THEN '' ELSE coalesce(a.name, '') END AS value FROM pt.case_record c LEFT JOIN pt.area a ON a.id = c.province_id WHERE c.import_id = $1"),
    ];

    public IReadOnlyList<ImportField> Fields { get; } =
    [
        new("case.code", "Mã bệnh nhân", "Mã ca bệnh", "Số bệnh nhân", "BN", "Patient ID", "Case ID", "Patient code"),
        new("case.disease", "Bệnh", "Tên bệnh", "Disease") { Answers = [.. Diseases.All.Select(code => (code, "disease." + code))] },
        new("case.classification", "Phân loại", "Phân loại ca bệnh", "Classification") { Answers = RowWords.Answers(CaseClass.Suspected, CaseClass.Probable, CaseClass.Confirmed, CaseClass.Discarded) },
        new("case.classified", "Ngày chẩn đoán", "Ngày khẳng định", "Date of diagnosis"),
        new("case.deciding", "Căn cứ", "Căn cứ phân loại"),
        new("case.onset", "Ngày khởi phát", "Khởi phát", "Onset", "Date of onset"),
        new("case.reported", "Ngày báo cáo", "Ngày công bố", "Date of report"),
        new("case.first-positive", "Ngày dương tính", "Ngày mẫu dương tính đầu tiên", "First positive"),
        new("case.outcome", "Kết cục", "Tình trạng", "Kết quả điều trị", "Outcome", "Status") { Answers = RowWords.Answers(CaseOutcome.InTreatment, CaseOutcome.Recovered, CaseOutcome.Died, CaseOutcome.Other, CaseOutcome.Unknown) },
        new("case.outcome-on", "Ngày kết cục", "Ngày ra viện", "Ngày tử vong", "Outcome date"),
        new("case.commune", "Xã ghi nhận"), new("case.district", "Huyện ghi nhận"), new("case.province", "Tỉnh ghi nhận", "Tỉnh ghi nhận ca bệnh"),
    ];

    /// <param name="Area">Null: not given by the list at all; unknown keys: given and not known.</param>
    private sealed record Part(string? Code, string Disease, CaseClass Class, DateOnly? ClassifiedOn, string? Deciding, DateOnly? OnsetOn, DateOnly? ReportedOn, DateOnly? FirstPositiveOn, CaseOutcome Outcome, DateOnly? OutcomeOn, AreaKeys? Area)
    {
        /// <summary>The person has this case already: nothing is written.</summary>
        public bool Known { get; set; }

        /// <summary>What tells one episode of a disease from another of the same person.</summary>
        public string Episode => FormattableString.Invariant($"{Code}|{OnsetOn:O}|{ReportedOn:O}");
    }

    /// <summary>A case that the person has already.</summary>
    private sealed record Earlier(CaseId Id, bool Open, string? Code, DateOnly? OnsetOn, DateOnly? ReportedOn)
    {
        /// <summary>Nobody falls ill anew before the earlier case has ended; a case that ended is repeated by whatever names the same number or the same day.</summary>
        public bool Is(Part part) => Open || Code is not null && Code == part.Code || OnsetOn is not null && OnsetOn == part.OnsetOn || ReportedOn is not null && ReportedOn == part.ReportedOn;
    }

    public void Read(ImportContext context, ImportedRow row)
    {
        if (row["case.code"] is null && row["case.disease"] is null && row["case.classification"] is null) return;
        var code = row["case.code"] is { } written ? CodeForm(written) : null;
        if (row["case.code"] is not null && code is null) row.Problems.Add(Refusals.NotOneOf("case.code"));
        if (code?.Length > CaseRecord.CodeMost) row.Problems.Add(Refusals.TooLong("case.code", CaseRecord.CodeMost));
        var disease = row["case.disease"] is { } text ? Diseases.Code(text, words) : Diseases.Covid19;
        if (disease is null) row.Problems.Add(Problems.DiseaseUnknown().At("case.disease"));
        var outcome = row.Choice("case.outcome", Outcomes, CaseOutcome.Unknown);
        var part = new Part(code, disease ?? Diseases.Covid19, row.Choice("case.classification", Classes, CaseClass.Suspected), row.Date("case.classified", context.Today), row.Short("case.deciding", 500),
            row.Date("case.onset", context.Today), row.Date("case.reported", context.Today), row.Date("case.first-positive", context.Today), outcome, outcome == CaseOutcome.Unknown ? null : row.Date("case.outcome-on", context.Today), AreaOf(context, row));
        // The list has a column for the day of death and leaves it empty for somebody who died: for a person to find out.
        if (outcome == CaseOutcome.Died && part.OutcomeOn is null && row.Has("case.outcome-on")) row.Findings.Add("case.death-undated");
        if (part.OutcomeOn < part.OnsetOn) row.Findings.Add("case.outcome-before-onset");
        row.Keep(part);
        // Whoever is told by a number is found again in any list, and may have the disease a second time; elsewhere a corrected day must not make another person.
        row.Identity.Add(row.Numbered ? $"k:{part.Disease}|{part.Episode}" : "k:" + part.Disease);
    }

    private static string? CodeForm(string text) => new string([.. text.ToUpperInvariant().Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or '.')]) is { Length: > 0 } code ? code : null;

    // The same few names stand in most rows of a list.
    private readonly Dictionary<(string?, string?, string?), AreaMatch> matched = [];

    private AreaKeys? AreaOf(ImportContext context, ImportedRow row)
    {
        if (!row.Has("case.province") && !row.Has("case.commune")) return null;
        if (row["case.province"] is null && row["case.district"] is null && row["case.commune"] is null)
        {
            row.Findings.Add("case.area-unknown");
            return AreaKeys.Unknown;
        }
        var names = (row["case.province"], row["case.district"], row["case.commune"]);
        if (!matched.TryGetValue(names, out var match)) matched[names] = match = areas.Matcher.Match(names.Item1, names.Item2, names.Item3, context.AsOf);
        if (match.Verdict == AreaVerdict.One) return areas.Book.Keys(match.Area);
        row.Findings.Add("case.area-not-found");
        return AreaKeys.Unknown;
    }

    public async Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var known = rows.Where(row => row.PersonKnown).Select(row => row.Person).Distinct().ToList();
        if (context.Writes && known.Count > 0) await CaseLookup.HoldAsync(context.Db, known, ct);
        var cases = (known.Count == 0 ? [] : await context.Db.Connection.RowsAsync("SELECT x.id, c.disease, c.id, c.outcome IN (0, 1), c.code, c.onset_on, c.reported_on FROM unnest($1::uuid[]) x(id) CROSS JOIN LATERAL unnest(pt.records_of(x.id)) o(id) JOIN pt.case_record c ON c.person_id = o.id WHERE c.classification <> 4 ORDER BY c.entered_at DESC",
            r => (Key: (new PersonId(r.GetGuid(0)), r.GetString(1)), Case: new Earlier(new CaseId(r.GetGuid(2)), r.GetBoolean(3), r.Text(4), r.Maybe<DateOnly>(5), r.Maybe<DateOnly>(6))), ct, known.Select(person => person.Value).ToArray())).ToLookup(found => found.Key, found => found.Case);
        foreach (var row in rows)
        {
            if (row.Part<Part>() is not { } part) continue;
            if (cases[(row.Person, part.Disease)].FirstOrDefault(earlier => earlier.Is(part)) is { } there) row.Repeats.Add(there.Open ? Problems.SameCase(there.Id) : Problems.SameEpisode(there.Id));
            else if (row.Owner?.Claim("case " + part.Disease, row.Number) is { } earlier) row.Repeats.Add(PhongTuyen.Imports.Problems.NumberTwice(earlier));
            else
            {
                row.BringsNew = true;
                continue;
            }
            part.Known = true;
        }
    }

    public async Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        // Counted where the list says, else where the person lives, else where the importing unit stands.
        var cases = rows.Where(row => row.Part<Part>() is { Known: false }).Select(row => (row.Person, Id: context.Db.Clock.New<CaseId>(), Part: row.Part<Part>()!, Area: row.Part<Part>()!.Area ?? (row.Lives.Known ? row.Lives : context.UnitArea))).ToList();
        if (cases.Count == 0) return;
        var (db, now) = (context.Db, context.Db.Clock.GetUtcNow());
        object?[] keys = [cases.Select(c => c.Person.Value).ToArray(), cases.Select(c => c.Id.Value).ToArray(), cases.Select(c => c.Area.Province.Value).ToArray(), cases.Select(c => c.Area.District.Value).ToArray(), cases.Select(c => c.Area.Commune.Value).ToArray(), context.Unit.Value, now];
        await db.Connection.RunAsync("""
            INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since)
            SELECT p, 5, id, $6, province, district, commune, '', $7 FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[]) x(p, id, province, district, commune)
            """, ct, keys);
        await db.Connection.RunAsync("""
            INSERT INTO pt.case_record (person_id, id, unit_id, province_id, district_id, commune_id, disease, code, classification, classified_on, deciding, onset_on, reported_on, first_positive_on, outcome, outcome_on, import_id, entered_at, entered_by)
            SELECT p, id, $6, province, district, commune, disease, code, class, classified, deciding, onset, reported, positive, outcome, outcome_on, $18, $7, $19
            FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $8::text[], $9::text[], $10::smallint[], $11::date[], $12::text[], $13::date[], $14::date[], $15::date[], $16::smallint[], $17::date[])
              x(p, id, province, district, commune, disease, code, class, classified, deciding, onset, reported, positive, outcome, outcome_on)
            """, ct, [.. keys, cases.Select(c => c.Part.Disease).ToArray(), cases.Select(c => c.Part.Code).ToArray(), cases.Select(c => (short)c.Part.Class).ToArray(), cases.Select(c => c.Part.ClassifiedOn).ToArray(), cases.Select(c => c.Part.Deciding).ToArray(), cases.Select(c => c.Part.OnsetOn).ToArray(),
                cases.Select(c => c.Part.ReportedOn).ToArray(), cases.Select(c => c.Part.FirstPositiveOn).ToArray(), cases.Select(c => (short)c.Part.Outcome).ToArray(), cases.Select(c => c.Part.OutcomeOn).ToArray(), context.Id.Value, db.Visitor!.Account.Value]);
    }

    public async Task<IReadOnlyList<Later>> DependsAsync(ImportContext context, CancellationToken ct) => await Later.OfAsync(context, ct, ("case", StrengthenedCases.WorkedOn), ("case", """
        SELECT c.person_id FROM pt.case_record c WHERE c.import_id = $1 AND (c.version - c.undone > 1
          OR EXISTS (SELECT 1 FROM pt.lab_result l WHERE l.person_id = c.person_id AND l.disease = c.disease AND l.result = 2 AND l.withdrawn_at IS NULL AND l.import_id IS DISTINCT FROM $1 AND l.entered_at > c.entered_at))
        """));

    public Task LockAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct) =>
        context.Db.Connection.RunAsync("SELECT FROM pt.case_record WHERE import_id = $1 AND person_id = ANY ($2) ORDER BY id FOR UPDATE", ct, context.Id.Value, persons.Select(person => person.Value).ToArray());

    public async Task UndoAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct)
    {
        object[] of = [context.Id.Value, persons.Select(person => person.Value).ToArray()];
        await context.Db.Connection.RunAsync("DELETE FROM pt.person_scope t USING pt.case_record c WHERE c.import_id = $1 AND c.person_id = ANY ($2) AND t.person_id = c.person_id AND t.because = 5 AND t.source_id = c.id AND NOT EXISTS (SELECT 1 FROM pt.person p WHERE p.id = c.person_id AND p.import_id = $1)", ct, of);
        await context.Db.Connection.RunAsync("DELETE FROM pt.case_record WHERE import_id = $1 AND person_id = ANY ($2)", ct, of);
    }
}
