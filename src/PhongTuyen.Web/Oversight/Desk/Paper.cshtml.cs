using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Oversight;
using PhongTuyen.People;
using PhongTuyen.Web.Accounts.Desk;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Oversight.Desk;

/// <summary>How a duty stands on a day, in the layout of an official document (Decree 30/2020/NĐ-CP), to be printed, numbered and signed by hand.</summary>
public sealed class PaperModel(Db db, DutyReport report) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public DutyReport.Duty Shown { get; private set; } = null!;
    public DateOnly On { get; private set; }
    public IReadOnlyList<DutyReport.District> Districts { get; private set; } = [];
    public IReadOnlyList<DutyReport.Row> Late { get; private set; } = [];
    public Issuer Issuer { get; private set; } = null!;
    public DutyReport.Counts All { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var asked = DutyAddress.Read(Request.Query, out var faults);
        if (await report.OneAsync(Id, Ct) is not { } duty) return await NotHereAsync("duty", Id);
        if (faults.Count > 0 || (asked.On ?? duty.Days.Current(S.Now)) is not { } on || !duty.Days.Falls(on)) return await NotHereAsync("duty-day", Id);
        (Shown, On) = (duty, on);
        var found = await report.FindAsync(duty, on, new DutyFilter { Standing = DutyStanding.Late }, null, Ct, CoveragePaperModel.MostNamed);
        (Districts, Late, All) = (found.Districts, found.Rows, DutyReport.Counts.Sum(found.Districts.Select(district => district.Counts)));
        Issuer = await Issuer.OfAsync(Db, Ct);
        await SeenAsync(new ListTaken([], "duty-paper", Late.Count));
        return Page();
    }
}
