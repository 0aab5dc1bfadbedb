using System.Net;
using System.Text.RegularExpressions;
using PhongTuyen.Tests.House;

namespace PhongTuyen.Web.Tests.House;

/// <summary>Passkeys through the pages, with a <see cref="SoftAuthenticator"/> in place of the browser's.</summary>
internal static partial class PasskeysOnPages
{
    /// <summary>The second step: name and password were taken, and the page holds the challenge.</summary>
    public static async Task<WebPage> BeginAsync(this WebVisitor visitor, string name = "điện thoại của tôi", string password = TestProvince.TestPassword) =>
        await visitor.PostAsync(await visitor.GetAsync(Links.Passkeys), "handler=Begin", ("Form.Name", name), ("Form.Current", password));

    public static async Task<WebPage> AddAsync(this WebVisitor visitor, SoftAuthenticator key, string name = "điện thoại của tôi", string password = TestProvince.TestPassword)
    {
        var page = await visitor.BeginAsync(name, password);
        return await visitor.PostAsync(page, "handler=Add", ("Form.Credential", key.Make(OptionsOf(page))));
    }

    /// <summary>The options that a page holds for <c>navigator.credentials.create()</c>.</summary>
    public static string OptionsOf(WebPage page) => WebUtility.HtmlDecode(Options().Match(page.Html).Groups[1].Value);

    /// <summary>The options that a page to sign in asks for when its button is pressed.</summary>
    public static async Task<string> ChallengeAsync(this WebVisitor visitor, string page = Links.SignIn) => (await visitor.GetAsync(Links.Handler(page, "Challenge"))).Html;

    public static async Task<WebPage> SignInWithAsync(this WebVisitor visitor, SoftAuthenticator key)
    {
        var page = await visitor.GetAsync(Links.SignIn);
        return await visitor.PostAsync(page, "handler=Passkey", ("Credential", key.Sign(await visitor.ChallengeAsync())));
    }

    /// <summary>The page behind a right password.</summary>
    public static async Task<WebPage> PasswordAsync(this WebVisitor visitor, string userName, string password = TestProvince.TestPassword) =>
        await visitor.PostAsync(await visitor.GetAsync(Links.SignIn), "Password", ("UserName", userName), ("Password", password));

    [GeneratedRegex("data-options=\"([^\"]*)\"")]
    private static partial Regex Options();
}
