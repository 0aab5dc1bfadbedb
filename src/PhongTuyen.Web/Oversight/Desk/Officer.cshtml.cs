using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Oversight.Desk;

/// <summary>Who is answerable for what one unit owes.</summary>
public sealed class OfficerModel(Db db, DutyReport report, NameOfficers officers) : HousePage(db)
{
    public sealed class Fields
    {
        public AccountId? Account { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnitId Unit { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public DutyReport.Duty Shown { get; private set; } = null!;
    public string UnitName { get; private set; } = "";
    public IReadOnlyList<DutyReport.Candidate> Candidates { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("duty", $"{Id} {Unit}");
        NewIntent();
        Form.Account = (await report.OfficerAsync(Id, Unit, Ct))?.Account;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("duty", $"{Id} {Unit}");
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await officers.RunAsync(new NameOfficers.Input(Intent, Id, Unit, Form.Account), Ct);
        return outcome.Done ? Done(Links.DutyOfUnit(Id, Unit), Form.Account is null ? "duty.officer-none" : "duty.officer-named", ("unit", UnitName)) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await report.OneAsync(Id, Ct) is not { } duty || await report.DaysAsync(duty, Unit, Ct) is null) return false;
        Shown = duty;
        UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Unit.Value) ?? "";
        Candidates = await report.CandidatesAsync(Unit, Ct);
        return true;
    }
}
