using PhongTuyen.Areas;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Areas;

/// <summary>Names of other spellings, types and days: accepted where they can mean only one unit, and said.</summary>
public sealed class AreaMatcherDatesTests
{
    private static readonly AreaBook Book = AreaLists.Book;
    private static readonly AreaMatcher Matcher = new(Book, AreaLists.Links);
    private static readonly DateOnly July2021 = new(2021, 7, 1);

    [Theory]
    [InlineData("Thanh Hóa", "Yên Định", "Quí Lộc", "15412", AreaHow.OtherSpelling)]
    [InlineData("Đắc Lắc", null, null, "66", AreaHow.OtherSpelling)]
    [InlineData("Thái Nguyên", "Phổ Yên", "Phường Hồng Tiến", "05869", AreaHow.OtherType)]
    [InlineData("Bắc Ninh", "TX Quế Võ", "Phương Liễu", "09265", AreaHow.OtherType)]
    [InlineData("TP HCM", "Quận 9", "Long Bình", "26830", AreaHow.OtherName)]
    [InlineData("TP HCM", "Quận 3", "Phường 7", "27139", AreaHow.OtherName)]
    [InlineData("Thanh Hóa", "Tĩnh Gia", "Nghi Sơn", "16657", AreaHow.OtherName)]
    [InlineData("Thừa Thiên Huế", "TP Huế", "Phú Dương", "19906", AreaHow.OtherDate)]
    [InlineData("Bắc Ninh", "Thành phố Từ Sơn", "Đình Bảng", "09394", AreaHow.OtherType)]
    public void What_was_overlooked_is_said(string province, string? district, string? commune, string code, AreaHow how)
    {
        var match = Matcher.Match(province, district, commune, July2021);
        match.Verdict.ShouldBe(AreaVerdict.One);
        Book.Find(match.Area)!.Code.ShouldBe(code);
        match.How.HasFlag(how).ShouldBeTrue(match.How.ToString());
    }

    [Fact]
    public void A_unit_that_moved_is_found_by_where_it_was_and_answered_as_it_is()
    {
        var match = Matcher.Match("Thừa Thiên Huế", "Phú Vang", "Phú Dương", new(2021, 12, 1));
        match.How.ShouldBe(AreaHow.OtherDate);
        Book.Path(match.Area).ShouldBe("Xã Phú Dương, Thành phố Huế, Tỉnh Thừa Thiên Huế");
    }

    [Fact]
    public void A_unit_that_ended_is_shown_and_not_replaced()
    {
        var match = Matcher.Match("Thừa Thiên Huế", "Huế", "Phú Thuận", new(2021, 12, 1));
        (match.Verdict, match.Reason).ShouldBe((AreaVerdict.Unmatched, AreaReason.OtherDay));
        Book.Find(match.Candidates.Single())!.To.ShouldBe(new DateOnly(2021, 7, 1));
    }

    [Fact]
    public void A_former_name_is_forgotten_after_three_years()
    {
        Matcher.Match("Thanh Hóa", "Tĩnh Gia", null, new(2023, 5, 1)).Verdict.ShouldBe(AreaVerdict.One);
        Matcher.Match("Thanh Hóa", "Tĩnh Gia", null, new(2023, 7, 1)).Verdict.ShouldBe(AreaVerdict.Unmatched);
    }
}
