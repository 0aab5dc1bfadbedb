using Deque.AxeCore.Playwright;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>axe finds nothing serious on any page, at the width of a phone and of a desk, light and dark, and no page is wider than its screen.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class AxeTests(DemonstrationHouse house)
{
    [Theory]
    [Answers("R8")]
    [InlineData(1440, Microsoft.Playwright.ColorScheme.Light)]
    [InlineData(360, Microsoft.Playwright.ColorScheme.Dark)]
    public async Task No_page_has_a_serious_violation_or_is_wider_than_the_screen(int width, Microsoft.Playwright.ColorScheme scheme)
    {
        var (faults, seen) = (new List<string>(), new List<string>());
        foreach (var account in Stop.All.GroupBy(stop => stop.Account))
        {
            var page = await house.SignInAsync(account.Key, width, scheme: scheme);
            var console = new List<string>();
            page.PageError += (_, error) => console.Add(error);
            page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal)) console.Add(message.Text); };
            foreach (var stop in account)
            {
                await stop.GoAsync(page);
                seen.Add(new Uri(page.Url).AbsolutePath);
                var found = await page.RunAxe();
                faults.AddRange(found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{stop.Name}: {violation.Id} {violation.Nodes.Length}× {violation.Nodes[0].Html}"));
                var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (over > 0) faults.Add($"{stop.Name}: {over} px wider than the screen");
                faults.AddRange(console.Select(line => $"{stop.Name}: {line}"));
                console.Clear();
            }
            await page.Context.CloseAsync();
        }
        faults.AddRange(Pages.Unseen(Pages.All, seen));
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_page_without_a_stop_is_found()
    {
        Pages.All.Count.ShouldBeGreaterThan(45);
        Pages.Elsewhere.Keys.Except(Pages.All).ShouldBeEmpty();
        Pages.Unseen(["/desk/planted", "/desk/planted/thing"], ["/desk/planted/thing/1"]).Single().ShouldStartWith("/desk/planted: ");
    }

    [Fact]
    public async Task The_pages_before_signing_in_have_no_serious_violation()
    {
        var page = await house.NobodyAsync(360);
        foreach (var path in new[] { "/", Links.SignIn, "/error?status=404" })
        {
            await page.GotoAsync(path);
            var found = await page.RunAxe();
            found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{path}: {violation.Id} {violation.Nodes[0].Html}").ShouldBeEmpty();
        }
        await page.Context.CloseAsync();
    }
}
