using Microsoft.Playwright;
using Xunit;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>The running program and a real browser before it. All tests in a browser share one, since a start takes its time; each signs in by itself.</summary>
public sealed class DemonstrationHouse : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public RunningProgram Program { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var path = Chromium();
        if (path is null) return;
        var starting = Program.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        await starting;
    }

    /// <summary>Null: this machine has none, and the tests are skipped (which fails under CI=true).</summary>
    private static string? Chromium() =>
        (Environment.GetEnvironmentVariable("PHONGTUYEN_BROWSER") is { Length: > 0 } named ? [named] : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" }).FirstOrDefault(File.Exists);

    /// <summary>A page on which this account is signed in, in a browser profile of its own.</summary>
    public async Task<IPage> SignInAsync(string userName, int width = 1440, int height = 900, ColorScheme? scheme = null, bool script = true)
    {
        var page = await NobodyAsync(width, height, scheme, script);
        var answer = await page.GotoAsync(Links.SignIn);
        if (answer is not { Ok: true }) throw new InvalidOperationException($"The page to sign in answers {answer?.Status}: {await page.InnerTextAsync("body")}\n{Program.Said}");
        await page.FillAsync("#UserName", userName);
        await page.FillAsync("#Password", RunningProgram.Password);
        await page.PressAsync("#Password", "Enter");
        await page.WaitForURLAsync(url => !url.Contains(Links.SignIn, StringComparison.Ordinal));
        return page;
    }

    public async Task<IPage> NobodyAsync(int width = 1440, int height = 900, ColorScheme? scheme = null, bool script = true)
    {
        Assert.SkipWhen(browser is null, "No Chromium here (PHONGTUYEN_BROWSER names one).");
        var context = await browser!.NewContextAsync(new() { BaseURL = Program.Address.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, JavaScriptEnabled = script, HasTouch = width < 500, IsMobile = width < 500, Locale = "vi-VN", TimezoneId = "Asia/Ho_Chi_Minh" });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>A browser whose camera shows this film (Y4M), again and again. Whoever asked for it closes it.</summary>
    public async Task<IBrowser> FilmedAsync(string film)
    {
        Assert.SkipWhen(browser is null, "No Chromium here (PHONGTUYEN_BROWSER names one).");
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = ["--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}"] });
    }

    /// <summary>The same, in a browser of one's own.</summary>
    public async Task<IPage> SignInAsync(IBrowser own, string userName, IEnumerable<string> permissions, Func<IPage, Task> before)
    {
        var context = await own.NewContextAsync(new() { BaseURL = Program.Address.ToString(), Locale = "vi-VN", TimezoneId = "Asia/Ho_Chi_Minh" });
        await context.GrantPermissionsAsync(permissions);
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await before(page);
        await page.GotoAsync(Links.SignIn);
        await page.FillAsync("#UserName", userName);
        await page.FillAsync("#Password", RunningProgram.Password);
        await page.PressAsync("#Password", "Enter");
        await page.WaitForURLAsync(url => !url.Contains(Links.SignIn, StringComparison.Ordinal));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is null) return;
        await browser.DisposeAsync();
        playwright.Dispose();
        await Program.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class DemonstrationTests : ICollectionFixture<DemonstrationHouse>
{
    public const string Name = "demonstration";
}
