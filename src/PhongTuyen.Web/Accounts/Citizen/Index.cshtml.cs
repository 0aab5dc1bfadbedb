using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>The front door: who this is for, and the way in.</summary>
public sealed class IndexModel(SessionCookie cookie) : PageModel
{
    public IActionResult OnGet() => cookie.Read(HttpContext) is null ? Page() : Redirect(Links.Home);
}
