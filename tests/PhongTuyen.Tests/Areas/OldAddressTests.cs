using PhongTuyen.Areas;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

/// <summary>Addresses of three levels, written after districts were abolished.</summary>
public sealed class OldAddressTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaMatcher Matcher = new(Book, AreaLists.Links);
    private static readonly DateOnly Now = new(2026, 11, 1);

    [Theory]
    [InlineData("Hà Nội", "Ba Đình", "Phúc Xá", "Phường Hồng Hà, Thành phố Hà Nội")]
    [InlineData("Hà Nội", "Ba Đình", "Trúc Bạch", "Phường Ba Đình, Thành phố Hà Nội")]
    [InlineData("Bình Dương", "Thuận An", "Thuận Giao", "Phường Thuận Giao, Thành phố Hồ Chí Minh")]
    [InlineData("Bình Dương", null, "Phường Thuận Giao", "Phường Thuận Giao, Thành phố Hồ Chí Minh")]
    [InlineData("Hà Nội", "Gia Lâm", "Yên Viên", "Xã Phù Đổng, Thành phố Hà Nội")]
    [InlineData("Hà Nội", "Ba Đình", "Hồng Hà", "Phường Hồng Hà, Thành phố Hà Nội")]
    [InlineData("Bình Dương", null, null, "Thành phố Hồ Chí Minh")]
    [InlineData("Tỉnh Bình Định", null, null, "Tỉnh Gia Lai")]
    public void An_old_address_is_understood_where_the_commune_went_as_a_whole(string province, string? district, string? commune, string path)
    {
        var match = Matcher.Match(province, district, commune, Now);
        match.Verdict.ShouldBe(AreaVerdict.One);
        match.How.HasFlag(AreaHow.OldAddress).ShouldBeTrue();
        Book.Path(match.Area).ShouldBe(path);
    }

    [Fact]
    public void A_divided_commune_is_never_moved()
    {
        var match = Matcher.Match("Hà Nội", "Cầu Giấy", "Dịch Vọng", Now);
        (match.Verdict, match.Reason).ShouldBe((AreaVerdict.Ambiguous, AreaReason.Divided));
        match.Candidates.Select(Book.Path).ShouldBe(["Phường Nghĩa Đô, Thành phố Hà Nội", "Phường Cầu Giấy, Thành phố Hà Nội"], ignoreOrder: true);
    }

    [Fact]
    public void A_district_alone_needs_its_commune()
    {
        var match = Matcher.Match("TP HCM", "Củ Chi", null, Now);
        (match.Verdict, match.Reason).ShouldBe((AreaVerdict.Ambiguous, AreaReason.DistrictAbolished));
        match.Candidates.Select(id => Book.Find(id)!.Name).ShouldContain("Xã Củ Chi");
    }

    [Fact]
    public void An_old_address_that_contradicts_itself_is_impossible_today_as_well()
    {
        var match = Matcher.Match("Đồng Tháp", "Tân Châu", "Lê Chánh", Now);
        match.Verdict.ShouldBe(AreaVerdict.Impossible);
        Book.Path(match.Candidates[0]).ShouldBe("Xã Lê Chánh, Thị xã Tân Châu, Tỉnh An Giang");
    }

    [Fact]
    public void A_new_name_is_read_as_new() =>
        Matcher.Match("Hà Nội", null, "Phường Ba Đình", Now).How.ShouldBe(AreaHow.AsWritten);

    [Fact]
    public void Without_links_an_old_address_is_shown_and_not_replaced()
    {
        var match = new AreaMatcher(Book).Match("Hà Nội", "Ba Đình", "Phúc Xá", Now);
        (match.Verdict, match.Reason).ShouldBe((AreaVerdict.Unmatched, AreaReason.OtherDay));
        Book.Path(match.Candidates.Single()).ShouldBe("Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội");
    }

    [Fact]
    public void A_new_name_on_an_old_day_is_shown_and_not_replaced()
    {
        var match = Matcher.Match("Hà Nội", null, "Phường Yên Sở", new(2024, 1, 1));
        match.How.ShouldBe(AreaHow.AsWritten);
        match = Matcher.Match("Thành phố Hồ Chí Minh", null, "Phường Diên Hồng", new(2024, 1, 1));
        (match.Verdict, match.Reason).ShouldBe((AreaVerdict.Unmatched, AreaReason.OtherDay));
    }

    [Fact]
    public void A_type_that_fits_another_day_better_leaves_the_choice_to_a_person()
    {
        // Until 2025 Hà Nội had a xã Hồng Hà; since then a phường of that name, elsewhere.
        var match = Matcher.Match("Hà Nội", null, "Phường Hồng Hà", new(2024, 1, 1));
        match.Verdict.ShouldBe(AreaVerdict.Ambiguous);
        match.Candidates.Select(Book.Path).ShouldBe(["Xã Hồng Hà, Huyện Đan Phượng, Thành phố Hà Nội", "Phường Hồng Hà, Thành phố Hà Nội"]);
    }
}
