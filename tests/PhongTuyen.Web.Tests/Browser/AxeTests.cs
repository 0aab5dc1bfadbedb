using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>axe finds nothing serious on any page, at the width of a phone and of a desk, light and dark, and no page is wider than its screen.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class AxeTests(DemonstrationHouse house)
{
    /// <summary>Each page is loaded once, on a phone at night, and then looked at on a desk by day.</summary>
    private static readonly (int Width, int Height, ColorScheme Scheme)[] Screens = [(360, 780, ColorScheme.Dark), (1440, 900, ColorScheme.Light)];

    [Fact]
    [Answers("R8")]
    public async Task No_page_has_a_serious_violation_or_is_wider_than_the_screen()
    {
        var (faults, seen) = (new List<string>(), new List<string>());
        foreach (var account in Stop.All.GroupBy(stop => stop.Account))
        {
            var page = await house.SignInAsync(account.Key, Screens[0].Width, scheme: Screens[0].Scheme);
            var console = new List<string>();
            page.PageError += (_, error) => console.Add(error);
            page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal)) console.Add(message.Text); };
            foreach (var stop in account)
            {
                await ShowOnAsync(page, Screens[0]);
                await stop.GoAsync(page);
                seen.Add(new Uri(page.Url).AbsolutePath);
                await page.EvaluateAsync(Axe);
                foreach (var screen in Screens)
                {
                    await ShowOnAsync(page, screen);
                    faults.AddRange((await SeriousAsync(page)).Select(fault => $"{stop.Name} ({screen.Width}): {fault}"));
                    var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    if (over > 0) faults.Add($"{stop.Name}: {over} px wider than {screen.Width}");
                }
                faults.AddRange(console.Select(line => $"{stop.Name}: {line}"));
                console.Clear();
            }
            await page.Context.CloseAsync();
        }
        faults.AddRange(Pages.Unseen(Pages.All, seen));
        faults.ShouldBeEmpty();
    }

    private static async Task ShowOnAsync(IPage page, (int Width, int Height, ColorScheme Scheme) screen)
    {
        await page.SetViewportSizeAsync(screen.Width, screen.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = screen.Scheme });
    }

    [Fact]
    public void A_planted_page_without_a_stop_is_found()
    {
        Pages.All.Count.ShouldBeGreaterThan(45);
        Pages.Elsewhere.Keys.Except(Pages.All).ShouldBeEmpty();
        Pages.Unseen(["/desk/planted", "/desk/planted/thing"], ["/desk/planted/thing/1"]).Single().ShouldStartWith("/desk/planted: ");
    }

    [Fact]
    public async Task Planted_violations_are_found()
    {
        var page = await house.NobodyAsync();
        await page.SetContentAsync("<html lang='vi'><title>Trang</title><main><h1>Trang</h1><button></button><p style='color:#eee;background:#fff'>Chữ quá nhạt</p></main></html>");
        await page.EvaluateAsync(Axe);
        (await SeriousAsync(page)).Select(fault => fault.Split(' ')[0]).Order().ShouldBe(["button-name", "color-contrast"]);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_pages_before_signing_in_have_no_serious_violation()
    {
        var page = await house.NobodyAsync(360);
        foreach (var path in new[] { "/", Links.SignIn, "/error?status=404", "/error?status=503", Links.Support, Links.Guide })
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync(Axe);
            (await SeriousAsync(page)).ShouldBeEmpty(path);
        }
        await page.Context.CloseAsync();
    }

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>In the page itself: no page has a frame, for which alone the ready-made binding opens a second page each time.</summary>
    private static Task<string[]> SeriousAsync(IPage page) => page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.filter(found => ['serious', 'critical'].includes(found.impact)).map(found => `${found.id} ${found.nodes.length}× ${found.nodes[0].html}`)
            """);
}
