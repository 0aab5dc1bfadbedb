using System.Globalization;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>The planted night of a clerk, found by the district's officer in a real browser, looked at and taken back.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class SupervisionJourneyTests(DemonstrationHouse house)
{
    [Fact]
    [Answers("R7")]
    public async Task An_officer_finds_the_unusual_night_writes_down_what_it_was_and_takes_that_back()
    {
        var page = await house.SignInAsync("huyen");
        // The night that is planted: this test may itself be run at night.
        var night = TimeProvider.System.Today().AddDays(-1);
        var of = string.Create(CultureInfo.InvariantCulture, $"{Links.Supervision}?Who=nhap-lieu&From={night:yyyy-MM-dd}&To={night:yyyy-MM-dd}");
        var row = page.Locator("main table tbody tr").First;
        // What is sealed is counted within seconds and judged a little later.
        for (var i = 0; i < 60; i++)
        {
            await page.GotoAsync(of);
            if (await row.CountAsync() > 0) break;
            await page.WaitForTimeoutAsync(1000);
        }
        await Expect(row).ToContainTextAsync("Chưa xem");
        await Expect(row).ToContainTextAsync("hầu như không làm việc");
        await row.Locator("a[data-open]").ClickAsync();
        var day = page.Locator("main section.pt-card").Filter(new() { HasText = night.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) });
        await Expect(page.Locator("#acts + table")).ToContainTextAsync("xem hồ sơ người");
        await day.Locator("[name='Form.Note']").FillAsync("Trực đêm tiếp nhận đoàn xe");
        await day.Locator("button[value=Ordinary]").ClickAsync();
        await Expect(page.Locator("main .pt-notice--ok")).ToContainTextAsync("Đã ghi kết quả xem lại");
        await Expect(day).ToContainTextAsync("Trực đêm tiếp nhận đoàn xe");
        await page.GotoAsync(of + "&Show=Looked");
        await Expect(row).ToContainTextAsync("Đã xem, bình thường");
        await row.Locator("a[data-open]").ClickAsync();
        await day.Locator("form[action*='handler=Undo'] button").ClickAsync();
        await Expect(day).ToContainTextAsync("Chưa xem");
        await page.Context.CloseAsync();
    }
}
