using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Accounts;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Shares the record of a person, or one finding of it, with another unit: for a purpose, until a day.</summary>
public sealed class ShareModel(Db db, PersonHeads heads, SharePerson share, SharesList shares) : HousePage(db)
{
    public sealed class Fields
    {
        public UnitId? Unit { get; set; }
        public string? UnitText { get; set; }
        public string? Purpose { get; set; }
        public DateOnly? Until { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    /// <summary>The finding; none: the record.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Finding { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public PersonHead Head { get; private set; } = null!;
    /// <summary>Kind of the finding.</summary>
    public string? Kind { get; private set; }
    public DateOnly Last { get; private set; }
    public IReadOnlyList<(string Unit, DateTimeOffset Ends)> Now { get; private set; } = [];
    public string Back => Finding is null ? Links.Person(Id) : Links.Findings;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        NewIntent();
        Form.Until = S.Today.AddDays(Math.Min(7, Last.DayNumber - S.Today.DayNumber));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        if (ModelState.ContainsKey("Form.Until") && ModelState["Form.Until"]!.Errors.Count > 0) return Refuse([]);
        var unit = await UnitPick.AnywhereAsync(Db, Form.Unit, Form.UnitText, "unitText", Ct);
        if (!unit.Done) return Refuse(unit.Problems);
        var outcome = await share.RunAsync(new SharePerson.Input(Intent, Id, Finding, unit.Value, Form.Purpose, LastDay.After(Form.Until)), Ct);
        if (outcome.Done) return Done(Back, outcome.Value.Prolonged ? "share.prolonged" : "share.done", ("unit", Form.UnitText), ("day", Form.Until));
        return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("person", Id) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await heads.OfAsync(Id, Ct) is not { } head || !await Db.TiedAsync(Id, Ct)) return false;
        if (Finding is { } finding && (Kind = await shares.KindAsync(Id, finding, Ct)) is null) return false;
        (Head, Last) = (head, await share.LastDayAsync(Ct));
        if (Finding is null) Now = await shares.OfPersonAsync(Id, Ct);
        Shows(Id);
        return true;
    }
}
