using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>One stay: where, since when, until when and by which rule; and everything that can be done with it, each act a small form of its own.</summary>
public sealed class StayModel(Db db, StayView view, FacilitiesList facilities, StayActs acts) : HousePage(db)
{
    public sealed class StayForm
    {
        public string? Bed { get; set; }
        public StayEnd? How { get; set; }
        public DateTimeOffset? At { get; set; }
        public bool DayUnknown { get; set; }
        public string? Note { get; set; }
        public string? Reason { get; set; }
        public string? Paper { get; set; }
        public DateOnly? PlannedEnd { get; set; }
        public UnitId ToUnit { get; set; }
        public string? ToUnitText { get; set; }
        public StayClass ToClass { get; set; } = StayClass.Treatment;
        public bool LeavesNow { get; set; }
    }

    [BindProperty]
    public StayForm Form { get; set; } = new();

    public StayView.Full Full { get; private set; } = null!;
    public IReadOnlyList<(string Value, string Word)> Beds { get; private set; } = [];
    /// <summary>Which form is open: the one that was refused.</summary>
    public string? Open { get; private set; }

    public async Task<IActionResult> OnGetAsync(StayId id)
    {
        Form.At = Db.Clock.GetUtcNow();
        if (!await LoadAsync(id)) return await NotHereAsync("stay", id);
        return Page();
    }

    /// <summary>Whether the visitor may act on it: who sees it and enters data, in a unit of their own.</summary>
    public bool MayAct => S.May(Permission.EnterData) && Full.UnitMine;

    /// <summary>Whether a bed can be given: only then the free ones are looked for.</summary>
    public bool TakesBed => MayAct && Full.Stay is { State: StayState.InHouse or StayState.Absent or StayState.Expected, Place: StayPlace.Facility };

    private async Task<bool> LoadAsync(StayId id)
    {
        if (await view.OfAsync(id, Ct) is not { } full) return false;
        Full = full;
        Shows(full.Stay.PersonId);
        if (TakesBed) Beds = [.. (await facilities.FreeBedsAsync(full.Stay.UnitId, full.Stay.Class == StayClass.Treatment, Ct)).Select(bed => (bed.Id.ToString(), bed.Name + (bed.Icu ? " · ICU" : "") + (bed.Oxygen ? " · O₂" : "")))];
        return true;
    }

    public Task<IActionResult> OnPostBedAsync(StayId id) => ActAsync(id, "bed", "stay.bed-given", () => acts.BedAsync(Intent, id, Form.Bed, Ct));

    public Task<IActionResult> OnPostArriveAsync(StayId id) => ActAsync(id, "arrive", "stay.has-arrived", () => acts.ArriveAsync(Intent, id, Form.At, Ct));

    public Task<IActionResult> OnPostEndAsync(StayId id) => ActAsync(id, "end", "stay.has-ended", () => acts.EndAsync(Intent, id, Form.How, Form.DayUnknown ? null : Form.At, Form.DayUnknown, Form.Note, Ct), $"{Links.Stay(id)}?handler=Reopen&quick=true");

    public Task<IActionResult> OnPostReopenAsync(StayId id, bool quick) => ActAsync(id, "reopen", "stay.is-open-again", () => acts.ReopenAsync(Intent, id, quick ? S["day.undo-reason"] : Form.Reason, Ct));

    public Task<IActionResult> OnPostAbsentAsync(StayId id) => ActAsync(id, "absent", "stay.is-absent", () => acts.AbsenceAsync(Intent, id, true, Form.At, Form.Note, Ct), $"{Links.Stay(id)}?handler=Return");

    public Task<IActionResult> OnPostReturnAsync(StayId id) => ActAsync(id, "absent", "stay.is-back", () => acts.AbsenceAsync(Intent, id, false, Form.At, Form.Note, Ct));

    public Task<IActionResult> OnPostPlanAsync(StayId id) => ActAsync(id, "plan", "stay.is-replanned", () => acts.PlanAsync(Intent, id, Form.PlannedEnd, Form.Reason, Form.Paper, Ct));

    public Task<IActionResult> OnPostTransferAsync(StayId id) => ActAsync(id, "transfer", "stay.transfer-sent", () => acts.TransferAsync(Intent, id, Form.ToUnit, Form.ToClass, Form.Reason, Form.LeavesNow, Form.At, Ct));

    public Task<IActionResult> OnPostWithdrawAsync(StayId id) => ActAsync(id, "withdraw", "stay.is-withdrawn", () => acts.WithdrawAsync(Intent, id, Form.Reason, Ct));

    /// <summary>Does it, and goes back to the page; refused, the page is drawn again with that form open and what was typed in it.</summary>
    private async Task<IActionResult> ActAsync<T>(StayId id, string form, string done, Func<Task<Outcome<T>>> act, string? undo = null)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("stay", id);
        Open = form;
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await act();
        if (!outcome.Done)
        {
            await LoadAsync(id);
            return outcome.Problem.Status == 404 ? await NotHereAsync("stay", id) : Refuse(outcome.Problems);
        }
        return undo is null ? Done(Links.Stay(id), done, ("name", Full.Person.Shown)) : DoneWithUndo(Links.Stay(id), done, undo, ("name", Full.Person.Shown));
    }

    /// <summary>The planned end with its rule: "14 days from last contact on 03/08, paper …", or the reason of who planned it.</summary>
    public string Rule => Full.Stay is { Rule: { } rule, PlannedByRule: { } end } stay ? S.Say("stay.by-rule", ("origin", S.Word(stay.Origin)), ("from", stay.OriginOn), ("end", end), ("rule", rule)) : Full.Plans.Count > 0 ? Full.Plans[0].Reason : S["stay.no-rule"];
}
