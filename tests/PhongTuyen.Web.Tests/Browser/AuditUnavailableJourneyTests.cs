using Microsoft.Playwright;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>A clerk who is typing when the audit closes, in a real browser before the real program.</summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class AuditUnavailableJourneyTests(DemonstrationHouse house)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Answers("R7", "R9")]
    public async Task An_admission_stays_where_it_was_typed_until_it_can_be_written_down_and_is_done_once(bool script)
    {
        var name = script ? "Tạ Thị Chờ Nhật Ký" : "Tạ Văn Không Mã Lệnh";
        var page = await house.SignInAsync("nhap-lieu", script: script);
        await page.GotoAsync(Links.NewPerson);
        await page.FillAsync("[name='Form.Name']", name);
        await page.FillAsync("[name='Form.Birth']", "1991");
        await page.Locator("form:has([name='Form.Birth']) button.btn-primary").ClickAsync();
        await page.Locator($"main a[href*='{Links.Admit}/']").First.ClickAsync();
        await page.Locator("[name='Form.Reason']").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.FillAsync("[name='Form.Note']", "đi cùng mẹ, dị ứng hải sản");
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var cluster = (await EmbeddedPostgres.AttachAsync(Path.Combine(house.Program.Folder, "data"), null, stop.Token)).Value;
        var admin = cluster.SuperuserConnectionString(Installation.DatabaseName);
        await using (await ClosedAudit.CloseAsync(admin))
        {
            await Task.Delay(1200, stop.Token); // a row that got in within the last second says that rows get in: then the form is sent, and its answer keeps it
            await page.Locator("button.btn-primary", new() { HasTextString = "Tiếp nhận" }).ClickAsync();
            if (script)
            {
                await Expect(page.Locator("[data-not-sent]")).ToContainTextAsync("không ghi được nhật ký truy cập");
                await Expect(page.Locator("[name='Form.Note']")).ToHaveValueAsync("đi cùng mẹ, dị ứng hải sản");
                page.Url.ShouldContain(Links.Admit);
            }
            else
            {
                await Expect(page.Locator("main")).ToContainTextAsync("nội dung đã gõ vẫn được giữ");
                (await page.ContentAsync()).ShouldNotContain(name);
                await page.Locator("main button", new() { HasTextString = "Gửi lại" }).ClickAsync();
                await Expect(page.Locator("main")).ToContainTextAsync("nội dung đã gõ vẫn được giữ");
            }
            (await StaysAsync()).ShouldBe(0);
        }
        if (script)
        {
            await Expect(page.Locator("[data-not-sent]")).ToContainTextAsync("đã ghi lại được", new() { Timeout = 40_000 });
            await page.Locator("button.btn-primary", new() { HasTextString = "Tiếp nhận" }).ClickAsync();
        }
        else await page.Locator("main button", new() { HasTextString = "Gửi lại" }).ClickAsync();
        await page.WaitForURLAsync("**/quarantine/stay/**");
        await Expect(page.Locator("h1")).ToContainTextAsync(name);
        await Expect(page.Locator("main")).ToContainTextAsync("dị ứng hải sản");
        (await StaysAsync()).ShouldBe(1);
        await page.Context.CloseAsync();

        async Task<long> StaysAsync()
        {
            await using var owner = new NpgsqlConnection(admin);
            await owner.OpenAsync(stop.Token);
            return await owner.ValueAsync<long>("SELECT count(*) FROM pt.quarantine_stay s JOIN pt.person p ON p.id = s.person_id WHERE p.name = $1", stop.Token, name);
        }
    }
}
