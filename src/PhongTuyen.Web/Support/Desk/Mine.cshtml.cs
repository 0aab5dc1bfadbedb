using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support.Desk;

/// <summary>One report as who sent it sees it. Colleagues of the unit and those above may read it too, and somebody who took the sender's work over; only the sender acts on it.</summary>
public sealed class MineModel(Db db, ReportView view, FollowReport follow) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Text { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public ReportView.Shown Shown { get; private set; } = null!;
    public bool Own => Shown.Report.AccountId == Db.Visitor!.Account;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("support-report", Id);
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        if (!await LoadAsync() || !Own) return await NotHereAsync("support-report", Id);
        if (!ModelState.IsValid) return Refuse([]);
        return After(await follow.AddAsync(new FollowReport.Input(Intent, Id, Form.Text), Ct), Shown.Report.State < ReportState.Answered ? "support.added" : "support.reopened");
    }

    public async Task<IActionResult> OnPostCloseAsync()
    {
        if (!await LoadAsync() || !Own) return await NotHereAsync("support-report", Id);
        return After(await follow.CloseAsync(Id, Ct), "support.closed");
    }

    private IActionResult After(Outcome<Nothing> outcome, string done) => outcome.Done ? Done(Links.MyReport(Id), done) : Refuse(outcome.Problems);

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } shown) return false;
        Shown = shown;
        return true;
    }
}
