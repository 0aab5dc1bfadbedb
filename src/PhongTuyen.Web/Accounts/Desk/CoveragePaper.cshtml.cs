using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>The report on accounts in the layout of an official document (Decree 30/2020/NĐ-CP), to be printed, numbered and signed by hand.</summary>
public sealed class CoveragePaperModel(Db db, CoverageReport report) : HousePage(db)
{
    /// <summary>So many units without an account are named on paper; of more the number is said.</summary>
    public const int MostNamed = 500;

    public CoverageAddress Asked { get; private set; } = new(null, null, default, null);
    public CoverageReport.Deadline? Deadline { get; private set; }
    public IReadOnlyList<CoverageReport.District> Districts { get; private set; } = [];
    public IReadOnlyList<CoverageReport.Row> Lacking { get; private set; } = [];
    public Issuer Issuer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Asked = CoverageAddress.Read(Request.Query, out var faults);
        if (faults.Count > 0) return Refuse(faults, "");
        if (Asked.Deadline is { } asked)
        {
            Deadline = (await report.DeadlinesAsync(Ct)).FirstOrDefault(one => one.Id == asked);
            if (Deadline is null) return await NotHereAsync("deadline", asked);
        }
        var filter = new CoverageFilter { Under = Deadline?.Unit ?? default, Kind = Deadline?.Kind ?? Asked.Kind };
        var found = await report.FindAsync(filter with { Standing = AccountCoverage.Lacking }, null, Ct, MostNamed);
        (Districts, Lacking) = (found.Districts, found.Rows);
        Issuer = await Issuer.OfAsync(Db, Ct);
        await SeenAsync(new ListTaken([], "coverage-paper", Lacking.Count));
        return Page();
    }

    public int Sum(Func<CoverageReport.District, int> of) => Districts.Sum(of);
}
