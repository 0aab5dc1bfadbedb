using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Imports.Desk;

/// <summary>The rows behind a figure of an import, each with what it says, what became of it and the person that it is about; or the same rows as a file.</summary>
public sealed class RowsModel(Db db, ImportContents contents, ImportAnswers answers, RowsFile file, TakeList taken, ListRequests requests) : TakenPage<ImportRows.Stored>(db, taken, requests)
{
    [BindProperty(SupportsGet = true)]
    public ImportId Id { get; set; }

    public ImportRun Run { get; private set; } = null!;
    public RowChoice Choice { get; private set; } = new(RowsOf.All);
    public ImportContents.Found Found { get; private set; } = new([], null);
    public int Count { get; private set; }
    public int Behind { get; private set; }
    public IReadOnlyList<(RowsOf What, int N)> Tabs { get; private set; } = [];
    private Mapping mapping = new();
    private Dictionary<PersonId, Alike> alike = [];

    /// <summary>Somebody recorded already whom a row looks like.</summary>
    public sealed record Alike(PersonId Id, string Shown, Sex Sex, BirthDate Birth);

    private static PersonId? AlikeIn(ImportRows.Stored row) =>
        row.Verdict == RowVerdict.Ready && ImportRows.ReadProblems(row.Problems) is [{ } problem, ..] && PersonId.TryParse(problem.Details.GetValueOrDefault("person"), out var id) ? id : null;

    /// <summary>Null where it looks like nobody whom the visitor sees.</summary>
    public Alike? AlikeOf(ImportRows.Stored row) => AlikeIn(row) is { } id ? alike.GetValueOrDefault(id) : null;

    public async Task<IActionResult> OnGetAsync(int behind)
    {
        if (await ReadListAsync() is { } answer) return answer;
        if (Choice.What == RowsOf.Rejected) Take.Purpose = S["rows.to-mend"];
        await ShowAsync(behind);
        return Page();
    }

