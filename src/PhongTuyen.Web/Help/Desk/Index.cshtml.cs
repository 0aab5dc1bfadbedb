using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Help.Desk;

/// <summary>The guide: its chapters, a search through them, and whom to call.</summary>
public sealed class IndexModel(Db db, GuideBook guide) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<GuideBook.Chapter> Chapters => guide.Chapters;
    public IReadOnlyList<GuideBook.Hit>? Hits { get; private set; }

    public SupportDirectory.Contact? Contact { get; private set; }

    public async Task OnGetAsync()
    {
        Q = VietnameseText.Clean(Q);
        Contact = await SupportDirectory.OfUnitAsync(Db, Db.Visitor!.Unit, Ct);
        if (Q is not null) Hits = guide.Search(Q);
    }
}
