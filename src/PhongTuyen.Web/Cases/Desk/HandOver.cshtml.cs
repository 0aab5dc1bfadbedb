using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Cases.Desk;

/// <summary>Hands a case over to another unit, with the reason; and takes that back.</summary>
public sealed class HandOverModel(Db db, HandOverCase handOver, CaseView view, PersonHeads heads) : HousePage(db)
{
    public sealed class Fields
    {
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
        await SeenAsync(new PersonSeen(Full.Case.PersonId));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("case", Id);
        var unit = await UnitPick.AnywhereAsync(Db, Form.ToUnit, Form.ToUnitText, "toUnitText", Ct);
        if (!unit.Done) return Refuse(unit.Problems);
        var outcome = await handOver.RunAsync(new(Intent, Id, unit.Value, Form.Reason), Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        // Who sees the case only through the unit that gave it goes back to the person.
        var stays = Db.Scope.Covers(unit.Value, new AreaKeys(Full.Case.ProvinceId, Full.Case.DistrictId, Full.Case.CommuneId));
        return DoneWithUndo(stays ? Links.Case(Id) : Links.Person(Full.Case.PersonId), "case.has-been-handed-over", $"{Links.HandOver(Id)}?handler=Undo&of={Intent}", ("name", Head.Shown));
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid of)
    {
        var outcome = await handOver.UndoAsync(Intent, of, Ct);
        if (outcome.Done) return Done(Links.Case(outcome.Value.Case), "case.has-been-taken-back");
        return outcome.Problem.Status == StatusCodes.Status404NotFound || !await LoadAsync() ? await NotHereAsync("case", Id) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { Mine: true } full || await heads.OfAsync(full.Case.PersonId, Ct) is not { } head) return false;
        (Full, Head) = (full, head);
        return true;
    }
}
