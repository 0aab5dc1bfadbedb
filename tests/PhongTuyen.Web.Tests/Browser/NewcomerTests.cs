using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.Imports;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>What a newcomer does in the first minutes, in a real browser before the real program.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed partial class NewcomerTests(DemonstrationHouse house)
{
    private static readonly string[] Headers = ["Họ và tên", "Ngày sinh", "Giới tính", "Số giấy tờ", "Điện thoại", "Thời gian vào", "Lý do cách ly"];

    [Fact]
    [Answers("R9", "R10", "R11", "R30")]
    public async Task A_bus_of_40_comes_in_one_goes_to_hospital_one_goes_home_and_a_director_sees_it_without_asking()
    {
        var director = await house.SignInAsync("giam-doc");
        await director.GotoAsync(Links.Board);
        var district = await house.SignInAsync("huyen");
        await district.GotoAsync(Links.Board);
        var clerk = await house.SignInAsync("nhap-lieu");
        await clerk.GotoAsync(Links.Day);
        var boards = new[] { director, district, clerk };
        var before = await Task.WhenAll(boards.Select(board => FigureAsync(board, "in-quarantine")));
        var (treated, left) = (await FigureAsync(director, "in-treatment"), await FigureAsync(director, "left-today"));

        // The bus, from an Excel list.
        await clerk.GotoAsync(Links.Upload);
        await clerk.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "xe 40 người.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = await BusAsync() });
        await clerk.Locator("form:has(input[type=file]) button[type=submit]").ClickAsync();
        await clerk.Locator("form:has([name='Form.Columns[0]']) button.btn-primary").ClickAsync();
        await clerk.Locator("form[action*='handler=Start'] button").ClickAsync(new() { Timeout = 60_000 });
        await Expect(clerk.Locator("main")).ToContainTextAsync("Hoàn tác cả lượt nhập", new() { Timeout = 60_000 });
        await Expect(Figure(director, "in-quarantine")).ToHaveTextAsync(Words.Show(before[0] + 40), new() { Timeout = 20_000 });
        await Expect(Figure(district, "in-quarantine")).ToHaveTextAsync(Words.Show(before[1] + 40), new() { Timeout = 20_000 });

        // One to the hospital.
        await OpenAsync(clerk, "Bùi Thị Xe Một");
        await clerk.Locator("summary", new() { HasTextString = "Chuyển đi nơi khác" }).ClickAsync();
        var form = clerk.Locator("form[action*='handler=Transfer']");
        await form.Locator("input[role=combobox]").FillAsync("benh vien da khoa");
        await form.Locator("[role=option]").First.ClickAsync();
        await form.GetByLabel("Điều trị", new() { Exact = false }).First.CheckAsync();
        await form.Locator("[name='Form.Reason']").FillAsync("Sốt, khó thở");
        await form.Locator("[name='Form.LeavesNow']").CheckAsync();
        await form.Locator("button.btn-primary").ClickAsync();
        var ward = await house.SignInAsync("nhap-lieu-bv");
        await ward.GotoAsync(Links.Transfers);
        var card = ward.Locator("article", new() { HasTextString = "Bùi Thị Xe Một" });
        await card.Locator("summary", new() { HasTextString = "Tiếp nhận" }).ClickAsync();
        await card.Locator("form[action*='handler=Receive'] button.btn-primary").ClickAsync();
        await Expect(Figure(director, "in-treatment")).ToHaveTextAsync(Words.Show(treated + 1), new() { Timeout = 20_000 });

        // One goes home.
        await OpenAsync(clerk, "Bùi Thị Xe Hai");
        await clerk.Locator("summary", new() { HasTextString = "Kết thúc" }).ClickAsync();
        form = clerk.Locator("form[action*='handler=End']");
        await form.Locator("[name='Form.How']").SelectOptionAsync("Left");
        await form.Locator("button.btn-primary").ClickAsync();
        await clerk.Locator("dialog button.btn-primary").ClickAsync();
        // Nobody goes on before the page has said that it is done; the board knows it sooner than a busy browser.
        await Expect(clerk.Locator("main .pt-notice--ok").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(Figure(director, "left-today")).ToHaveTextAsync(Words.Show(left + 1), new() { Timeout = 20_000 });
        await Expect(Figure(director, "in-quarantine")).ToHaveTextAsync(Words.Show(before[0] + 38), new() { Timeout = 20_000 });
        await Expect(Figure(district, "in-quarantine")).ToHaveTextAsync(Words.Show(before[1] + 38), new() { Timeout = 20_000 });
        await clerk.GotoAsync(Links.Day);
        (await FigureAsync(clerk, "in-quarantine")).ShouldBe(before[2] + 38);
        (await director.ContentAsync()).ShouldNotContain("Bùi Thị Xe");
        foreach (var page in boards.Append(ward)) await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_is_admitted_with_the_keyboard_alone()
    {
        var page = await house.SignInAsync("nhap-lieu");
        await page.GotoAsync(Links.Day);
        await PressToAsync(page, "n", Links.Admit);
        await ReadyAsync(page);
        await page.Keyboard.TypeAsync("Đinh Công Bàn Phím");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + Links.Search);
        await PressToAsync(page, "n", Links.NewPerson);
        await ReadyAsync(page);
        await page.Keyboard.TypeAsync("Đinh Công Bàn Phím");
        await TabToAsync(page, "Form.Birth");
        await page.Keyboard.TypeAsync("1990");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/people/person/**");
        await TabToLinkAsync(page, Links.Admit);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + Links.Admit + "/**");
        await TabToAsync(page, "Form.Reason");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        if (page.Url.Contains(Links.Admit, StringComparison.Ordinal))
        {
            // A list keeps Enter for itself: on to the button.
            await TabToButtonAsync(page, "Tiếp nhận");
            await page.Keyboard.PressAsync("Enter");
        }
        await page.WaitForURLAsync("**/quarantine/stay/**");
        await Expect(page.Locator("h1")).ToContainTextAsync("Đinh Công Bàn Phím");
        await page.Context.CloseAsync();
    }

    /// <summary>A browser on a busy machine drops a key that comes while the page is still being set up; a person presses again.</summary>
    private static async Task PressToAsync(IPage page, string key, string address)
    {
        for (var pressed = 0; !page.Url.Contains(address, StringComparison.Ordinal); pressed++)
        {
            if (pressed == 4) throw new InvalidOperationException($"'{key}' does not lead from {page.Url} to {address}.");
            await page.Keyboard.PressAsync(key);
            try { await page.WaitForURLAsync("**" + address, new() { Timeout = 15_000 }); }
            catch (TimeoutException) { /* pressed again */ }
        }
    }

    /// <summary>The page put the cursor into its first field, without a key or a click: whoever types sees it there first.</summary>
    private static Task ReadyAsync(IPage page) => Expect(page.Locator("main [autofocus]")).ToBeFocusedAsync();

    private static Task TabToAsync(IPage page, string name) => TabAsync(page, $"document.activeElement?.name === '{name}'");

    private static Task TabToLinkAsync(IPage page, string start) => TabAsync(page, $"(document.activeElement?.getAttribute('href') ?? '').startsWith('{start}/')");

    private static Task TabToButtonAsync(IPage page, string words) => TabAsync(page, $"document.activeElement?.tagName === 'BUTTON' && document.activeElement.textContent.trim() === '{words}'");

    private static async Task TabAsync(IPage page, string there)
    {
        for (var step = 0; step < 120; step++)
        {
            if (await page.EvaluateAsync<bool>(there)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"Not reached by Tab: {there} at {page.Url}");
    }

    private static async Task OpenAsync(IPage page, string name)
    {
        await page.Locator(".pt-search input[name=q]").FillAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main a[data-open]", new() { HasTextString = name }).First.ClickAsync();
        await page.Locator("main a[href*='/quarantine/stay/']").First.ClickAsync();
    }

    private static ILocator Figure(IPage page, string key) => page.Locator($"[data-figure='{key}']").First;

    private static async Task<int> FigureAsync(IPage page, string key) => int.Parse(NoDigit().Replace(await Figure(page, key).InnerTextAsync(), ""), CultureInfo.InvariantCulture);

    private static async Task<byte[]> BusAsync()
    {
        string[] numbers = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"];
        return await ListOnPages.XlsxAsync(Headers, Enumerable.Range(0, 40).Select(i => (IReadOnlyList<SheetCell>)
            [.. new[] { $"Bùi Thị Xe {(i < 10 ? numbers[i] : numbers[i / 10 - 1] + " " + numbers[i % 10])}", $"{1960 + i}", "Nữ", $"0791{60 + i:00}4{i:00000}", $"09031234{i:00}", Words.Show(TimeProvider.System.GetUtcNow().AddMinutes(-5)), "F1" }.Select(SheetCell.Text)]));
    }

    [GeneratedRegex(@"\D")]
    private static partial Regex NoDigit();
}
