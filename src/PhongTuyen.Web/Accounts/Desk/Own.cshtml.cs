using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Everybody's own account: what is known of them here, language, password, second factor, passkeys, where they are signed in.</summary>
public sealed class OwnModel(Db db, AccountView view, OwnAccount own, EndSession end, AccountKeys keys, AreaStore areas) : HousePage(db)
{
    public AccountView.Shown Shown { get; private set; } = null!;
    public IReadOnlyList<AccountSession> Sessions { get; private set; } = [];
    public IReadOnlyList<string> UnitPath { get; private set; } = [];
    public SecondFactors Second { get; private set; } = null!;
    /// <summary>Of programs that act in one's name now.</summary>
    public IReadOnlyList<AccountKeys.Key> Keys { get; private set; } = [];
    public Guid? Present => Db.Visitor!.Session;

    public async Task OnGetAsync()
    {
        var me = Db.Visitor!.Account;
        Shown = (await view.OfAsync(me, Ct))!;
        UnitPath = [.. (await UnitTree.PathAsync(Db, Shown.Account.UnitId, Ct)).Select(unit => unit.Name)];
        Sessions = await end.OpenAsync(me, Ct);
        Second = await own.SecondFactorsAsync(Ct);
        Keys = [.. (await keys.OfAsync(me, Ct)).Where(key => key.InForce(S.Now))];
    }

    public async Task<IActionResult> OnPostLanguageAsync(string? language)
    {
        await own.SetLanguageAsync(language == "en" ? Language.English : Language.Vietnamese, Ct);
        Response.Cookies.Append(Screen.LanguageCookie, language == "en" ? "en" : "vi", new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Secure = Request.IsHttps });
        return Redirect(Links.Own);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid session)
    {
        var outcome = await end.RunAsync(session, Db.Visitor!.Account, Ct);
        return outcome.Done ? Done(Links.Own, "account.session-ended") : await NotHereAsync("session", session);
    }

    public async Task<IActionResult> OnPostEndKeyAsync(Guid key)
    {
        var outcome = await keys.EndAsync(Db.Visitor!.Account, key, Ct);
        return outcome.Done ? Done(Links.Own, "program-key.ended") : await NotHereAsync("account-key", key);
    }

    public async Task<IActionResult> OnPostOthersAsync() => Done(Links.Own, "own.others-ended", ("n", await end.OthersAsync(Ct)));

    public string PlaceOf(AccountView.Grant grant) => grant.UnitName ?? (grant.Area == AreaStore.Country ? S["area.country"] : areas.Book.Path(grant.Area!.Value));
}
