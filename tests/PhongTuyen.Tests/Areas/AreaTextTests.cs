using PhongTuyen.Areas;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

public sealed class AreaTextTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaMatcher Matcher = new(Book, AreaLists.Links);
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Theory]
    [InlineData("Thôn 3, xã Bình Mỹ, huyện Củ Chi, tỉnh Hồ Chí Minh", "Thôn 3", "Xã Bình Mỹ, Huyện Củ Chi, Thành phố Hồ Chí Minh")]
    [InlineData("123 Lê Lợi, P. Bến Nghé, Q.1, TPHCM, Việt Nam", "123 Lê Lợi", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh")]
    [InlineData("Tổ 5 phường Phúc Xá quận Ba Đình TP. Hà Nội", "Tổ 5", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("phuc xa ba dinh ha noi", null, "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("so 12 ngo 5 phuc xa ba dinh ha noi", "so 12 ngo 5", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("Phúc Xá - Ba Đình - Hà Nội", null, "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("Phúc Xá; Ba Đình; Hà Nội.", null, "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")]
    [InlineData("P.1, TP. Vũng Tàu, Bà Rịa - Vũng Tàu", null, "Phường 1, Thành phố Vũng Tàu, Tỉnh Bà Rịa - Vũng Tàu")]
    [InlineData("Phường 10 Quận 4 TP HCM", null, "Phường 10, Quận 4, Thành phố Hồ Chí Minh")]
    [InlineData("Lê Lợi, Quận 1, TP.HCM", "Lê Lợi", "Quận 1, Thành phố Hồ Chí Minh")]
    [InlineData("Khu phố 2, Phường Đúc, TP Huế, Thừa Thiên Huế", "Khu phố 2", "Phường Phường Đúc, Thành phố Huế, Tỉnh Thừa Thiên Huế")]
    [InlineData("huyện Chợ Mới, An Giang", null, "Huyện Chợ Mới, Tỉnh An Giang")]
    [InlineData("Thành phố Thủ Đức", null, "Thành phố Thủ Đức, Thành phố Hồ Chí Minh")]
    [InlineData("Khánh Hoà", null, "Tỉnh Khánh Hòa")]
    public void The_units_are_taken_from_the_end_and_the_rest_is_kept(string text, string? head, string path)
    {
        var found = Matcher.MatchText(text, July2021);
        Book.Path(found.Match.Area).ShouldBe(path);
        found.Head.ShouldBe(head);
    }

    [Theory]
    [InlineData("xã Lê Chánh, Tân Châu, Đồng Tháp", AreaVerdict.Impossible)]
    [InlineData("Lê Chánh, Tân Châu, Đồng Tháp", AreaVerdict.Impossible)]
    [InlineData("Phường 11 Quận 4 TP HCM", AreaVerdict.Impossible)]
    [InlineData("Yên Viên, Gia Lâm, Hà Nội", AreaVerdict.Ambiguous)]
    [InlineData("Chợ Mới, An Giang", AreaVerdict.Ambiguous)]
    [InlineData("Xã Tân Tiến", AreaVerdict.Ambiguous)]
    [InlineData("Ấp 2, xã Không Có, huyện Củ Chi, TP HCM", AreaVerdict.Unmatched)]
    [InlineData("nhà tôi", AreaVerdict.Unmatched)]
    [InlineData("", AreaVerdict.Unmatched)]
    [InlineData(null, AreaVerdict.Unmatched)]
    public void An_address_is_never_guessed(string? text, AreaVerdict verdict)
    {
        var found = Matcher.MatchText(text, July2021);
        found.Match.Verdict.ShouldBe(verdict);
        found.Match.Area.Value.ShouldBe(0);
    }

    [Fact]
    public void An_unknown_commune_is_named_with_the_district_that_was_found()
    {
        var found = Matcher.MatchText("Ấp 2, xã Không Có, huyện Củ Chi, TP HCM", July2021);
        found.Match.What.ShouldBe("xã Không Có");
        found.Head.ShouldBe("Ấp 2");
        Book.Path(found.Match.Candidates.Single()).ShouldBe("Huyện Củ Chi, Thành phố Hồ Chí Minh");
    }

    [Theory]
    [InlineData("Tổ 5, phường Phúc Xá, quận Ba Đình, Hà Nội", "Phường Hồng Hà, Thành phố Hà Nội")]
    [InlineData("Tổ 5, phường Hồng Hà, Hà Nội", "Phường Hồng Hà, Thành phố Hà Nội")]
    public void After_July_2025_both_forms_of_an_address_are_read(string text, string path)
    {
        var found = Matcher.MatchText(text, new(2026, 11, 1));
        Book.Path(found.Match.Area).ShouldBe(path);
        found.Head.ShouldBe("Tổ 5");
    }
}
