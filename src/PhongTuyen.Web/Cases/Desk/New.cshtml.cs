using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Cases.Desk;

/// <summary>Records a case of a person. An open case of the same disease is offered instead of a second one.</summary>
public sealed class NewModel(Db db, RecordCase record, PersonHeads heads, AreaStore areas) : HousePage(db), ICaseForm
{
    [BindProperty]
    public CaseFields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    public bool Existing => false;
    public PersonHead Head { get; private set; } = null!;
    /// <summary>The person's open case of this disease.</summary>
    public CaseId? Open { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        NewIntent();
        Form.ReportedOn = S.Today;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var input = Form.Read(areas, S.Today, Intent, new CaseId(Intent), Id, 0);
        if (!input.Done) return Refuse(input.Problems);
        var outcome = await record.RunAsync(input.Value, Ct);
        if (outcome.Done) return Done(Links.Case(outcome.Value), "case.has-been-recorded", ("name", Head.Shown));
        if (outcome.Problem.Details.TryGetValue("case", out var open) && CaseId.TryParse(open, out var id)) Open = id;
        return Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await heads.OfAsync(Id, Ct) is not { } found) return false;
        Head = found;
        Shows(Id);
        return true;
    }
}
