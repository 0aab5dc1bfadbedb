using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Lab;

/// <summary>What a row says of a test.</summary>
public sealed class ResultImport(Words words) : IImportTarget
{
    private static readonly IReadOnlyDictionary<string, TestOutcome> Outcomes = RowWords.Vocabulary(
        (TestOutcome.Positive, "dương tính|dương|pos|+|(+)|dương tính (+)|phát hiện|detected"), (TestOutcome.Negative, "âm tính|âm|neg|-|(-)|–|(–)|âm tính (-)|không phát hiện|not detected"), (TestOutcome.Inconclusive, "nghi ngờ|không rõ|chưa xác định"));

    private static readonly IReadOnlyDictionary<string, TestKind> Kinds = RowWords.Vocabulary(
        (TestKind.Pcr, "rt-pcr|realtime pcr|rt pcr|realtime rt-pcr"), (TestKind.Antigen, "test nhanh|kháng nguyên|test nhanh kháng nguyên|nhanh|rapid|ag"), (TestKind.Other, "khác"));

    public int Order => 40;

    public IReadOnlyList<ImportCut> Cuts { get; } =
        [new("result.result", "SELECT r.person_id AS person, r.result::text AS value FROM pt.lab_result r WHERE r.import_id = $1", value => $"word.TestOutcome.{(TestOutcome)short.Parse(value, CultureInfo.InvariantCulture)}")];

    public IReadOnlyList<ImportField> Fields { get; } =
    [
        new("result.result", "Kết quả", "Kết quả xét nghiệm", "Result", "Test result") { Answers = RowWords.Answers(TestOutcome.Positive, TestOutcome.Negative, TestOutcome.Inconclusive) },
        new("result.kind", "Loại xét nghiệm", "Phương pháp xét nghiệm", "Test type") { Answers = RowWords.Answers(TestKind.Pcr, TestKind.Antigen, TestKind.Other) },
        new("result.ct", "Ct", "Giá trị Ct", "Ct value"),
        new("result.taken", "Ngày lấy mẫu", "Sample date", "Date taken"),
        new("result.said-by", "Đơn vị xét nghiệm", "Phòng xét nghiệm", "Laboratory"),
    ];

    private sealed record Part(TestOutcome Result, TestKind Kind, decimal? Ct, DateOnly? TakenOn, string? SaidBy, string Disease)
    {
        /// <summary>This very result is recorded already: nothing is written.</summary>
        public bool Known { get; set; }
    }

    public void Read(ImportContext context, ImportedRow row)
    {
        if (row["result.result"] is null) return;
        var part = new Part(row.Choice("result.result", Outcomes, TestOutcome.Inconclusive), row.Choice("result.kind", Kinds, TestKind.Pcr), CtOf(row), row.Date("result.taken", context.Today), row.Short("result.said-by", 200), Diseases.Code(row["case.disease"], words) ?? Diseases.Covid19);
        row.Keep(part);
        row.Identity.Add($"r:{part.Kind}|{part.Result}|{part.TakenOn}");
    }

