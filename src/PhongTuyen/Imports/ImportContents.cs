using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>Which rows of an import are looked at.</summary>
public enum RowsOf
{
    All,
    Ready,
    Accepted,
    Duplicate,
    Rejected,
    Undone,
    /// <summary>Taken in, and something about them has to be mended by a person.</summary>
    Findings,
    /// <summary>Those behind one figure of what the import made.</summary>
    Made,
}

/// <summary>Some rows of an import, as they stand in an address.</summary>
public sealed record RowChoice(RowsOf What)
{
    /// <summary>Only rows with this problem …</summary>
    public string? Problem { get; init; }
    /// <summary>… at this field.</summary>
    public string? Field { get; init; }
    /// <summary>Only this kind of finding.</summary>
    public string? Finding { get; init; }
    /// <summary>Key of the breakdown, with <see cref="What"/> = Made …</summary>
    public string? Cut { get; init; }
    /// <summary>… and the value within it.</summary>
    public string? Value { get; init; }
}

/// <summary>What an import holds, for those who look at it: problems in groups, figures of what it made, and the rows behind each.</summary>
public sealed class ImportContents(Db db, ImportRows rows, IEnumerable<IImportTarget> targets)
{
    public const int Page = 50;

    private readonly IReadOnlyList<ImportCut> cuts = [.. targets.OrderBy(target => target.Order).SelectMany(target => target.Cuts)];

    /// <summary>One kind of problem.</summary>
    /// <param name="Sample">The problem of the first row that has it.</param>
    public sealed record Fault(RowVerdict Verdict, Problem Sample, int Rows);

    /// <summary>Every problem of every row, the same ones together: as counted when they were judged, or taken in.</summary>
    public static IReadOnlyList<Fault> Faults(ImportRun run) => JsonSerializer.Deserialize<List<Fault>>(run.Faults)!;

    /// <summary>A word of the list that is no answer of its field.</summary>
    public sealed record Unknown(string Field, string Word, int Rows);

    /// <summary>The commonest first, so that a person can say what they mean.</summary>
    public static IReadOnlyList<Unknown> UnknownWords(ImportRun run) => JsonSerializer.Deserialize<List<Unknown>>(run.UnknownWords)!;

    /// <summary>One value of a breakdown.</summary>
    public sealed record Figure(ImportCut Cut, string Value, int N);

    /// <summary>What the import made, as it stands today: later entries change it.</summary>
    public async Task<IReadOnlyList<Figure>> FiguresAsync(ImportId import, CancellationToken ct)
    {
        var figures = new List<Figure>();
        foreach (var cut in cuts)
            figures.AddRange(await db.Connection.RowsAsync($"SELECT value, count(*)::int FROM ({cut.Sql}) made GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200", r => new Figure(cut, r.GetString(0), r.GetInt32(1)), ct, import.Value));
        return figures;
    }

    public ImportCut? Cut(string? key) => cuts.FirstOrDefault(cut => cut.Key == key);

    /// <param name="More">The number behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<ImportRows.Stored> Rows, int? More);

    public async Task<Found> RowsAsync(ImportId import, RowChoice choice, int behind, CancellationToken ct, int page = Page)
    {
        var found = await rows.WhereAsync(import, behind, page + 1, Condition(choice), ct, Values(choice));
        return new Found([.. found.Take(page)], found.Count > page ? found[page - 1].Number : null);
    }

    /// <summary>All of them, for a file.</summary>
    public IAsyncEnumerable<ImportRows.Stored> EveryRowAsync(ImportId import, RowChoice choice, CancellationToken ct) => EveryPage.OfAsync<ImportRows.Stored, int?>(async behind =>
    {
        var found = await RowsAsync(import, choice, behind ?? 0, ct, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    /// <summary>How many rows the choice holds. Of whole tabs of a list on which nobody works the run knows it.</summary>
    public Task<int> CountAsync(ImportRun run, RowChoice choice, CancellationToken ct) => Known(run, choice) is { } known ? Task.FromResult(known) : CountAsync(run.Id, choice, ct);

    private static int? Known(ImportRun run, RowChoice choice) => choice is { Problem: null, Finding: null, Cut: null } && run.State is ImportState.Checked or ImportState.Done or ImportState.Undone ? choice.What switch
    {
        RowsOf.All => run.Read,
        RowsOf.Duplicate => run.Duplicate,
        RowsOf.Rejected => run.Rejected,
        RowsOf.Ready when run.State == ImportState.Checked => run.Accepted,
        RowsOf.Accepted when run.State == ImportState.Done => run.Accepted,
        RowsOf.Undone when run.State == ImportState.Undone => run.Accepted,
        RowsOf.Findings when run.State == ImportState.Done => run.FindingRows,
        _ => null,
    } : null;

    private Task<int> CountAsync(ImportId import, RowChoice choice, CancellationToken ct) =>
        db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.import_row r WHERE r.import_id = $1" + Condition(choice), ct, [import.Value, .. Values(choice)]);

    private static NpgsqlParameter[] Values(RowChoice choice) => [Text(choice.Problem ?? choice.Finding ?? choice.Value), Text(choice.Field)];

    private static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>With $2 the problem, finding or value and $3 the field.</summary>
    private string Condition(RowChoice choice)
    {
        var of = choice.What switch
        {
            RowsOf.Ready => " AND r.verdict = 0",
            RowsOf.Accepted => " AND r.verdict = 1",
            RowsOf.Duplicate => " AND r.verdict = 2",
            RowsOf.Rejected => " AND r.verdict = 3",
            RowsOf.Undone => " AND r.verdict = 4",
            RowsOf.Findings => " AND r.verdict = 1 AND EXISTS (SELECT 1 FROM pt.person_finding f WHERE f.import_id = $1 AND f.person_id = r.person_id AND ($2::text IS NULL OR f.kind = $2))",
            RowsOf.Made => Cut(choice.Cut) is { } cut ? $" AND r.verdict = 1 AND r.person_id IN (SELECT person FROM ({cut.Sql}) made WHERE value = $2)" : " AND false",
            _ => "",
        };
        return choice.Problem is null ? of : of + " AND EXISTS (SELECT 1 FROM jsonb_array_elements(r.problems::jsonb) p(one) WHERE p.one->>'Code' = $2 AND ($3::text IS NULL OR p.one->>'Field' = $3))";
    }
}
