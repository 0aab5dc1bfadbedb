using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;

namespace PhongTuyen.Lab;

/// <summary>What a row says of a test.</summary>
public sealed class ResultImport : IImportTarget
{
    private static readonly IReadOnlyDictionary<string, TestOutcome> Outcomes = RowWords.Vocabulary(
        (TestOutcome.Positive, "positive|dương tính|dương|pos|+"), (TestOutcome.Negative, "negative|âm tính|âm|neg|-"), (TestOutcome.Inconclusive, "inconclusive|nghi ngờ|không rõ"));

    private static readonly IReadOnlyDictionary<string, TestKind> Kinds = RowWords.Vocabulary(
        (TestKind.Pcr, "pcr|rt-pcr|realtime pcr|rt pcr"), (TestKind.Antigen, "antigen|test nhanh|kháng nguyên|nhanh|rapid"), (TestKind.Other, "other|khác"));

    public int Order => 30;

    public IReadOnlyList<ImportField> Fields { get; } =
    [
        new("result.result", "Kết quả", "Kết quả xét nghiệm", "Result", "Test result"),
        new("result.kind", "Loại xét nghiệm", "Phương pháp xét nghiệm", "Test type"),
        new("result.taken", "Ngày lấy mẫu", "Sample date", "Date taken"),
        new("result.said-by", "Đơn vị xét nghiệm", "Phòng xét nghiệm", "Laboratory"),
    ];

    private sealed record Part(TestOutcome Result, TestKind Kind, DateOnly? TakenOn, string? SaidBy, string Disease);

    public void Read(ImportContext context, ImportedRow row)
    {
        if (row["result.result"] is null) return;
        var part = new Part(row.Choice("result.result", Outcomes, TestOutcome.Inconclusive), row.Choice("result.kind", Kinds, TestKind.Pcr), row.Date("result.taken", context.Today), row.Short("result.said-by", 200), row["case.disease"] ?? "covid-19");
        row.Keep(part);
        row.Identity.Add($"r:{part.Kind}|{part.Result}|{part.TakenOn}");
    }

    public Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct) => Task.CompletedTask;

    public async Task WriteAsync(ImportContext context, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var db = context.Db;
        foreach (var row in rows)
        {
            if (row.Part<Part>() is not { } part) continue;
            var result = new TestResult
            {
                PersonId = row.Person, Id = db.Clock.New<ResultId>(), UnitId = context.Unit, ProvinceId = context.UnitArea.Province, DistrictId = context.UnitArea.District, CommuneId = context.UnitArea.Commune,
                Disease = part.Disease, Kind = part.Kind, Result = part.Result, TakenOn = part.TakenOn, SaidBy = part.SaidBy, ImportId = context.Id, EnteredAt = db.Clock.GetUtcNow(), EnteredBy = db.Visitor!.Account,
            };
            db.Add(result);
            db.Tell(new ResultRecorded(row.Person, result.Id, part.Disease, part.Kind, part.Result, part.TakenOn));
        }
        await db.SaveChangesAsync(ct);
    }

    public Task<IReadOnlyDictionary<string, int>> DependsAsync(ImportContext context, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int>());

    public async Task UndoAsync(ImportContext context, CancellationToken ct) => await context.Db.Connection.RunAsync("DELETE FROM pt.lab_result WHERE import_id = $1", ct, context.Id.Value);
}
