using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Imports.Desk;

/// <summary>One import on its way: columns, preview with every problem of every row, running, figures of what it made, undo.</summary>
public sealed class ImportModel(Db db, SteerImport steer, ImportContents contents, ImportRows rows, ImportAnswers answers, CasesList cases, StaysList stays) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public ImportId Id { get; set; }

    [BindProperty]
    public MappingFields Form { get; set; } = new();

    public sealed class UndoFields
    {
        public string? Reason { get; set; }
    }

    [BindProperty]
    public UndoFields Undo { get; set; } = new();

    public ImportRun Run { get; private set; } = null!;
    public Mapping Mapping { get; private set; } = new();
    public string ByName { get; private set; } = "";
    public string UnitName { get; private set; } = "";
    public string? UndoneByName { get; private set; }
    public IReadOnlyList<ImportField> Fields => answers.Fields;
    /// <summary>Whether the columns are shown for matching: always before the check, on request after it.</summary>
    public bool Matching { get; private set; }
    /// <summary>A few values of each column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Samples { get; private set; } = [];
    /// <summary>Some texts as the file holds them, and what was made of them.</summary>
    public IReadOnlyList<(string Typed, string Read)> Converted { get; private set; } = [];
    public IReadOnlyList<string> KnownNames { get; private set; } = [];
    public IReadOnlyList<ImportContents.Fault> Faults { get; private set; } = [];
    public IReadOnlyList<ImportContents.Figure> Figures { get; private set; } = [];
    /// <summary>What stands in the lists of cases and of stays from this import.</summary>
    public long Cases { get; private set; }
    public long Stays { get; private set; }
    /// <summary>Facilities that the list made, still to be looked at.</summary>
    public int Unverified { get; private set; }

    public bool Running => Run.State is ImportState.Checking or ImportState.Committing or ImportState.Undoing;

    /// <summary>Of the five steps on the page: columns, preview, run, done.</summary>
    public int Step => Matching ? 1 : Run.State switch { ImportState.Mapping or ImportState.Checking => 1, ImportState.Checked => 2, ImportState.Committing or ImportState.Failed => 3, _ => 4 };

    /// <summary>The words of a field that is a choice, for a list.</summary>
    public IEnumerable<(string Value, string Word)> AnswersOf(string field) => answers.Fields.First(one => one.Key == field).Answers.Select(answer => (answer.Word, S[answer.Text]));

    public bool IsChoice(string field) => answers.Fields.Any(one => one.Key == field && one.Answers.Count > 0);

    /// <summary>What can be said once for all rows: choices, yes or nothing, and what the mapping says already.</summary>
    public IEnumerable<string> ConstantFields => Fields.Where(one => one.Answers.Count > 0 || MappingFields.Flags.Contains(one.Key) || one.Key == "case.deciding" || Form.Constants.ContainsKey(one.Key)).Select(one => one.Key).Where(key => !Form.Columns.Contains(key));

    public async Task<IActionResult> OnGetAsync(string? step)
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        Matching = Run.State == ImportState.Mapping || Run.MayBeMapped && (step == "columns" || Run.State == ImportState.Failed);
        if (Matching) Form = MappingFields.Of(Run, Mapping, ImportContents.UnknownWords(Run));
        await FillAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostCheckAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        var outcome = await steer.MapAsync(Id, Form.Read(Run, Mapping, answers), Form.SaveAs, Ct);
        return outcome.Done ? Redirect(Links.Import(Id)) : await AgainAsync(outcome.Problems, matching: true);
    }

    public async Task<IActionResult> OnPostUseAsync(string? name)
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        var outcome = await steer.UseAsync(Id, name ?? "", Ct);
        return outcome.Done ? Redirect(Links.Import(Id)) : await AgainAsync(outcome.Problems, matching: true);
    }

    public async Task<IActionResult> OnPostLettersAsync(LegacyLetters letters)
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        if (!ModelState.IsValid || !Enum.IsDefined(letters)) return await AgainAsync([], matching: true);
        var outcome = await steer.ReadAsAsync(Id, letters, Ct);
        return outcome.Done ? Redirect(Links.Import(Id)) : await AgainAsync(outcome.Problems, matching: true);
    }

    public async Task<IActionResult> OnPostStartAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        var outcome = await steer.StartAsync(Id, Ct);
        return outcome.Done ? Redirect(Links.Import(Id)) : await AgainAsync(outcome.Problems);
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        var outcome = await steer.EndEmptyAsync(Id, Ct);
        return outcome.Done ? Redirect(Links.Import(Id)) : await AgainAsync(outcome.Problems);
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        var outcome = await steer.DiscardAsync(Id, Ct);
        return outcome.Done ? Done(Links.Imports, "import.discarded", ("file", Run.FileName)) : await AgainAsync(outcome.Problems);
    }

    public async Task<IActionResult> OnPostUndoAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("import", Id);
        var (file, many) = (Run.FileName, Run.Accepted);
        var outcome = await steer.UndoAsync(Intent, Id, Undo.Reason, Ct);
        if (outcome.Done) return outcome.Value == ImportState.Undoing ? Redirect(Links.Import(Id)) : Done(Links.Import(Id), "import.undone", ("file", file), ("n", many));
        var later = outcome.Problems.Where(problem => problem.Details.ContainsKey("about")).ToList();
        if (later.Count == 0) return await AgainAsync(outcome.Problems);
        await AgainAsync([outcome.Problem]);
        await InTheWayAsync(later);
        return Page();
    }

    /// <summary>What came later, each with the page of whom it is about; who is not the visitor's to see is not named.</summary>
    private async Task InTheWayAsync(IReadOnlyList<Problem> later)
    {
        var persons = await DependentsAsync("import", later, "SELECT p.id, ARRAY[p.id], coalesce(p.name, p.code, '?') FROM pt.person p WHERE p.id = ANY ($1)");
        int[] ids = [.. later.Select(problem => UnitId.TryParse(problem.Field, out var unit) ? unit.Value : 0).Where(unit => unit != 0)];
        var units = ids.Length == 0 ? [] : (await Db.Connection.RowsAsync("SELECT id, name FROM pt.unit WHERE id = ANY ($1)", r => (Id: r.GetInt32(0), Name: r.GetString(1)), Ct, (object)ids)).ToDictionary(unit => unit.Id, unit => unit.Name);
        StandInTheWay([.. later.Select(problem => Dependent(problem, persons, units) with { Why = problem.Details["what"] })]);
    }

    private Dependent Dependent(Problem problem, Dictionary<Guid, (PersonId Person, string Shown)> persons, Dictionary<int, string> units) =>
        UnitId.TryParse(problem.Field, out var unit) ? new(units.GetValueOrDefault(unit.Value, "?"), Links.Unit(unit))
        : Guid.Parse(problem.Field!) is var id && persons.TryGetValue(id, out var person) ? new(person.Shown, Links.Person(person.Person)) : new(S["seal.hidden"], Links.Import(Id));

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Problem> problems, bool matching = false)
    {
        await LoadAsync();
        Matching = matching && Run.MayBeMapped;
        await FillAsync();
        // Fields are named as the page names them.
        return Refuse([.. problems.Select(problem => problem.Details.TryGetValue("field", out var name) ? problem with { Details = new Dictionary<string, string>(problem.Details) { ["field"] = S["field." + name] } } : problem)], nameof(Undo));
    }

    private async Task<bool> LoadAsync()
    {
        if (await Db.Set<ImportRun>().AsNoTracking().FirstOrDefaultAsync(run => run.Id == Id, Ct) is not { } run) return false;
        (Run, Mapping) = (run, Mapping.Read(run.Mapping));
        (ByName, UnitName, UndoneByName) = await Db.Connection.RowAsync("SELECT coalesce((SELECT display_name FROM pt.account WHERE id = $1), '?'), (SELECT name FROM pt.unit WHERE id = $2), (SELECT display_name FROM pt.account WHERE id = $3)",
            r => (r.GetString(0), r.GetString(1), r.Text(2)), Ct, run.AccountId.Value, run.UnitId.Value, run.UndoneBy?.Value);
        return true;
    }

    private async Task FillAsync()
    {
        if (Matching)
        {
            KnownNames = await KnownMappings.NamesAsync(Db, Run.UnitId, Ct);
            var first = await rows.ReadAsync(Id, 0, 3, null, Ct);
            Samples = [.. Run.Headers.Select((_, i) => SampleOf(first, i))];
            Converted = [.. first.SelectMany(row => row.Typed.Select(pair => (pair.Value, CellMask.Show(row.Cells[pair.Key], false)))).Distinct().Take(4)];
            await SeenAsync(new ImportRowsSeen(Id, RowsOf.All, first.Count, []));
        }
        else if (!Running)
        {
            Faults = ImportContents.Faults(Run);
            if (Run.State is ImportState.Done or ImportState.Failed) (Figures, Cases, Stays) = (await contents.FiguresAsync(Id, Ct), (await cases.CountAsync(Id, Ct)).Values.Sum(), (await stays.CountAsync(Id, Ct)).Values.Sum());
            if (Run.Fault == "undo-depended") await InTheWayAsync((await steer.UndoneAsync(Id, Ct)).Problems.Where(problem => problem.Details.ContainsKey("about")).ToList());
            Unverified = await Db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.unit WHERE import_id = $1 AND NOT verified AND valid_to IS NULL", Ct, Id.Value);
        }
    }

    private IReadOnlyList<string> SampleOf(IReadOnlyList<ImportRows.Stored> first, int column)
    {
        var field = Mapping.Columns.GetValueOrDefault(Run.Headers[column]);
        var isSealed = Fields.Any(one => one.Key == field && one.Sealed);
        return [.. first.Where(row => column < row.Cells.Length && row.Cells[column].Length > 0).Select(row => CellMask.Show(row.Cells[column], isSealed)).Distinct()];
    }
}
