using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>Acts on units that wait for their day, and those that were done, withdrawn or undone.</summary>
public sealed class ActsModel(Db db, ActsList acts, EndAct end) : HousePage(db)
{
    public bool Planned { get; private set; }
    public int Skip { get; private set; }
    public IReadOnlyList<ActsList.Row> Rows { get; private set; } = [];
    public bool More { get; private set; }
    /// <summary>Acts on areas are taken back by those who look after the whole country.</summary>
    public bool MayEnd(ActsList.Row row) => S.May(Permission.ManageUnits) && (row.Kind < ActKind.Areas || Db.Scope.Provinces.Contains(AreaStore.Country));

    public async Task OnGetAsync(string? show, int skip = 0)
    {
        (Planned, Skip) = (show != "done", Math.Clamp(skip, 0, 100_000));
        var rows = await acts.FindAsync(Planned, Skip, Ct);
        (Rows, More) = ([.. rows.Take(ActsList.Page)], rows.Count > ActsList.Page);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid of) => await AnswerAsync(of, await end.WithdrawAsync(of, Ct), Links.UnitActs, "tree.withdrawn");

    public async Task<IActionResult> OnPostUndoAsync(Guid of) => await AnswerAsync(of, await end.UndoAsync(of, Ct), Links.UnitActsDone, "tree.undone");

    private async Task<IActionResult> AnswerAsync(Guid of, Outcome<Nothing> outcome, string address, string text)
    {
        if (!outcome.Refused(out var problem)) return Done(address, text);
        return problem.Status == 404 ? await NotHereAsync("reorganisation", of) : RefusedAt(address, problem);
    }
}
