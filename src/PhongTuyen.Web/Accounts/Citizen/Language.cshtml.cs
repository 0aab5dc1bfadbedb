using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>Changes the language: of this browser, and of the account that is signed in.</summary>
public sealed class LanguageModel(Db db, SessionCookie cookie, AccountSettings settings, OwnAccount own) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync(string? language)
    {
        var chosen = language == "en" ? Kernel.Language.English : Kernel.Language.Vietnamese;
        Response.Cookies.Append(Screen.LanguageCookie, language == "en" ? "en" : "vi", new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Secure = Request.IsHttps });
        // The page is open to everybody; a session counts here only as long as it counts anywhere.
        if (cookie.Read(HttpContext) is { } token && await db.EnterAsync(StartSession.HashOf(token), Roles.With(Permission.SignedIn), Roles.Faceless, TimeSpan.FromMinutes(settings.IdleMinutes), HttpContext.RequestAborted) is not null)
            await own.SetLanguageAsync(chosen, HttpContext.RequestAborted);
        return Redirect(Links.CameFrom(Request) ?? "/");
    }
}
