using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Web.Entry;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>Ends this browser's session.</summary>
public sealed class SignOutModel(Db db, EndSession end, SessionCookie cookie) : HousePage(db)
{
    public IActionResult OnGet() => Redirect(Links.Home);

    public async Task<IActionResult> OnPostAsync()
    {
        if (Db.Visitor?.Session is { } session) await end.RunAsync(session, Db.Visitor.Account, Ct);
        cookie.Remove(HttpContext);
        return Redirect("/");
    }
}
