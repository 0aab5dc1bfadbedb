using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary>
/// Twenty persons from their cards, with a hand scanner and the keyboard alone, in a real browser before the real program. Counted are the keys that a hand presses and everything that the browser asks for;
/// how many an hour that makes is reckoned from these by the keystroke-level model (Card, Moran and Newell, The Psychology of Human-Computer Interaction, 1983), not measured on people.
/// </summary>
[Collection(DemonstrationTests.Name), Trait("Category", "Browser")]
public sealed class EntrySpeedTests(DemonstrationHouse house)
{
    private const int Persons = 20, MostKeys = 25, AnHour = 120;

    /// <summary>Seconds: a key of an average typist who is no secretary; a thought; a hand that changes its place.</summary>
    private const double Key = 0.28, Thought = 1.35, Hand = 0.40;

    /// <summary>Seconds, ours and not measured: take the card from the pile, hold it before the reader, lay it aside.</summary>
    private const double Card = 5;

    /// <summary>Which card is next; does the name on the page fit; does the birth; what is the telephone; is all of it right.</summary>
    private const int Thoughts = 5;

    private int keys;

    private static double Seconds(double keys) => Card + (Thoughts * Thought) + (2 * Hand) + (keys * Key);

    /// <summary>A key that a hand presses.</summary>
    private async Task PressAsync(IPage page, string key)
    {
        keys++;
        await page.Keyboard.PressAsync(key);
    }

    private async Task TypeAsync(IPage page, string text)
    {
        keys += text.Length;
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>As a reader does: all characters at once, and Enter behind them. No hand presses them.</summary>
    private static async Task ScanAsync(IPage page, string text)
    {
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    [Theory]
    [Answers("R4")]
    [InlineData("nhap-lieu", 1)]
    [InlineData("tinh-nguyen", 2)]
    public async Task Twenty_persons_are_entered_from_their_cards_with_few_keys_and_one_request_each(string account, int series)
    {
        var page = await house.SignInAsync(account);
        if (account == "nhap-lieu") await page.GotoAsync(Links.NewPersons(null));
        else
        {
            await page.GotoAsync(Links.PaperQueue);
            await page.Locator("main a[data-open]", new() { HasText = "tập 2" }).ClickAsync(); // papers in hand, no pictures
        }
        var field = account == "nhap-lieu" ? "Form.Phones[0].Number" : "Form.Phone";
        await Expect(page.Locator("[data-camera]")).ToBeVisibleAsync(); // the script is there
        var before = await SavedAsync(account);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add($"{request.Method} {new Uri(request.Url).PathAndQuery}");
        var (most, waited, name) = (0, TimeSpan.Zero, "");
        for (var i = 1; i <= Persons; i++)
        {
            keys = 0;
            // Nobody of them is like another, so that no record is offered instead.
            (name, var born) = ($"{Families[i % Families.Length]} Thị {Given[i - 1]}", new DateOnly(1950, 1, 1).AddDays(i * 523));
            await Expect(page.Locator("[name='Form.Name']")).ToBeFocusedAsync();
            await Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync("");
            await ScanAsync(page, string.Create(CultureInfo.InvariantCulture, $"0791{born:yy}{series}{i:D5}||{name}|{born:ddMMyyyy}|Nữ|{i} Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh|15042021"));
            await Expect(page.Locator($"[name='{field}']")).ToBeFocusedAsync();
            await Expect(page.Locator("[name='Form.Birth']")).ToHaveValueAsync(born.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
            asked.ShouldBeEmpty("a scan asks for nothing");
            await TypeAsync(page, string.Create(CultureInfo.InvariantCulture, $"09{series}{i:D7}"));
            var waiting = Stopwatch.StartNew();
            await PressAsync(page, "Enter");
            await Expect(page.Locator("main .pt-notice--ok[role=status]")).ToContainTextAsync(account == "nhap-lieu" ? name : "Đã lưu tờ số", new() { Timeout = 30_000 });
            await Expect(page.Locator("[name='Form.Name']")).ToBeFocusedAsync();
            waited += waiting.Elapsed;
            asked.ShouldHaveSingleItem().ShouldStartWith("POST /desk/");
            asked.Clear();
            most = Math.Max(most, keys);
            keys.ShouldBeLessThanOrEqualTo(MostKeys, name);
        }
        (await SavedAsync(account) - before).ShouldBe(Persons);
        // What is left of half a minute for everything that the model does not know: a word with whoever stands there, a card that is turned round.
        (3600 / Seconds(most)).ShouldBeGreaterThanOrEqualTo(AnHour);
        var wait = waited.TotalSeconds / Persons;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{account}: {most} keys and 1 request a person; waited {wait:0.00} s; {Seconds(most) + wait:0.0} s a person = {3600 / (Seconds(most) + wait):0} an hour; with {MostKeys} keys {3600 / (Seconds(MostKeys) + wait):0} an hour"));
        await page.Context.CloseAsync();
    }

    private async Task<long> SavedAsync(string account)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var cluster = (await EmbeddedPostgres.AttachAsync(Path.Combine(house.Program.Folder, "data"), null, stop.Token)).Value;
        await using var owner = new NpgsqlConnection(cluster.SuperuserConnectionString(Installation.DatabaseName));
        await owner.OpenAsync(stop.Token);
        return await owner.ValueAsync<long>(account == "nhap-lieu"
            ? "SELECT count(*) FROM pt.person p JOIN pt.person_address a ON a.person_id = p.id AND a.commune_id > 0 JOIN pt.person_document d ON d.person_id = p.id JOIN pt.person_phone t ON t.person_id = p.id WHERE a.line ~ '^[0-9]+ Lê Lợi$'"
            : "SELECT count(*) FROM pt.paper_entry e JOIN pt.account a ON a.id = e.account_id WHERE a.user_name = 'tinh-nguyen' AND e.number_index IS NOT NULL", stop.Token);
    }

    private static readonly string[] Families = ["Vương", "Lạc", "Quách", "Tô", "Nghiêm", "Khúc", "Giáp"];

    private static readonly string[] Given = ["An", "Bích", "Cúc", "Duyên", "Gấm", "Hạnh", "Khuê", "Lụa", "Mơ", "Nguyệt", "Oanh", "Phượng", "Quyên", "Sương", "Thoa", "Uyên", "Vân", "Xoan", "Yến", "Đào"];
}
