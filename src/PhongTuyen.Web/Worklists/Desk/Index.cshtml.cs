using PhongTuyen.Data;
using PhongTuyen.Web.Shared;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Web.Worklists.Desk;

/// <summary>The lists of work that the visitor has, with how much stands in each tab, and what they did to many at once.</summary>
public sealed class IndexModel(Db db, IEnumerable<IWorklist> lists, WorkCounts counts, WorkActView acts) : HousePage(db)
{
    public IReadOnlyList<(string Name, WorkCounts.Counts Counts)> Lists { get; private set; } = [];
    public IReadOnlyList<WorkActView.Row> Acts { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var all = await counts.AllAsync(Ct);
        Lists = [.. lists.Select(list => (list.Name, all.GetValueOrDefault(list.Name, WorkCounts.Counts.None)))];
        Acts = await acts.MineAsync(Ct);
    }
}
