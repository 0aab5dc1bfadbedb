using Microsoft.Playwright;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>Passkeys in a real browser, with an authenticator that the browser plays itself: the page's script, its keys and the real answers of WebAuthn.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class PasskeyJourneyTests(DemonstrationHouse house)
{
    /// <summary>An authenticator in the browser of this page, which says yes to everything.</summary>
    private static async Task<(ICDPSession Session, string Id)> AuthenticatorAsync(IPage page, bool verified = true)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var made = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = verified, ["automaticPresenceSimulation"] = true },
        });
        return (session, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task<int> CredentialsAsync((ICDPSession Session, string Id) authenticator) =>
        (await authenticator.Session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator.Id }))!.Value.GetProperty("credentials").GetArrayLength();

    private static async Task BeginAsync(IPage page, string name)
    {
        await page.GotoAsync(Links.Passkeys);
        await page.GetByLabel("Tên khóa").FillAsync(name);
        await page.GetByLabel("Mật khẩu hiện tại").FillAsync(RunningProgram.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-passkey-do]")).ToBeFocusedAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Links.SignIn);
    }

    private static Task InAsync(IPage page) => page.WaitForURLAsync(url => !url.Contains(Links.SignIn, StringComparison.Ordinal));

    [Theory]
    [Answers("R7")]
    [InlineData("tram-y-te", 1440)]
    [InlineData("nhap-lieu-bv", 360)]
    public async Task A_passkey_is_made_with_the_keyboard_signs_in_alone_and_behind_the_password_and_goes(string account, int width)
    {
        var page = await house.SignInAsync(account, width);
        var authenticator = await AuthenticatorAsync(page);
        await BeginAsync(page, "máy trực");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToContainTextAsync("Đã thêm khóa truy cập");
        await Expect(page.Locator("table")).ToContainTextAsync("máy trực");
        (await CredentialsAsync(authenticator)).ShouldBe(1);
        var kept = (await authenticator.Session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator.Id }))!.Value.GetProperty("credentials")[0];
        kept.GetProperty("isResidentCredential").GetBoolean().ShouldBeTrue();
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(kept.GetProperty("userHandle").GetString()!)).ShouldNotContain(account);

        // The device holds one already: the browser says so, and nothing is added.
        await BeginAsync(page, "lần nữa");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-passkey-said]")).ToContainTextAsync("đã giữ một khóa");

        await SignOutAsync(page);
        await page.Locator("[data-passkey-do]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await InAsync(page);

        await SignOutAsync(page);
        await page.FillAsync("#UserName", account);
        await page.FillAsync("#Password", RunningProgram.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + Links.SignInCode + "**");
        (await page.Locator("#Code").CountAsync()).ShouldBe(0);
        await page.Locator("[data-passkey-do]").ClickAsync();
        await InAsync(page);

        await page.GotoAsync(Links.Passkeys);
        await page.Locator("main a[href*='remove=']").ClickAsync();
        await page.GetByLabel("Mật khẩu hiện tại").FillAsync(RunningProgram.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToContainTextAsync("Đã xóa khóa truy cập");
        await SignOutAsync(page);
        await page.Locator("[data-passkey-do]").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Không đăng nhập được bằng khóa truy cập này");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whoever_does_not_show_finger_face_or_pin_gets_a_sentence_and_may_try_again()
    {
        var page = await house.SignInAsync("giam-doc");
        var authenticator = await AuthenticatorAsync(page, verified: false);
        await BeginAsync(page, "điện thoại");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-passkey-said]")).ToContainTextAsync("Chưa xong");
        await Expect(page.Locator("[data-passkey-do]")).ToBeFocusedAsync();
        (await CredentialsAsync(authenticator)).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Where_a_browser_has_no_passkeys_a_sentence_stands_in_place_of_the_button()
    {
        var page = await house.NobodyAsync(360);
        await page.AddInitScriptAsync("delete window.PublicKeyCredential");
        await page.GotoAsync(Links.SignIn);
        await Expect(page.Locator("[data-passkey-cannot]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-passkey-do]")).ToBeHiddenAsync();
        // Browsers refuse addresses of numbers.
        await page.GotoAsync($"http://127.0.0.1:{house.Program.Address.Port}{Links.SignIn}");
        await Expect(page.Locator("[data-passkey-cannot]")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
        var without = await house.NobodyAsync(script: false);
        await without.GotoAsync(Links.SignIn);
        await Expect(without.Locator("[data-passkey-do]")).ToBeHiddenAsync();
        await Expect(without.Locator("#Password")).ToBeVisibleAsync();
        await without.Context.CloseAsync();
    }
}
