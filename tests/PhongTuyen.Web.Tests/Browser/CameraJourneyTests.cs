using Microsoft.Playwright;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>A card held before the camera of a real browser: a film of its code, which is really read.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class CameraJourneyTests(DemonstrationHouse house)
{
    private const string Card = "079187000777||Nguyễn Thị Ống Kính|18011987|Nữ|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh|15042021";

    /// <summary>No reader of its own, as on most computers; and every stream is kept, to see whether it ends.</summary>
    private const string Watch = """
        delete window.BarcodeDetector;
        window.streams = [];
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async what => { const stream = await ask(what); window.streams.push(stream); return stream; };
        """;

    private const string Running = "window.streams.flatMap(stream => stream.getTracks()).filter(track => track.readyState === 'live').length";

    private async Task<(IBrowser Browser, IPage Page, List<string> Asked)> OpenAsync(string account, string text, string before = Watch, bool allowed = true)
    {
        var browser = await house.FilmedAsync(await Film.OfAsync(text, Path.Combine(house.Program.Folder, $"{Guid.CreateVersion7():N}.y4m")));
        var page = await house.SignInAsync(browser, account, allowed ? ["camera"] : [], page => page.AddInitScriptAsync(before));
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        return (browser, page, asked);
    }

    [Fact]
    [Answers("R4")]
    public async Task A_card_before_the_camera_fills_the_form_and_the_camera_goes_out()
    {
        var (browser, page, asked) = await OpenAsync("nhap-lieu", Card);
        await page.GotoAsync(Links.NewPerson);
        await Expect(page.Locator("[data-camera]")).ToBeVisibleAsync();
        asked.ShouldNotContain(url => url.Contains("wasm", StringComparison.Ordinal) || url.Contains("camera-", StringComparison.Ordinal) || url.Contains("qr-", StringComparison.Ordinal), "nothing of the camera is loaded before it is asked for");
        await page.Locator("[data-camera]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync("Nguyễn Thị Ống Kính");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("[name='Form.Birth']")).ToHaveValueAsync("18/01/1987");
        await Expect(page.Locator("[name='Form.Documents[0].Number']")).ToHaveValueAsync("079187000777");
        (await page.EvaluateAsync<int>("window.streams.length")).ShouldBe(1);
        (await page.EvaluateAsync<int>(Running)).ShouldBe(0, "the camera is out");
        asked.ShouldContain(url => url.EndsWith(".wasm", StringComparison.Ordinal), "the picture was really read");
        asked.Select(url => new Uri(url).Authority).Distinct().ShouldBe([house.Program.Address.Authority], "nothing comes from another host");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[name='Form.Birth']")).ToHaveValueAsync("");
        await browser.CloseAsync();
    }

    [Fact]
    public async Task What_is_no_card_is_said_before_the_picture_and_closing_or_leaving_puts_the_camera_out()
    {
        var (browser, page, _) = await OpenAsync("tinh-nguyen", "https://qr.example/p/1");
        await page.GotoAsync(Links.PaperQueue);
        await page.GotoAsync((await page.Locator("main a[data-open]").First.GetAttributeAsync("href"))!);
        await page.Locator("[data-camera]").ClickAsync();
        await Expect(page.Locator("dialog [role=status]")).ToContainTextAsync("Mã này là địa chỉ một trang web");
        (await page.EvaluateAsync<int>(Running)).ShouldBe(1, "it goes on looking");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<int>(Running)).ShouldBe(0);
        await Expect(page.Locator("[data-camera]")).ToBeFocusedAsync();
        await page.Locator("[data-camera]").ClickAsync();
        await Expect(page.Locator("dialog [role=status]")).ToContainTextAsync("Mã này là địa chỉ một trang web");
        await page.EvaluateAsync("window.dispatchEvent(new PageTransitionEvent('pagehide'))");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<int>(Running)).ShouldBe(0);
        await browser.CloseAsync();
    }

    [Fact]
    public async Task A_camera_that_may_not_be_used_or_is_not_there_is_said_in_words()
    {
        var (browser, page, _) = await OpenAsync("nhap-lieu", Card, allowed: false);
        await page.GotoAsync(Links.Search);
        await page.Locator("[data-camera]").ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("Trình duyệt chưa được phép dùng máy ảnh.");
        await page.Locator("dialog button").ClickAsync();
        await page.EvaluateAsync("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError')); }");
        await page.Locator("[data-camera]").ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("Không tìm thấy máy ảnh nào ở máy này.");
        await browser.CloseAsync();

        // Over plain http to another machine, browsers have no camera at all.
        var (other, plain, _) = await OpenAsync("nhap-lieu", Card, "Object.defineProperty(window, 'isSecureContext', { value: false }); Object.defineProperty(navigator, 'mediaDevices', { value: undefined });");
        await plain.GotoAsync(Links.Search);
        await Expect(plain.Locator("[data-camera-insecure]")).ToContainTextAsync("cần địa chỉ bắt đầu bằng https://");
        await Expect(plain.Locator("[data-camera]")).ToBeHiddenAsync();
        await other.CloseAsync();
    }
}
