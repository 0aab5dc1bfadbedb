using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>Name and password, where the account has a second factor followed by its own page; or a passkey, and nothing else.</summary>
[EnableRateLimiting("sign-in")]
public sealed class SignInModel(StartSession start, PasskeyCeremony passkeys, SessionCookie cookie, IDataProtectionProvider protection, SupportDirectory directory) : PageModel
{
    /// <summary>Five minutes from the password to the code.</summary>
    internal static ITimeLimitedDataProtector Ticket(IDataProtectionProvider protection) => protection.CreateProtector("sign-in-step").ToTimeLimitedDataProtector();
    internal const string StepCookie = "pt-step";

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public Problem? Fault { get; private set; }

    public SupportDirectory.Contact? Contact => directory.Likely;

    /// <summary>What the browser sent for <see cref="OnGetChallengeAsync"/>.</summary>
    [BindProperty]
    public string? Credential { get; set; }

    public void OnGet()
    {
    }

    /// <summary>A challenge that any passkey of this program may answer.</summary>
    public async Task<IActionResult> OnGetChallengeAsync() => Content(await passkeys.AskAsync(HttpContext, null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        var outcome = await passkeys.SignInAsync(HttpContext, Credential, null, BrowserOf(HttpContext));
        if (outcome.Refused(out var problem))
        {
            Fault = problem;
            Response.StatusCode = problem.Status;
            return Page();
        }
        cookie.Write(HttpContext, outcome.Value);
        return Redirect(Links.Local(Back) ?? Links.Home);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await start.WithPasswordAsync(UserName ?? "", Password ?? "", BrowserOf(HttpContext), HttpContext.RequestAborted);
        if (outcome.Refused(out var problem))
        {
            Fault = problem;
            Response.StatusCode = problem.Status;
            return Page();
        }
        if (outcome.Value.Session is { } session)
        {
            cookie.Write(HttpContext, session);
            return Redirect(Links.Local(Back) ?? Links.Home);
        }
        Response.Cookies.Append(StepCookie, Ticket(protection).Protect(outcome.Value.Account.ToString(), TimeSpan.FromMinutes(5)), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = Links.SignInCode, IsEssential = true, Secure = Request.IsHttps });
        return Redirect(Links.SignInCode + (Links.Local(Back) is { } back ? "?back=" + Uri.EscapeDataString(back) : ""));
    }

    internal static StartSession.Browser BrowserOf(HttpContext http) => new(http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent.ToString());
}