    /// <summary>With a decimal point or comma.</summary>
    private static decimal? CtOf(ImportedRow row)
    {
        if (row["result.ct"] is not { } text) return null;
        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ct) && ct is >= 0 and <= 50) return ct;
        row.Problems.Add(Problems.CtRange().At("result.ct"));
        return null;
    }

    public async Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var known = rows.Where(row => row.PersonKnown && row.Part<Part>() is not null).Select(row => row.Person.Value).Distinct().ToArray();
        var there = known.Length == 0 ? [] : (await context.Db.Connection.RowsAsync("SELECT x.id, l.disease, l.kind, l.result, l.taken_on FROM unnest($1::uuid[]) x(id) CROSS JOIN LATERAL unnest(pt.records_of(x.id)) o(id) JOIN pt.lab_result l ON l.person_id = o.id WHERE l.withdrawn_at IS NULL",
            r => (new PersonId(r.GetGuid(0)), r.GetString(1), (TestKind)r.GetInt16(2), (TestOutcome)r.GetInt16(3), r.Maybe<DateOnly>(4)), ct, known)).ToHashSet();
        foreach (var row in rows)
        {
            if (row.Part<Part>() is not { } part) continue;
            part.Known = row.PersonKnown && part.TakenOn is not null && there.Contains((row.Person, part.Disease, part.Kind, part.Result, part.TakenOn));
            if (part.Known) row.Repeats.Add(Problems.SameResult());
            else row.BringsNew = true;
        }
    }

    public async Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var (db, now) = (context.Db, context.Db.Clock.GetUtcNow());
        var results = rows.Where(row => row.Part<Part>() is { Known: false }).Select(row => (row.Person, Id: db.Clock.New<ResultId>(), Part: row.Part<Part>()!)).ToList();
        if (results.Count == 0) return;
        object[] keys = [results.Select(r => r.Person.Value).ToArray(), results.Select(r => r.Id.Value).ToArray()];
        await db.Connection.RunAsync("""
            INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) SELECT p, 6, id, $3, '', $4 FROM unnest($1::uuid[], $2::uuid[]) x(p, id)
            """, ct, [.. keys, context.Unit.Value, now]);
        await db.Connection.RunAsync("""
            INSERT INTO pt.lab_result (person_id, id, unit_id, province_id, district_id, commune_id, disease, kind, result, ct, taken_on, said_by, import_id, entered_at, entered_by)
            SELECT p, id, $9, $10, $11, $12, disease, kind, result, ct, taken, said_by, $13, $14, $15 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::smallint[], $6::numeric[], $7::date[], $8::text[]) x(p, id, disease, kind, result, ct, taken, said_by)
            """, ct, [.. keys, results.Select(r => r.Part.Disease).ToArray(), results.Select(r => (short)r.Part.Kind).ToArray(), results.Select(r => (short)r.Part.Result).ToArray(), results.Select(r => r.Part.Ct).ToArray(), results.Select(r => r.Part.TakenOn).ToArray(), results.Select(r => r.Part.SaidBy).ToArray(),
                context.Unit.Value, context.UnitArea.Province.Value, context.UnitArea.District.Value, context.UnitArea.Commune.Value, context.Id.Value, now, db.Visitor!.Account.Value]);
        var positives = results.FindAll(r => r.Part.Result == TestOutcome.Positive).ConvertAll(r => new ResultRecorded(r.Person, r.Id, r.Part.Disease, r.Part.Kind, r.Part.Result, r.Part.TakenOn));
        if (positives.Count > 0)
        {
            db.Tell(new PositivesImported(context.Id, context.Unit, context.UnitArea, positives));
            await db.SaveChangesAsync(ct);
        }
        await db.UntiePassingAsync([.. results.Select(r => r.Person)], TieBecause.Result, [.. results.Select(r => r.Id.Value)], ct);
    }

    public async Task<IReadOnlyList<Later>> DependsAsync(ImportContext context, CancellationToken ct) => await Later.OfAsync(context, ct, ("result", "SELECT person_id FROM pt.lab_result WHERE import_id = $1 AND version > 1"));

    public Task LockAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct) =>
        context.Db.Connection.RunAsync("SELECT FROM pt.lab_result WHERE import_id = $1 AND person_id = ANY ($2) ORDER BY id FOR UPDATE", ct, context.Id.Value, persons.Select(person => person.Value).ToArray());

    public async Task UndoAsync(ImportContext context, IReadOnlyList<PersonId> persons, CancellationToken ct)
    {
        object[] of = [context.Id.Value, persons.Select(person => person.Value).ToArray()];
        await context.Db.Connection.RunAsync("DELETE FROM pt.person_scope t USING pt.lab_result l WHERE l.import_id = $1 AND l.person_id = ANY ($2) AND t.person_id = l.person_id AND t.because = 6 AND t.source_id = l.id AND NOT EXISTS (SELECT 1 FROM pt.person p WHERE p.id = l.person_id AND p.import_id = $1)", ct, of);
        await context.Db.Connection.RunAsync("DELETE FROM pt.lab_result WHERE import_id = $1 AND person_id = ANY ($2)", ct, of);
    }
}
