using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Oversight;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Oversight.Desk;

/// <summary>What the visitor's own unit owes now, and what is asked of all units in their scope.</summary>
public sealed class IndexModel(Db db, DutyReport report) : HousePage(db)
{
    /// <param name="Due">The day that the figures are about; null: there is none.</param>
    public sealed record Row(DutyReport.Duty Duty, DateOnly? Due, DutyReport.Counts Counts);

    public bool Ended { get; private set; }
    public IReadOnlyList<DutyReport.Own> Mine { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Whether the visitor is shown how their units stand: a clerk whose unit owes something wants that alone.</summary>
    public bool Asks => Mine.Count == 0 || S.May(Permission.ManageAccounts) || !S.May(Permission.EnterData);

    public async Task<IActionResult> OnGetAsync()
    {
        var asked = new FilterQuery(Request.Query);
        Ended = asked.OneOf("show", "ended") is not null;
        if (asked.Faults.Count > 0) return Refuse(asked.Faults, "");
        var all = await report.OverviewAsync(Ended, Ct);
        Mine = all.Own;
        if (!Asks) return Page();
        var duties = all.Asked.Select(duty => (Duty: duty, Due: duty.Days.Current(S.Now))).ToList();
        var counts = await report.CountsAsync([.. duties.Select(one => (one.Duty, one.Due ?? one.Duty.Days.Since))], Ct);
        Rows = [.. duties.Select((one, i) => new Row(one.Duty, one.Due, counts[i])).Where(row => row.Duty.Own || row.Counts.All > 0)];
        return Page();
    }
}
