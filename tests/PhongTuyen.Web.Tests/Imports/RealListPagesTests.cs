using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
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

        await HousesAsync();
        foreach (var scope in new[] { $"unit/{Place.Department}", $"unit/{Place.CampA}", $"area/{Place.Province}", $"area/{Place.DistrictA}" })
        {
            var board = Figures(await officer.GetAsync($"{Links.Board}?scope={scope}"));
            board.Count.ShouldBeGreaterThan(35);
            board.Count(figure => figure.Address.StartsWith(Links.Facilities, StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(8);
            await EachOpensAsync(officer, board);
        }
        FigureOf(Figures(await officer.GetAsync($"{Links.Board}?scope=area/{Place.Province}")), "figure=free-observation").ShouldBe(9, "ten open beds of two houses that stand, one in use; ten of a closed one");
        FigureOf(Figures(await officer.GetAsync($"{Links.Board}?scope=area/{Place.DistrictA}")), "figure=free-tier-2").ShouldBe(6);
        var leader = await house.AsAsync("leader");
        var places = Figures(await leader.GetAsync($"{Links.Board}?scope=area/{Place.Province}")).Where(figure => figure.Address.StartsWith(Links.Facilities, StringComparison.Ordinal)).ToList();
        places.Count.ShouldBeGreaterThanOrEqualTo(8, "houses are no persons: leaders open them too");
        await EachOpensAsync(leader, places);
        var both = Figures(await officer.GetAsync($"{Links.Board}?scope=unit/{Place.Department}"));
        FigureOf(both, "outcome=Died&unit=").ShouldBe(35 + 19);
        FigureOf(both, "outcome=Recovered&unit=").ShouldBeGreaterThanOrEqualTo(1023);
    }

    /// <summary>In district A a camp of four beds, one of them in use, somebody without one, and a hospital with some of tier 2; in district B a camp of six; in the province a house that is closed.</summary>
    private async Task HousesAsync()
    {
        await house.House.FacilityAsync(Place.OfficerA, Place.CampA, rooms: 1);
        await house.House.FacilityAsync(Place.OfficerA, Place.HospitalA, treatment: true, rooms: 2, bedsEach: 3, tier: 2);
        await house.House.FacilityAsync(Place.OfficerB, Place.CampB, rooms: 2, bedsEach: 3);
        await house.House.FacilityAsync(Place.OfficerB, Place.HospitalB, rooms: 2, bedsEach: 5);
        await house.House.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        await house.House.StayAsync(Place.ClerkA, Place.CampA);
        var version = (await house.House.AsAsync(Place.OfficerB, Permission.ManageFacility, (_, db) => db.Connection.ValueAsync<int>("SELECT version FROM pt.quarantine_facility WHERE unit_id = $1", CancellationToken.None, Place.HospitalB.Value)));
        (await house.RunAsync<RunFacility, UnitId>(Place.OfficerB, use => use.RunAsync(new RunFacility.SetUp(house.Clock.NewGuid(), Place.HospitalB, version, true, false, null, null, house.Clock.Today(), null, null), TestContext.Current.CancellationToken), Permission.ManageFacility)).Done.ShouldBeTrue();
    }

    /// <summary>Address and figure of each card and table cell that opens something.</summary>
    private static List<(string Address, int N)> Figures(WebPage page) =>
        [.. new[] { Cards(), Lines(), Cells() }.SelectMany(shape => shape.Matches(page.Html)).Select(match => (WebUtility.HtmlDecode(match.Groups[1].Value), int.Parse(match.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.GetCultureInfo("vi-VN"))))];

    private static int FigureOf(List<(string Address, int N)> figures, string part) => figures.First(figure => figure.Address.Contains(part, StringComparison.Ordinal)).N;

    private static async Task EachOpensAsync(WebVisitor visitor, IEnumerable<(string Address, int N)> figures)
    {
        var wrong = new List<string>();
        foreach (var (address, n) in figures.Distinct())
            if (await RowsAsync(visitor, address, places: address.StartsWith(Links.Facilities, StringComparison.Ordinal)) is var rows && rows != n) wrong.Add($"{address}: {n} on the page, {rows} rows");
        wrong.ShouldBeEmpty();
    }

    /// <summary>All rows of a list, page after page; of houses the sum of the figure that was opened.</summary>
    private static async Task<int> RowsAsync(WebVisitor visitor, string? address, bool places)
    {
        var rows = 0;
        for (var pages = 0; address is not null; pages++)
        {
            var page = await visitor.GetAsync(address);
            page.Status.ShouldBe(HttpStatusCode.OK, address);
            pages.ShouldBeLessThan(100, address);
            rows += places ? Asked().Matches(page.Html).Sum(match => int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.GetCultureInfo("vi-VN"))) : Rows().Count(page.Html);
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

    [GeneratedRegex("""<td class="pt-num"[^>]*>\s*<strong>([0-9.]+)</strong>\s*</td>""")]
    private static partial Regex Asked();

    [GeneratedRegex("""<th scope="row">""")]
    private static partial Regex Rows();

    [GeneratedRegex("""<a [^>]*href="([^"]*)"[^>]*rel="next""")]
    private static partial Regex Next();
}
