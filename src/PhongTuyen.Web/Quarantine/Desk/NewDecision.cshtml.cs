using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Issues a decision for a stay: kind, signer, date; the number comes from the unit's series.</summary>
public sealed class NewDecisionModel(Db db, StayView view, IssueDecision issue) : HousePage(db)
{
    public sealed class DecisionForm
    {
        public DecisionKind Kind { get; set; } = DecisionKind.Quarantine;
        public DateOnly? SignedOn { get; set; }
        public string? Signer { get; set; }
        public string? SignerTitle { get; set; }
        public string? Suffix { get; set; } = "QĐ-CL";
        public string? Reason { get; set; }
    }

    [BindProperty]
    public DecisionForm Form { get; set; } = new();

    public StayView.Full Full { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(StayId id)
    {
        if (await view.OfAsync(id, Ct) is not { UnitMine: true } full) return await NotHereAsync("stay", id);
        NewIntent();
        Full = full;
        Shows(full.Stay.PersonId);
        Form.SignedOn = S.Today;
        if (full.Stay.State == StayState.Ended) Form.Kind = DecisionKind.Completion;
        // The last signer of this unit: most papers of a day are signed by the same person.
        (Form.Signer, Form.SignerTitle, var sign) = await Db.Connection.RowAsync("SELECT signer, signer_title, (SELECT sign FROM pt.quarantine_decision WHERE unit_id = $1 AND kind = $2 ORDER BY year DESC, number DESC LIMIT 1) FROM pt.quarantine_decision WHERE unit_id = $1 ORDER BY year DESC, number DESC LIMIT 1", r => (r.Text(0), r.Text(1), r.Text(2)), Ct, full.Stay.UnitId.Value, (short)Form.Kind);
        Form.Suffix = sign?.Split('/', 2) is [_, var suffix] ? suffix : Form.Kind == DecisionKind.Completion ? "GXN-CL" : "QĐ-CL";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(StayId id)
    {
        if (await view.OfAsync(id, Ct) is not { UnitMine: true } full) return await NotHereAsync("stay", id);
        Full = full;
        Shows(full.Stay.PersonId);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await issue.RunAsync(new(Intent, id, Form.Kind, Form.SignedOn ?? S.Today, Form.Signer ?? "", Form.SignerTitle ?? "", Form.Suffix ?? "", Form.Reason), Ct);
        return outcome.Done ? Redirect(Links.Decision(outcome.Value)) : Refuse(outcome.Problems);
    }
}
