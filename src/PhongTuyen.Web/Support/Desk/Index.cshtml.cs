using PhongTuyen.Data;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support.Desk;

/// <summary>What the visitor reported, and what became of it.</summary>
public sealed class IndexModel(Db db, ReportsList reports) : HousePage(db)
{
    public ReportsList.Found Found { get; private set; } = new([], null);
    public bool Paged { get; private set; }

    public async Task OnGetAsync(string? behind)
    {
        var place = ReportLook.Place(behind);
        Paged = place is not null;
        Found = await reports.MineAsync(place, Ct);
    }
}
