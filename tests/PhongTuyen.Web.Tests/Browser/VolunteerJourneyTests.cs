using Microsoft.Playwright;
using PhongTuyen.Tests.House;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>Two papers from a pile, in a real browser, without touching the mouse.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class VolunteerJourneyTests(DemonstrationHouse house)
{
    [Fact]
    [Answers("R4")]
    public async Task A_volunteer_types_two_papers_with_the_keyboard_alone()
    {
        var page = await house.SignInAsync("tinh-nguyen");
        await page.GotoAsync(Links.Home);
        await page.WaitForURLAsync("**" + Links.PaperQueue);
        await page.GotoAsync((await page.Locator("main a[data-open]").First.GetAttributeAsync("href"))!);
        var first = await NumberAsync(page);
        foreach (var (name, i) in new[] { "Đinh Thị Gõ Một", "Đinh Thị Gõ Hai" }.Select((name, i) => (name, i)))
        {
            await Expect(page.Locator("h1")).ToHaveTextAsync($"Tờ số {first + i}");
            // The cursor stands in the first field, without a key or a click.
            await Expect(page.Locator("[name='Form.Name']")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync(name);
            await TabToAsync(page, "Form.Sex");
            await page.Keyboard.PressAsync("Space");
            await page.Keyboard.PressAsync("ArrowRight");
            await TabToAsync(page, "Form.Birth");
            await page.Keyboard.TypeAsync("1990");
            await TabToAsync(page, "Form.AreaText");
            await page.Keyboard.TypeAsync("xa ben nuoc");
            await Expect(page.Locator("[role=option]").First).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Enter");
            await TabToAsync(page, "Form.Reason");
            await page.Keyboard.TypeAsync("F1");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("main .pt-notice--ok")).ToContainTextAsync($"Đã lưu tờ số {first + i}", new() { Timeout = 30_000 });
        }
        await Expect(page.Locator("main table")).ToContainTextAsync("Đinh Thị Gõ Hai");

        var head = await house.SignInAsync("quan-ly-khu");
        await head.GotoAsync(Links.Papers);
        await head.GotoAsync((await head.Locator("main a[data-open]").First.GetAttributeAsync("href"))!);
        await Expect(head.Locator("main table[data-keys]")).ToContainTextAsync("Đinh Thị Gõ Một");
        await page.Context.CloseAsync();
        await head.Context.CloseAsync();
    }

    private static async Task<int> NumberAsync(IPage page) => int.Parse((await page.Locator("h1").InnerTextAsync()).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var step = 0; step < 40; step++)
        {
            if (await page.EvaluateAsync<bool>($"document.activeElement?.name === '{name}'")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"No way by the keyboard to {name} at {page.Url}.");
    }
}
