using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace PhongTuyen.Web.Tests.Browser;

/// <summary><c>./test --screens</c>: every page at two widths, light, dark and as printed, with an index to look through.</summary>
[Collection(DemonstrationTests.Name)]
public sealed class Screens(DemonstrationHouse house)
{
    private static readonly (string Name, int Width, ColorScheme Scheme, bool Print)[] Looks =
        [("360-light", 360, ColorScheme.Light, false), ("1440-light", 1440, ColorScheme.Light, false), ("360-dark", 360, ColorScheme.Dark, false), ("1440-dark", 1440, ColorScheme.Dark, false), ("print", 1123, ColorScheme.Light, true)];

    [Fact]
    public async Task Every_page_is_pictured()
    {
        var folder = Path.Combine(RunningProgram.Root(), "artifacts", "screens");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var index = new StringBuilder("<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Các màn hình</title><style>body{font:16px sans-serif}section{display:flex;gap:12px;align-items:flex-start;overflow-x:auto}img{border:1px solid #999;max-height:720px}</style>\n");
        foreach (var look in Looks)
            foreach (var account in Stop.All.GroupBy(stop => stop.Account))
            {
                var page = await house.SignInAsync(account.Key, look.Width, scheme: look.Scheme);
                foreach (var stop in account)
                {
                    await stop.GoAsync(page);
                    if (look.Print) await page.EmulateMediaAsync(new() { Media = Media.Print });
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{stop.Name}-{look.Name}.png"), FullPage = true });
                    if (look.Print) await page.EmulateMediaAsync(new() { Media = Media.Screen });
                }
                await page.Context.CloseAsync();
            }
        foreach (var stop in Stop.All)
            index.Append("<h2>").Append(stop.Name).Append(" (").Append(stop.Account).Append(")</h2><section>").AppendJoin("", Looks.Select(look => $"<a href=\"{stop.Name}-{look.Name}.png\"><img src=\"{stop.Name}-{look.Name}.png\" alt=\"{stop.Name} {look.Name}\"></a>")).Append("</section>\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), index.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal(Stop.All.Count * Looks.Length, Directory.GetFiles(folder, "*.png").Length);
    }
}
