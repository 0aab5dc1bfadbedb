using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Web.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Lab.Desk;

/// <summary>Records a result of a person: taken when, which test, what came out, who says so. A positive one opens or decides a case.</summary>
public sealed class NewModel(Db db, RecordResult record, PersonHeads heads) : HousePage(db)
{
    public sealed class Fields
    {
        public DateOnly? TakenOn { get; set; }
        public bool DayUnknown { get; set; }
        public TestKind? Kind { get; set; } = TestKind.Pcr;
        public TestOutcome? Result { get; set; }
        public decimal? Ct { get; set; }
        public string Disease { get; set; } = Diseases.Covid19;
        public string? SaidBy { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    public PersonHead Head { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        NewIntent();
        Form.TakenOn = S.Today;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var missing = new List<Problem>();
        if (Form.Result is null) missing.Add(Refusals.Required("result"));
        if (Form.Kind is null) missing.Add(Refusals.Required("kind"));
        if (Form.TakenOn is null && !Form.DayUnknown) missing.Add(Refusals.Required("takenOn"));
        if (!Diseases.Known(Form.Disease)) missing.Add(Refusals.NotOneOf("disease"));
        if (missing.Count > 0) return Refuse(missing);
        var outcome = await record.RunAsync(new RecordResult.Input(new ResultId(Intent), Id, Form.Disease, Form.Kind!.Value, Form.Result!.Value, Form.Ct, Form.DayUnknown ? null : Form.TakenOn, Form.SaidBy), Ct);
        return outcome.Done ? Done(Links.Person(Id), Form.Result == TestOutcome.Positive ? "result.recorded-positive" : "result.recorded", ("name", Head.Shown)) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await heads.OfAsync(Id, Ct) is not { } found) return false;
        Head = found;
        Shows(Id);
        return true;
    }
}
