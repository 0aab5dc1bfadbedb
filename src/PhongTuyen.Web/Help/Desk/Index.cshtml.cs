using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Help.Desk;

/// <summary>The guide: its chapters, and a search through them.</summary>
public sealed class IndexModel(Db db, GuideBook guide) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<GuideBook.Chapter> Chapters => guide.Chapters;
    public IReadOnlyList<GuideBook.Hit>? Hits { get; private set; }

    public void OnGet()
    {
        Q = VietnameseText.Clean(Q);
        if (Q is not null) Hits = guide.Search(Q);
    }
}
