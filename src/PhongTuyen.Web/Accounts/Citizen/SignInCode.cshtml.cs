using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>The second factor.</summary>
[EnableRateLimiting("sign-in")]
public sealed class SignInCodeModel(StartSession start, SessionCookie cookie, IDataProtectionProvider protection) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty]
    public string Code { get; set; } = "";

    public Problem? Fault { get; private set; }

    public IActionResult OnGet() => Account() is null ? Redirect(Links.SignIn) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Account() is not { } account) return Redirect(Links.SignIn);
        var outcome = await start.WithCodeAsync(account, Code ?? "", SignInModel.BrowserOf(HttpContext), HttpContext.RequestAborted);
        if (outcome.Refused(out var problem))
        {
            Fault = problem;
            Response.StatusCode = problem.Status;
            return Page();
        }
        Response.Cookies.Delete(SignInModel.StepCookie, new CookieOptions { Path = Links.SignInCode });
        cookie.Write(HttpContext, outcome.Value);
        return Redirect(Links.Local(Back) ?? Links.Home);
    }

    /// <summary>Whose password was right a moment ago.</summary>
    private AccountId? Account()
    {
        try
        {
            return Request.Cookies[SignInModel.StepCookie] is { } ticket && AccountId.TryParse(SignInModel.Ticket(protection).Unprotect(ticket), out var account) ? account : null;
        }
        catch (CryptographicException)
        {
            return null; // too late, or not ours
        }
    }
}
