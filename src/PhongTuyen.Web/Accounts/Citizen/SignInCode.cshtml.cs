using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Accounts.Citizen;

/// <summary>The second factor: a code, or a passkey.</summary>
[EnableRateLimiting("sign-in")]
public sealed class SignInCodeModel(StartSession start, PasskeyCeremony passkeys, PasskeyHolders holders, SessionCookie cookie, IDataProtectionProvider protection) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty]
    public string Code { get; set; } = "";

    public Problem? Fault { get; private set; }

    /// <summary>What this account can go on with.</summary>
    public SecondFactors Second { get; private set; } = new(false, 0);

    /// <summary>What the browser sent for <see cref="OnGetChallengeAsync"/>.</summary>
    [BindProperty]
    public string? Credential { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Account() is not { } account) return Redirect(Links.SignIn);
        Second = await holders.SecondFactorsAsync(account, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>A challenge that a passkey of this account may answer.</summary>
    public async Task<IActionResult> OnGetChallengeAsync() => Account() is { } account ? Content(await passkeys.AskAsync(HttpContext, account), "application/json") : Redirect(Links.SignIn);

    public async Task<IActionResult> OnPostAsync() =>
        Account() is { } account ? await GoOnAsync(account, await start.WithCodeAsync(account, Code ?? "", SignInModel.BrowserOf(HttpContext), HttpContext.RequestAborted)) : Redirect(Links.SignIn);

    public async Task<IActionResult> OnPostPasskeyAsync() =>
        Account() is { } account ? await GoOnAsync(account, await passkeys.SignInAsync(HttpContext, Credential, account, SignInModel.BrowserOf(HttpContext))) : Redirect(Links.SignIn);

    private async Task<IActionResult> GoOnAsync(AccountId account, Outcome<StartSession.Session> outcome)
    {
        if (outcome.Refused(out var problem))
        {
            Second = await holders.SecondFactorsAsync(account, HttpContext.RequestAborted);
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