    private async Task ShowAsync(int behind)
    {
        Behind = Math.Max(behind, 0);
        Found = await contents.RowsAsync(Id, Choice, Behind, Ct);
        var ids = Found.Rows.Select(AlikeIn).OfType<PersonId>().Distinct().Select(id => id.Value).ToArray();
        if (ids.Length > 0)
        {
            alike = (await Db.Connection.RowsAsync("SELECT id, coalesce(name, code, '?'), sex, birth, birth_precision FROM pt.person WHERE id = ANY ($1)",
                r => new Alike(new PersonId(r.GetGuid(0)), r.GetString(1), (Sex)r.GetInt16(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4))), Ct, (object)ids)).ToDictionary(one => one.Id);
            await ListedAsync("alike", alike.Keys);
        }
        Count = await contents.CountAsync(Run, Choice, Ct);
        foreach (var what in Shown()) Tabs = [.. Tabs, (what, await contents.CountAsync(Run, new RowChoice(what), Ct))];
        await AskedAsync();
        await SeenAsync(new ImportRowsSeen(Id, Choice.What, Found.Rows.Count, [.. Found.Rows.Select(row => row.Person).OfType<PersonId>()]));
    }

    public override string Here => RowAddress.Of(Id, Choice);

    protected override string ListName => "import-rows";

    protected override IAsyncEnumerable<ImportRows.Stored> EveryRow() => contents.EveryRowAsync(Id, Choice, Ct);

    protected override IReadOnlyList<PersonId> PersonsIn(ImportRows.Stored row) => row.Person is { } person ? [person] : [];

    protected override ListFile<ImportRows.Stored> Columns() => new ListFile<ImportRows.Stored>(S, $"{Path.GetFileNameWithoutExtension(Run.FileName)} - {S.Word(Choice.What).ToLowerInvariant()}").With(file.Columns(Run, S.Language));

    /// <summary>What has to be mended has become nobody yet, and has to come back to whoever sent it; of the others no more leave in one file than of any list of persons.</summary>
    protected override bool OfRecords => Choice.What != RowsOf.Rejected;

    protected override Task TakenAsync(int rows) => SeenAsync(new ImportRowsTaken(Id, Choice.What, rows));

    protected override async Task<IActionResult?> ReadListAsync() => await LoadAsync() ? null : await NotHereAsync("import", Id);

    protected override Task ShowListAsync() => ShowAsync(0);

    /// <summary>What narrows the rows besides the tab, in words.</summary>
    public string? Narrowed() => Choice switch
    {
        { Problem: { } code } => Found.Rows.SelectMany(row => ImportRows.ReadProblems(row.Problems)).FirstOrDefault(problem => problem.Code == code) is { } sample
            ? S.Say(sample with { Details = sample.Details.Keys.ToDictionary(name => name, _ => "…") }) : code,
        { Finding: { } kind } => S["finding." + kind],
        { Cut: { } key } when contents.Cut(key) is { } cut => $"{S["cut-of." + key]}: {(cut.Word is { } word && int.TryParse(Choice.Value, out _) ? S[word(Choice.Value!)] : Choice.Value is { Length: > 0 } name ? name : S["form.unknown"])}",
        _ => null,
    };

    /// <summary>How the row is called: by name, else by code, else by its number.</summary>
    public string Title(ImportRows.Stored row) => Cell(row, "person.name") ?? Cell(row, "person.code") ?? Cell(row, "case.code") ?? S.Say("rows.number", ("n", Plain(row.Number)));

    /// <summary>What the row says, field by field. A number that has to be mended is shown as it was sent; others are masked.</summary>
    public IEnumerable<(string Field, string Text)> Cells(ImportRows.Stored row)
    {
        var faulty = row.Verdict == RowVerdict.Rejected ? ImportRows.ReadProblems(row.Problems).Select(problem => problem.Field).ToHashSet() : [];
        for (var i = 0; i < Run.Headers.Length && i < row.Cells.Length; i++)
            if (row.Cells[i].Length > 0 && mapping.Columns.TryGetValue(Run.Headers[i], out var field) && field is not "person.name")
                yield return (S["field." + field], faulty.Contains(field) ? ImportRows.Shown(row.Cells[i]) : CellMask.Show(row.Cells[i], answers.Fields.Any(one => one.Key == field && one.Sealed)));
    }

    public IEnumerable<string> Why(ImportRows.Stored row) => row.Verdict is RowVerdict.Rejected or RowVerdict.Duplicate
        ? ImportRows.ReadProblems(row.Problems).Select(problem => problem.Field is { } field ? $"{S["field." + field]}: {S.Say(problem)}" : S.Say(problem)) : [];

    public static string Plain(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string? Cell(ImportRows.Stored row, string field)
    {
        for (var i = 0; i < Run.Headers.Length && i < row.Cells.Length; i++)
            if (row.Cells[i].Length > 0 && mapping.Columns.GetValueOrDefault(Run.Headers[i]) == field) return ImportRows.Shown(row.Cells[i]);
        return null;
    }

    private IEnumerable<RowsOf> Shown() => Run.State switch
    {
        ImportState.Undone => [RowsOf.All, RowsOf.Undone, RowsOf.Duplicate, RowsOf.Rejected],
        ImportState.Done or ImportState.Failed or ImportState.Committing => [RowsOf.All, RowsOf.Accepted, RowsOf.Duplicate, RowsOf.Rejected, RowsOf.Findings],
        _ => [RowsOf.All, RowsOf.Ready, RowsOf.Duplicate, RowsOf.Rejected],
    };

    private async Task<bool> LoadAsync()
    {
        if (await Db.Set<ImportRun>().AsNoTracking().FirstOrDefaultAsync(run => run.Id == Id, Ct) is not { } run) return false;
        (Run, mapping, Choice) = (run, Mapping.Read(run.Mapping), RowAddress.Read(Request.Query));
        return true;
    }
}
