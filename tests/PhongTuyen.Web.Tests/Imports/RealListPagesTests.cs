using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using PhongTuyen.Tests;
using PhongTuyen.Tests.House;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Imports;

/// <summary>Two lists of real outbreaks through the pages: every figure that the import's page and the board show opens to a list, and the list has as many rows.</summary>
[Trait("Category", "Database")]
public sealed partial class RealListPagesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private TestProvince Place => house.Place;

    private async Task<WebPage> TakeInAsync(WebVisitor visitor, params string[] path) =>
        await house.TakeInAsync(visitor, await visitor.UploadAsync(await File.ReadAllBytesAsync(ReferenceData.Path(path)), path[^1]));

    [Fact]
    [Answers("R4", "R11")]
    public async Task Every_figure_of_the_import_and_of_the_board_opens_to_a_list_of_that_many_rows()
    {
        var officer = await house.AsAsync("province");
        var mers = await TakeInAsync(officer, "outbreak-linelists", "mers_korea_2015__linelist.csv");
        var figures = Figures(mers);
        FigureOf(figures, Links.Cases + "?import=").ShouldBe(162);
        FigureOf(figures, Links.Stays + "?import=").ShouldBe(162);
        FigureOf(figures, "finding=case.death-undated").ShouldBe(9);
        FigureOf(figures, "cut=case.outcome&value=3").ShouldBe(19);
        FigureOf(figures, "value=Samsung%20Medical%20Center%2C%20Seoul").ShouldBe(80);
        await EachOpensAsync(officer, figures);
        (await officer.GetAsync(Links.Cases + "?import=" + ListOnPages.IdOf(mers))).Main.ShouldContain("Từ tệp mers_korea_2015__linelist.csv");
        (await officer.GetAsync(Links.Cases + "?import=" + ListOnPages.IdOf(mers))).Main.ShouldContain("Tất cả 162");

        var covid = await TakeInAsync(officer, "vn-covid-linelist-2020", "cases_bn1_1100.csv");
        figures = Figures(covid);
        FigureOf(figures, Links.Cases + "?import=").ShouldBe(1100);
        figures.ShouldNotContain(figure => figure.Address.StartsWith(Links.Stays, StringComparison.Ordinal));
        foreach (var (outcome, many) in new[] { (1, 39), (2, 1023), (3, 35), (4, 3) }) FigureOf(figures, $"cut=case.outcome&value={outcome}").ShouldBe(many);
        await EachOpensAsync(officer, figures);

        foreach (var scope in new[] { $"unit/{Place.Department}", $"area/{Place.Province}" })
        {
            var board = Figures(await officer.GetAsync($"{Links.Board}?scope={scope}")).Where(figure => !figure.Address.StartsWith(Links.Facilities, StringComparison.Ordinal)).ToList();
            board.Count.ShouldBeGreaterThan(30);
            await EachOpensAsync(officer, board);
        }
        var both = Figures(await officer.GetAsync($"{Links.Board}?scope=unit/{Place.Department}"));
        FigureOf(both, "outcome=Died&unit=").ShouldBe(35 + 19);
        FigureOf(both, "outcome=Recovered&unit=").ShouldBeGreaterThanOrEqualTo(1023);
    }

    /// <summary>Address and figure of each card and table cell that opens something.</summary>
    private static List<(string Address, int N)> Figures(WebPage page) =>
        [.. new[] { Cards(), Lines(), Cells() }.SelectMany(shape => shape.Matches(page.Html)).Select(match => (WebUtility.HtmlDecode(match.Groups[1].Value), int.Parse(match.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.GetCultureInfo("vi-VN"))))];

    private static int FigureOf(List<(string Address, int N)> figures, string part) => figures.First(figure => figure.Address.Contains(part, StringComparison.Ordinal)).N;

    private static async Task EachOpensAsync(WebVisitor visitor, IEnumerable<(string Address, int N)> figures)
    {
        var wrong = new List<string>();
        foreach (var (address, n) in figures.Distinct())
            if (await RowsAsync(visitor, address) is var rows && rows != n) wrong.Add($"{address}: {n} on the page, {rows} rows");
        wrong.ShouldBeEmpty();
    }

    /// <summary>All rows of a list, page after page.</summary>
    private static async Task<int> RowsAsync(WebVisitor visitor, string? address)
    {
        var rows = 0;
        for (var pages = 0; address is not null; pages++)
        {
            var page = await visitor.GetAsync(address);
            page.Status.ShouldBe(HttpStatusCode.OK, address);
            pages.ShouldBeLessThan(100, address);
            rows += Rows().Count(page.Html);
            address = Next().Match(page.Html) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }
        return rows;
    }

    [GeneratedRegex("""<a class="pt-counter[^"]*" href="([^"]*)"[^>]*><span class="pt-counter-word">[^<]*</span><span class="pt-counter-figure"[^>]*>([0-9.]+)<""")]
    private static partial Regex Cards();

    [GeneratedRegex("""<th scope="row">\s*<a href="([^"]*)">[^<]*</a>\s*</th>(?:<td>[^<]*</td>)?<td class="pt-num">([0-9.]+)</td>""")]
    private static partial Regex Lines();

    [GeneratedRegex("""<a href="([^"]*)" data-figure="[^"]*">([0-9.]+)</a>""")]
    private static partial Regex Cells();

    [GeneratedRegex("""<th scope="row">""")]
    private static partial Regex Rows();

    [GeneratedRegex("""<a [^>]*href="([^"]*)"[^>]*rel="next""")]
    private static partial Regex Next();
}
