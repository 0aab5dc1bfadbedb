using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Cases.Desk;

/// <summary>One case: its facts with what decided them, each possibly unknown; its changes; and, where it is the visitor's, the form that changes it.</summary>
public sealed class CaseModel(Db db, RecordCase record, CaseView view, PersonHeads heads, AreaStore areas) : HousePage(db), ICaseForm
{
    [BindProperty]
    public CaseFields Form { get; set; } = new();

    [BindProperty]
    public int BaseVersion { get; set; }

    [BindProperty(SupportsGet = true)]
    public CaseId Id { get; set; }

    public bool Existing => true;
    public CaseView.Full Full { get; private set; } = null!;
    public PersonHead Head { get; private set; } = null!;
    /// <summary>Somebody changed the case since the form was opened.</summary>
    public bool Clash { get; private set; }
    public bool MayChange => S.May(Permission.EnterData) && Full.Mine;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("case", Id);
        NewIntent();
        (Form, BaseVersion) = (CaseFields.Of(Full.Case, areas), Full.Case.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync() || !Full.Mine) return await NotHereAsync("case", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var input = Form.Read(areas, S.Today, Intent, Id, Full.Case.PersonId, BaseVersion);
        if (!input.Done) return Refuse(input.Problems);
        var outcome = await record.RunAsync(input.Value with { Disease = Full.Case.Disease }, Ct);
        if (outcome.Done) return Done(Links.Case(Id), "case.has-been-changed", ("name", Head.Shown));
        Clash = outcome.Problem.Code == Refusals.Changed().Code;
        if (Clash) BaseVersion = Full.Case.Version;
        return Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } full || await heads.OfAsync(full.Case.PersonId, Ct) is not { } head) return false;
        (Full, Head) = (full, head);
        Shows(Full.Case.PersonId);
        return true;
    }
}
