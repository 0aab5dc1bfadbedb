using System.Text;
using PhongTuyen.Areas;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaFileMatchTests
{
    private static readonly AreaMatcher Matcher = new(AreaLists.Book, AreaLists.Links);
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Theory]
    [InlineData("cases_xa.csv", AreaLevel.Commune, 0.960)]
    [InlineData("cases_huyen.csv", AreaLevel.District, 0.960)]
    [InlineData("cases_tinh.csv", AreaLevel.Province, 1.0)]
    public void Of_the_27035_cases_of_2021_nearly_all_are_put_on_the_map_and_none_is_lost(string file, AreaLevel level, double floor)
    {
        using var reader = File.OpenText(ReferenceData.Path("vn-covid-commune-2021", file));
        var report = AreaFileMatch.Run(reader, July2021, Matcher).Value;

        report.Level.ShouldBe(level);
        var totals = report.Totals;
        totals.Cases.ShouldBe(27035);
        (totals.Assigned + totals.Ambiguous + totals.Impossible + totals.Unmatched).ShouldBe(27035);
        ((double)totals.Assigned / totals.Cases).ShouldBeGreaterThanOrEqualTo(floor);
        report.Names.Where(name => name.Match.Verdict == AreaVerdict.One).ShouldAllBe(name => AreaLists.Book.Find(name.Match.Area)!.Level == level);
    }

    [Fact]
    public void No_case_under_a_wrong_province_is_assigned()
    {
        using var reader = File.OpenText(ReferenceData.Path("vn-covid-commune-2021", "cases_xa.csv"));
        var report = AreaFileMatch.Run(reader, July2021, Matcher).Value;
        foreach (var name in report.Names.Where(name => name.Match.Verdict == AreaVerdict.One))
        {
            var keys = AreaLists.Book.Keys(name.Match.Area);
            Matcher.Match(name.Province, null, null, July2021).Area.ShouldBe(keys.Province, name.ToString());
        }
        Find(report, "Đồng Tháp", "Tân Châu", "Lê Chánh").Match.Verdict.ShouldBe(AreaVerdict.Impossible);
        Find(report, "Hà Nội", "Việt Trì", "Kim Đức").Match.Verdict.ShouldBe(AreaVerdict.Impossible);
        report.Names.Where(name => name.Match.Verdict == AreaVerdict.Impossible && name.Match.Reason == AreaReason.WrongParent).Sum(name => name.Cases).ShouldBe(report.Totals.Impossible);
    }

    [Fact]
    public void Columns_may_be_named_in_Vietnamese_stand_in_any_order_and_carry_a_mark()
    {
        var report = Run("\ufeffSố ca;Xã/Phường;Quận/Huyện;Tỉnh/Thành phố;Ghi chú\n3;Phúc Xá;Ba Đình;Hà Nội;x\n4;P. Bến Nghé;Q.1;TP.HCM;\n");
        report.Totals.ShouldBe(new AreaFileTotals(7, 7, 0, 0, 0));
        report.Names[0].Cases.ShouldBe(4);
    }

    [Fact]
    public void Without_a_count_each_row_is_one_case() =>
        Run("province,district\nHà Nội,Ba Đình\nHà Nội,Ba Đình\nHà Nội,Không Có\n").Totals.ShouldBe(new AreaFileTotals(3, 2, 0, 0, 1));

    [Fact]
    public void A_row_without_a_commune_is_not_assigned_where_the_file_is_about_communes()
    {
        var report = Run("province,district,commune,cases\nHà Nội,Ba Đình,Phúc Xá,5\nHà Nội,Ba Đình,,2\n");
        report.Totals.ShouldBe(new AreaFileTotals(7, 5, 0, 0, 2));
        var missing = Find(report, "Hà Nội", "Ba Đình", "").Match;
        missing.Reason.ShouldBe(AreaReason.Nothing);
        AreaLists.Book.Path(missing.Candidates.Single()).ShouldBe("Quận Ba Đình, Thành phố Hà Nội");
    }

    [Fact]
    public void An_empty_column_of_communes_makes_a_file_about_districts() =>
        Run("province,district,commune,cases\nHà Nội,Ba Đình,,2\n").ShouldSatisfyAllConditions(
            report => report.Level.ShouldBe(AreaLevel.District), report => report.Totals.Assigned.ShouldBe(2));

    [Theory]
    [InlineData("", "areas.file-without-areas")]
    [InlineData("name,age\nA,3\n", "areas.file-without-areas")]
    [InlineData("province,cases\nHà Nội,ba\n", "areas.count-unreadable")]
    [InlineData("province,cases\nHà Nội,-3\n", "areas.count-unreadable")]
    [InlineData("province,cases\nHà \"Nội\",3\n", "areas.file-unreadable")]
    public void A_file_that_cannot_be_read_is_refused(string text, string problem) =>
        AreaFileMatch.Run(new StringReader(text), July2021, Matcher).Problem.Code.ShouldBe(problem);

    [Fact]
    public void A_file_without_rows_has_no_cases() => Run("tỉnh,huyện,xã\n").Totals.ShouldBe(default);

    private static AreaFileReport Run(string text) =>
        AreaFileMatch.Run(new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(text))), July2021, Matcher).Value;

    private static AreaFileNames Find(AreaFileReport report, string province, string district, string commune) =>
        report.Names.Single(name => (name.Province, name.District, name.Commune) == (province, district, commune));
}
