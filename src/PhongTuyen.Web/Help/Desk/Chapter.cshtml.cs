using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Help.Desk;

/// <summary>One chapter of the guide.</summary>
public sealed class ChapterModel(Db db, GuideBook guide) : HousePage(db)
{
    public GuideBook.Chapter Chapter { get; private set; } = null!;
    public GuideBook.Chapter? Before { get; private set; }
    public GuideBook.Chapter? Next { get; private set; }

    public IActionResult OnGet(string chapter)
    {
        if (guide.Find(chapter) is not { } found) return NotFound();
        Chapter = found;
        var at = guide.Chapters.ToList().IndexOf(found);
        (Before, Next) = (guide.Chapters.ElementAtOrDefault(at - 1), guide.Chapters.ElementAtOrDefault(at + 1));
        return Page();
    }
}
