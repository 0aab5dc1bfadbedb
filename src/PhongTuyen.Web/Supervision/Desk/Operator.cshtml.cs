using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Supervision;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Supervision.Desk;

/// <summary>One operator in one unit: the days with figures and signs, what supervisors found, and the looks in order.</summary>
public sealed class OperatorModel(Db db, OperatorActs acts, FindOnDay find) : HousePage(db)
{
    public sealed class Fields
    {
        public DateOnly? Day { get; set; }
        public DayVerdict Verdict { get; set; }
        public string? Note { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public AccountId Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnitId Unit { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public SightKind? Kind { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public OperatorActs.Operator Who { get; private set; } = null!;
    public IReadOnlyList<OperatorActs.Day> Days { get; private set; } = [];
    public OperatorActs.Found Found { get; private set; } = new([], null);
    public bool Paged { get; private set; }
    /// <summary>Nobody looks after their own days.</summary>
    public bool Mine => Id == Db.Visitor!.Account;
    public bool OneDay => From == To;

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (!await ReadAsync()) return await NotHereAsync("account", Id);
        await ShowAsync(behind);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await ReadAsync()) return await NotHereAsync("account", Id);
        var outcome = Form.Day is { } day ? await find.RunAsync(new(Intent, Id, Unit, day, Form.Verdict, Form.Note), Ct) : Refusals.Required("day");
        if (outcome.Done) return DoneWithUndo(Here, "supervision.found", Links.With(Links.Handler(Here, "Undo"), ("finding", outcome.Value.ToString())), ("day", Form.Day));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("account", Id);
        await ShowAsync(null);
        return Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid finding)
    {
        if (!await ReadAsync()) return await NotHereAsync("account", Id);
        var outcome = await find.UndoAsync(finding, Ct);
        if (outcome.Done) return Done(Here, "supervision.found-undone");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("finding", finding);
        await ShowAsync(null);
        return Refuse(outcome.Problems);
    }

    private async Task<bool> ReadAsync()
    {
        To = To is { } to && to <= S.Today ? to : S.Today;
        From = From is { } from && from <= To ? from : To.Value.AddDays(-6);
        if (To.Value.DayNumber - From.Value.DayNumber >= OperatorsList.MostDays) From = To.Value.AddDays(1 - OperatorsList.MostDays);
        if (Kind is { } kind && !Enum.IsDefined(kind)) Kind = null;
        if (await acts.OfAsync(Id, Unit, Ct) is not { } who) return false;
        Who = who;
        return true;
    }

    private async Task ShowAsync(string? behind)
    {
        Db.ChangeTracker.Clear();
        Paged = behind is not null;
        Days = await acts.DaysAsync(Id, Unit, From!.Value, To!.Value, Ct);
        Found = await acts.ActsAsync(Id, Unit, From.Value, To.Value, Kind, behind, Ct);
        if (Intent == default) NewIntent();
        await SeenAsync(new OperatorSeen(Id, Unit, From.Value, To.Value, [.. Found.Acts.SelectMany(act => act.Named).Where(one => one.Shown is not null).Select(one => one.Id).Distinct()]));
    }

    public string Here => SupervisionAddress.Of(Id, Unit, From!.Value, To!.Value, Kind);

    public string Older => SupervisionAddress.Of(Id, Unit, From!.Value, To!.Value, Kind, Found.More);

    public string Of(DateOnly day) => SupervisionAddress.Of(Id, Unit, day, day, Kind);

    public string List => SupervisionAddress.Of(new OperatorFilter(From!.Value, To!.Value));
}
