using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Cases.Desk;

/// <summary>Hands a case over to another unit, with the reason; and takes that back.</summary>
public sealed class HandOverModel(Db db, HandOverCase handOver, CaseView view, PersonHeads heads) : HousePage(db)
{
    public sealed class Fields
    {
        /// <summary>Responsible when the form was drawn.</summary>
        public UnitId From { get; set; }
        public UnitId ToUnit { get; set; }
        public string? ToUnitText { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public CaseId Id { get; set; }

    public CaseView.Full Full { get; private set; } = null!;
    public PersonHead Head { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("case", Id);
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var unit = await UnitPick.AnywhereAsync(Db, Form.ToUnit, Form.ToUnitText, "toUnitText", Ct);
        // Sent again, it finds the case with the other unit already and is answered as at first: so it is asked before the page is.
        var outcome = unit.Done ? await handOver.RunAsync(new(Intent, Id, Form.From, unit.Value, Form.Reason), Ct) : unit.As<HandOverCase.Handed>();
        if (!outcome.Done) return await LoadAsync() ? Refuse(outcome.Problems) : await NotMineAsync(outcome.Problem);
        // Who saw the case only through the unit that gave it goes back to the person.
        var person = outcome.Value.Person;
        return DoneWithUndo(await LoadAsync() ? Links.Case(Id) : Links.Person(person), "case.has-been-handed-over", $"{Links.HandOver(Id)}?handler=Undo&of={Intent}", ("name", (await heads.OfAsync(person, Ct))?.Shown));
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid of)
    {
        var outcome = await handOver.UndoAsync(Intent, of, Ct);
        if (outcome.Done) return Done(Links.Case(outcome.Value.Case), "case.has-been-taken-back");
        return outcome.Problem.Status != StatusCodes.Status404NotFound && await LoadAsync() ? RefusedAt(Links.Case(Id), outcome.Problem) : await NotMineAsync(outcome.Problem);
    }

    /// <summary>Whoever gave the case away is told why not on the page of the person; to all others there is no such case.</summary>
    private async Task<IActionResult> NotMineAsync(Problem problem) =>
        PersonId.TryParse(problem.Details.GetValueOrDefault("person"), out var person) ? RefusedAt(Links.Person(person), problem) : await NotHereAsync("case", Id);

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { Mine: true } full || await heads.OfAsync(full.Case.PersonId, Ct) is not { } head) return false;
        (Full, Head) = (full, head);
        Shows(Full.Case.PersonId);
        return true;
    }
}
