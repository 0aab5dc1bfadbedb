using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support.Desk;

/// <summary>One report as the team sees it, to take, answer and close; officers of the area read along.</summary>
public sealed class ReportModel(Db db, ReportView view, AnswerReport answer) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Text { get; set; }
        public bool Close { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public ReportView.Shown Shown { get; private set; } = null!;
    public bool May => S.May(Permission.AnswerReports);
    /// <summary>Whether the visitor is the one who has it.</summary>
    public bool Holds => Shown.Report.TakenBy == Db.Visitor!.Account;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("support-report", Id);
        NewIntent();
        return Page();
    }

    public Task<IActionResult> OnPostTakeAsync(int version) => ActAsync(() => answer.TakeAsync(Id, version, taken: true, Ct), "support.taken");

    public Task<IActionResult> OnPostGiveBackAsync(int version) => ActAsync(() => answer.TakeAsync(Id, version, taken: false, Ct), "support.given-back");

    public Task<IActionResult> OnPostCloseAsync() => ActAsync(() => answer.CloseAsync(Id, Ct), "support.closed");

    public Task<IActionResult> OnPostAnswerAsync() => ActAsync(() => answer.AnswerAsync(new AnswerReport.Input(Intent, Id, Form.Text, Form.Close), Ct), "support.answered");

    private async Task<IActionResult> ActAsync(Func<Task<Outcome<Nothing>>> act, string done)
    {
        if (!await LoadAsync()) return await NotHereAsync("support-report", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await act();
        if (outcome.Done) return Done(Links.ReportOfTeam(Id), done);
        await LoadAsync(); // what somebody else did meanwhile is seen beside the refusal
        return Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfTeamAsync(Id, Ct) is not { } shown) return false;
        Shown = shown;
        return true;
    }
}
