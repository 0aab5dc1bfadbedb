using PhongTuyen.Areas;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaMatcherTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaMatcher Matcher = new(Book, AreaLists.Links);
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Theory]
    [InlineData("Hà Nội", "Ba Đình", "Phúc Xá", "00001")]
    [InlineData("TP. Hà Nội", "Q. Ba Đình", "P. Phúc Xá", "00001")]
    [InlineData("thanh pho ha noi", "quan ba dinh", "phuong phuc xa", "00001")]
    [InlineData("Hà Nội", null, "Phúc Xá", "00001")]
    [InlineData(null, "Ba Đình", "Phúc Xá", "00001")]
    [InlineData("TP HCM", "Q.1", "Bến Nghé", "26740")]
    [InlineData("Hồ Chí Minh", "1", "Bến Nghé", "26740")]
    [InlineData("Thành phố Hồ Chí Minh", "Quận 01", "P. Bến Nghé", "26740")]
    [InlineData("TP. Hồ Chí Minh", "Gò Vấp", "1", "26896")]
    [InlineData("TP. Hồ Chí Minh", "Gò Vấp", "Phường 1", "26896")]
    [InlineData("TP. Hồ Chí Minh", "Gò Vấp", "Phường 01", "26896")]
    [InlineData("Hậu Giang", "Vị Thanh", "Phường 4", "31324")]
    [InlineData("Hậu Giang", "Vị Thanh", "Phường IV", "31324")]
    [InlineData("Đà Nẵng", "Hải Châu", "Hải Châu 2", "20239")]
    [InlineData("Thừa Thiên Huế", "Huế", "Vĩ Dạ", "19777")]
    [InlineData("Thừa Thiên - Huế", "TP Huế", "Vỹ Dạ", "19777")]
    [InlineData("Bà Rịa - Vũng Tàu", "Vũng Tàu", "Phường 1", "26506")]
    [InlineData("Bà Rịa-Vũng Tàu", "Vũng Tàu", "P1", "26506")]
    [InlineData("BRVT", "TP.Vũng Tàu", "P.01", "26506")]
    [InlineData("Bắc Ninh", "Quế Võ", "Phương Liễu", "09265")]
    [InlineData("Cần Thơ", "Vĩnh Thạnh", "Thạnh An", "31240")]
    [InlineData("Cần Thơ", "Vĩnh Thạnh", "Thanh An", "31231")]
    [InlineData("Sơn La", "Mộc Châu", "Thị trấn Nông trường Mộc Châu", "03982")]
    [InlineData("Khánh Hoà", null, null, "56")]
    [InlineData("Đồng Tháp", "Huyện Cao Lãnh", null, "873")]
    [InlineData("Đồng Tháp", "Cao Lãnh (TP)", null, "866")]
    [InlineData("Đồng Tháp", "Cao Lãnh (huyện)", null, "873")]
    public void Written_names_give_exactly_one_unit(string? province, string? district, string? commune, string code)
    {
        var match = Matcher.Match(province, district, commune, July2021);
        match.Verdict.ShouldBe(AreaVerdict.One);
        Book.Find(match.Area)!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("Phường 11", "29863")]
    [InlineData("Mỹ Thọ", null)]
    [InlineData("An Bình", "30106")]
    public void The_commune_decides_between_a_city_and_a_huyen_of_one_name(string commune, string? code)
    {
        var match = Matcher.Match("Đồng Tháp", "Cao Lãnh", commune, July2021);
        // The huyện itself has a xã and a thị trấn Mỹ Thọ.
        match.Verdict.ShouldBe(code is null ? AreaVerdict.Ambiguous : AreaVerdict.One);
        if (code is not null) Book.Find(match.Area)!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("Đồng Tháp", "Cao Lãnh", null)]
    [InlineData("Hà Nội", "Gia Lâm", "Yên Viên")]
    [InlineData("Can Tho", "Vinh Thanh", "Thanh An")]
    [InlineData(null, null, "Tân Tiến")]
    public void Where_two_units_fit_alike_a_person_chooses(string? province, string? district, string? commune)
    {
        var match = Matcher.Match(province, district, commune, July2021);
        match.Verdict.ShouldBe(AreaVerdict.Ambiguous);
        match.Reason.ShouldBe(AreaReason.SameName);
        match.Candidates.Count.ShouldBeInRange(2, AreaMatcher.MostCandidates);
    }

    [Theory]
    [InlineData("Hà Nội", "Gia Lâm", "Xã Yên Viên", "00532")]
    [InlineData("Hà Nội", "Gia Lâm", "TT. Yên Viên", "00526")]
    public void A_written_type_decides_between_units_of_one_name(string province, string district, string commune, string code) =>
        Book.Find(Matcher.Match(province, district, commune, July2021).Area)!.Code.ShouldBe(code);

    [Theory]
    [InlineData("Đồng Tháp", "Tân Châu", "Lê Chánh", "Xã Lê Chánh, Thị xã Tân Châu, Tỉnh An Giang")]
    [InlineData("Hà Nội", "Việt Trì", "Kim Đức", "Xã Kim Đức, Thành phố Việt Trì, Tỉnh Phú Thọ")]
    [InlineData("Hà Nội", "Việt Trì", null, "Thành phố Việt Trì, Tỉnh Phú Thọ")]
    [InlineData("Bình Dương", "Bàu Bàng", "Hòa Lợi", "Phường Hòa Lợi, Thị xã Bến Cát, Tỉnh Bình Dương")]
    public void Names_that_exist_but_not_under_each_other_are_impossible_and_shown_where_they_are(string province, string district, string? commune, string first)
    {
        var match = Matcher.Match(province, district, commune, July2021);
        match.Verdict.ShouldBe(AreaVerdict.Impossible);
        match.Area.Value.ShouldBe(0);
        Book.Path(match.Candidates[0]).ShouldBe(first);
    }

    [Fact]
    public void A_type_that_belongs_to_a_neighbour_is_a_contradiction()
    {
        // Phường 11 lies in the city; Huyện Cao Lãnh is another unit.
        Matcher.Match("Đồng Tháp", "Huyện Cao Lãnh", "Phường 11", July2021).Verdict.ShouldBe(AreaVerdict.Impossible);
        // Xã Tân Thạnh lies in another huyện of the province than xã Tân Thành.
        var match = Matcher.Match("Hậu Giang", "Thị xã Ngã Bảy", "Tân Thành", July2021);
        Book.Path(match.Area).ShouldBe("Xã Tân Thành, Thành phố Ngã Bảy, Tỉnh Hậu Giang");
        match.How.ShouldBe(AreaHow.OtherType);
    }

    [Theory]
    [InlineData("Hà Nội", "Ba Đình", "Không Có Tên")]
    [InlineData("Atlantis", null, null)]
    [InlineData(null, null, null)]
    [InlineData(" ", "", "")]
    [InlineData("Hà Nội", "xã Ba Đình", null)]
    public void What_nobody_knows_is_unmatched(string? province, string? district, string? commune) =>
        Matcher.Match(province, district, commune, July2021).Verdict.ShouldBe(AreaVerdict.Unmatched);

    [Fact]
    public void An_unknown_commune_comes_with_its_district_as_a_candidate()
    {
        var match = Matcher.Match("Hà Nội", "Ba Đình", "Không Có Tên", July2021);
        match.What.ShouldBe("Không Có Tên");
        Book.Path(match.Candidates.Single()).ShouldBe("Quận Ba Đình, Thành phố Hà Nội");
    }
}
