using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Accounts;

/// <summary>
/// Challenges for passkeys and their answers. The framework's handler makes and verifies them (WebAuthn); this binds each challenge to the browser
/// or the session that asked for it, seals it, and lets it live for five minutes. That it is answered once, the library sees to.
/// </summary>
public sealed class PasskeyCeremony(IPasskeyHandler<PasskeyHolder> handler, PasskeyStore store, PasskeyHolders holders, StartSession start, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>A challenge for a new passkey.</summary>
    /// <param name="Options">What the browser's <c>navigator.credentials.create()</c> takes, as JSON.</param>
    /// <param name="Sealed">Travels in the form until the answer comes; opens in the same session only.</param>
    public sealed record Invitation(string Options, string Sealed);

    /// <summary>The cookie of a challenge that signs in.</summary>
    internal const string Cookie = "pt-passkey";

    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private sealed record Kept(string State, DateTimeOffset Until);

    /// <summary>Options for <c>navigator.credentials.get()</c> as JSON: of any account, or of this one's passkeys.</summary>
    public async Task<string> AskAsync(HttpContext http, AccountId? account)
    {
        var holder = account is { } id ? await holders.OfAsync(id, http.RequestAborted) : null;
        var asked = await handler.MakeRequestOptionsAsync(holder, http);
        http.Response.Cookies.Append(Cookie, Seal(SignInPurpose(account), asked.AssertionState!), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = http.Request.Path, IsEssential = true, Secure = http.Request.IsHttps, MaxAge = Life });
        return asked.RequestOptionsJson;
    }

    /// <summary>The answer of a browser that signs in.</summary>
    /// <param name="account">Whose password was right before; null: the passkey alone.</param>
    public async Task<Outcome<StartSession.Session>> SignInAsync(HttpContext http, string? credential, AccountId? account, StartSession.Browser browser)
    {
        var ct = http.RequestAborted;
        if (Open(SignInPurpose(account), http.Request.Cookies[Cookie]) is not { } state) return PhongTuyen.Accounts.Problems.TooLate();
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = http.Request.Path });
        if (string.IsNullOrEmpty(credential)) return await start.PasskeyRefusedAsync(account, ct);
        var proven = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!proven.Succeeded)
        {
            Rethrow(proven.Failure);
            return await start.PasskeyRefusedAsync(account ?? store.Named, ct);
        }
        return await start.WithPasskeyAsync(new(proven.User.Account, proven.Passkey.CredentialId, proven.Passkey.SignCount, proven.Passkey.IsBackedUp, HashOf(state)), browser, ct);
    }

    /// <summary>A challenge for a new passkey of this session.</summary>
    public async Task<Invitation> InviteAsync(HttpContext http, Data.Visitor visitor, string handle)
    {
        var made = await handler.MakeCreationOptionsAsync(new() { Id = handle, Name = visitor.UserName, DisplayName = visitor.DisplayName }, http);
        return new Invitation(made.CreationOptionsJson, Seal(NewPurpose(visitor), made.AttestationState!));
    }

    /// <summary>What the browser made for it.</summary>
    public async Task<Outcome<NewPasskey>> TakeAsync(HttpContext http, Data.Visitor visitor, string? sealedState, string? credential)
    {
        if (Open(NewPurpose(visitor), sealedState) is not { } state) return PhongTuyen.Accounts.Problems.TooLate();
        if (string.IsNullOrEmpty(credential)) return PhongTuyen.Accounts.Problems.PasskeyNotMade();
        var made = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!made.Succeeded)
        {
            Rethrow(made.Failure);
            return PhongTuyen.Accounts.Problems.PasskeyNotMade();
        }
        var key = made.Passkey;
        return new NewPasskey(key.CredentialId, key.PublicKey, key.SignCount, [.. (key.Transports ?? []).Where(way => way.Length <= 20).Take(8)], key.IsBackupEligible, key.IsBackedUp, HashOf(state));
    }

    private static string SignInPurpose(AccountId? account) => $"passkey-sign-in/{account}";

    private static string NewPurpose(Data.Visitor visitor) => $"passkey-new/{visitor.Account}/{visitor.Session}";

    private static byte[] HashOf(string state) => SHA256.HashData(Encoding.UTF8.GetBytes(state));

    private string Seal(string purpose, string state) => protection.CreateProtector(purpose).Protect(JsonSerializer.Serialize(new Kept(state, clock.GetUtcNow() + Life)));

    /// <summary>Null: too late, of another browser, session or account, or none.</summary>
    private string? Open(string purpose, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(protection.CreateProtector(purpose).Unprotect(text))!;
            return kept.Until > clock.GetUtcNow() ? kept.State : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The handler takes every exception for a wrong answer; that the database is gone is not one.</summary>
    private static void Rethrow(PasskeyException failure)
    {
        if (failure.InnerException is DbException gone) throw new InvalidOperationException("Passkeys could not be read.", gone);
    }
}
