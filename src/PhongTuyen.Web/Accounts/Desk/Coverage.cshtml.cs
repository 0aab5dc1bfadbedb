using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Which units have accounts that work, by district, against the deadlines of papers: seen, taken as a file, printed, urged (R2).</summary>
public sealed class CoverageModel(Db db, CoverageReport report, KeepDeadlines keep, RemindOfAccounts remind) : HousePage(db)
{
    public sealed class DeadlineFields
    {
        public UnitId? Unit { get; set; }
        public string? UnitText { get; set; }
        public UnitKind? Kind { get; set; }
        public DateOnly? Due { get; set; }
        public string? Paper { get; set; }
    }

    [BindProperty]
    public DeadlineFields Form { get; set; } = new();

    public CoverageAddress Asked { get; private set; } = new(null, null, default, null);
    public IReadOnlyList<CoverageReport.Deadline> Deadlines { get; private set; } = [];
    public CoverageReport.Deadline? Deadline { get; private set; }
    public CoverageReport.Found Found { get; private set; } = new([], [], null);
    public IReadOnlyList<CoverageReport.District> Districts => Found.Districts;

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await LoadAsync() is { } refused) return refused;
        Found = await report.FindAsync(Filter, behind, Ct);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        if (await LoadAsync() is { } refused) return refused;
        var all = EveryPage.OfAsync<CoverageReport.Row>(async behind =>
        {
            var found = await report.FindAsync(Filter, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        return await TakenAsync("coverage", new ListFile<CoverageReport.Row>(S, S["coverage.title"])
            .With("coverage.unit", row => row.Name, 36).With("unit.code", row => row.Code, 14).With("coverage.kind", row => S.Word(row.Kind), 28).With("coverage.parent", row => row.Parent, 32).With("coverage.place", row => row.Place, 24)
            .With("unit.telephone", row => row.Telephone, 18).With("coverage.standing", row => S.Word(row.Standing), 20).With("coverage.usable", row => row.Usable), all, form);
    }

    public async Task<IActionResult> OnPostSetAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        Found = await report.FindAsync(Filter, null, Ct);
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Unit is { Value: not 0 } named && !Db.Scope.Units.Contains(named)) return await NotHereAsync("unit", named);
        var unit = await UnitPick.ReadAsync(Db, Form.Unit, Form.UnitText, "unitText", Ct);
        if (!unit.Done) return Refuse(unit.Problems);
        var outcome = await keep.RunAsync(new KeepDeadlines.Input(Intent, unit.Value, Form.Kind, Form.Due, Form.Paper), Ct);
        return outcome.Done ? Done(new CoverageAddress(outcome.Value, null, default, null).Of(Links.Coverage), "coverage.saved", ("due", Form.Due)) : Refuse(outcome.Problems);
    }

    public Task<IActionResult> OnPostWithdrawAsync(Guid deadline) => ChangeAsync(deadline, withdrawn: true);

    public Task<IActionResult> OnPostRestoreAsync(Guid deadline) => ChangeAsync(deadline, withdrawn: false);

    private async Task<IActionResult> ChangeAsync(Guid deadline, bool withdrawn)
    {
        var due = await Db.Connection.ValueAsync<DateOnly>("SELECT due FROM pt.account_deadline WHERE id = $1", Ct, deadline);
        var outcome = await keep.WithdrawAsync(deadline, withdrawn, Ct);
        if (!outcome.Done) return await NotHereAsync("deadline", deadline);
        return withdrawn
            ? DoneWithUndo(Links.Coverage, "coverage.withdrawn", $"{Links.Coverage}?handler=Restore&deadline={deadline}", ("due", due))
            : Done(new CoverageAddress(deadline, null, default, null).Of(Links.Coverage), "coverage.restored", ("due", due));
    }

    public async Task<IActionResult> OnPostRemindAsync(Guid deadline)
    {
        if ((await report.DeadlinesAsync(Ct)).All(one => one.Id != deadline)) return await NotHereAsync("deadline", deadline);
        var outcome = await remind.RunAsync(deadline, Ct);
        var here = new CoverageAddress(deadline, null, default, null).Of(Links.Coverage);
        if (!outcome.Done) return RefusedAt(here, outcome.Problem);
        return outcome.Value.Asked == 0 ? RefusedAt(here, PhongTuyen.Accounts.Problems.NobodyToRemind()) : Done(here, "coverage.reminded", ("told", outcome.Value.Told), ("asked", outcome.Value.Asked));
    }

    /// <summary>What is asked for; a refusal where the address cannot be read or names what is not the visitor's.</summary>
    private async Task<IActionResult?> LoadAsync()
    {
        Asked = CoverageAddress.Read(Request.Query, out var faults);
        if (faults.Count > 0) return Refuse(faults, "");
        Deadlines = await report.DeadlinesAsync(Ct);
        if (Asked.Deadline is { } asked)
        {
            Deadline = Deadlines.FirstOrDefault(one => one.Id == asked);
            if (Deadline is null) return await NotHereAsync("deadline", asked);
        }
        return null;
    }

    private CoverageFilter Filter => new() { Under = Deadline?.Unit ?? default, Kind = Deadline?.Kind ?? Asked.Kind, Area = Asked.Area, Standing = Asked.Standing };

    /// <summary>How many stand so in the chosen district, or everywhere.</summary>
    public int Count(AccountCoverage? standing) => Districts.Where(district => Asked.Area.Value == 0 || district.Area == Asked.Area).Sum(district => standing switch
    {
        AccountCoverage.Lacking => district.Lacking,
        AccountCoverage.Given => district.Given,
        AccountCoverage.Used => district.Used,
        _ => district.All,
    });

    public string Here => Asked.Of(Links.Coverage);

    public string Tab(AccountCoverage? standing) => (Asked with { Standing = standing }).Of(Links.Coverage);

    public string Cell(AreaId area, AccountCoverage? standing) => (Asked with { Area = area, Standing = standing }).Of(Links.Coverage) + "#list";

    /// <summary>Everywhere instead of one district.</summary>
    public string Whole => (Asked with { Area = default }).Of(Links.Coverage) + "#list";

    public bool Paged => Request.Query.ContainsKey("behind");

    public static string Share(int part, int of) => of == 0 ? "" : Screen.Show(Math.Round(100m * part / of, 1)) + " %";

    public string? AreaName => Districts.FirstOrDefault(district => Asked.Area.Value != 0 && district.Area == Asked.Area)?.Name;

    /// <summary>How the deadline stands today.</summary>
    public string Due(CoverageReport.Deadline deadline)
    {
        var left = deadline.Due.DayNumber - S.Today.DayNumber;
        return S.Say(left > 0 ? "coverage.due-in" : left == 0 ? "coverage.due-today" : "coverage.due-over", ("n", Math.Abs(left)), ("due", deadline.Due), ("unit", deadline.UnitName), ("paper", deadline.Paper));
    }
}
