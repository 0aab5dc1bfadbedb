using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PhongTuyen.Web.Help.Citizen;

/// <summary>The chapter on signing in, for who is not signed in.</summary>
public sealed class GuideModel(GuideBook guide) : PageModel
{
    public GuideBook.Chapter Chapter { get; } = guide.Find(HelpChapters.Begin)!;

    public void OnGet()
    {
    }
}
