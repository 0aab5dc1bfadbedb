using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>Keeps the look of this browser where there is no script.</summary>
public sealed class LookModel(Screen screen) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? look)
    {
        // Not HttpOnly: the page's script changes it without asking the server.
        Response.Cookies.Append(screen.LookCookie, screen.Look.Chosen(look).ToString(), new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, IsEssential = true });
        return Redirect(Links.CameFrom(Request) ?? "/");
    }
}
