using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class HeaderMatchTests
{
    private static readonly FieldName[] Fields =
    [
        new("name", "Họ và tên", "Họ tên", "Full name", "Name"),
        new("birth", "Ngày sinh", "Ngày tháng năm sinh", "Năm sinh", "Date of birth"),
        new("document", "CCCD", "Số CCCD", "CMND", "Hộ chiếu", "Passport number"),
        new("phone", "Số điện thoại", "Điện thoại", "SĐT", "Phone"),
        new("relative-phone", "Số điện thoại người thân"),
        new("commune", "Xã", "Phường/xã", "Commune"),
        new("province", "Tỉnh", "Tỉnh/thành phố", "Province"),
        new("temperature", "Nhiệt độ"),
    ];

    private static string Match(params string[] header) => string.Join(' ', HeaderMatch.Suggest(header, Fields)
        .Where(match => match.Certainty != MatchCertainty.None).Select(match => $"{match.Key}={match.Column}{(match.Certainty == MatchCertainty.Exact ? "!" : "?")}"));

    [Theory]
    [InlineData("name=0! birth=1! document=2! phone=3!", "HỌ VÀ TÊN (*)", "Ngày sinh (dd/mm/yyyy)", "Số CCCD*", "SĐT")]
    [InlineData("name=1! birth=0! phone=2!", "Date of Birth", "full  name", "Phone")]
    [InlineData("name=0! birth=1! commune=2!", "Họ và tên / Full name", "Date of birth / Ngày sinh", "Phường/xã")]
    [InlineData("name=0! temperature=1!", "Ho ten", "Nhiệt độ [°C]")]
    public void A_header_that_is_a_synonym_is_exact(string expected, params string[] header) => Match(header).ShouldBe(expected);

    [Theory]
    [InlineData("name=0?", "Họ tên người bệnh")]
    [InlineData("phone=0?", "Số điện thoại liên hệ khi cần")]
    [InlineData("temperature=0?", "Nhiệt độ °C")]
    [InlineData("document=0!", "Số CMND/CCCD/Hộ chiếu của người cách ly")]
    [InlineData("commune=0? province=1?", "Địa chỉ Xã", "Địa chỉ Tỉnh")]
    public void A_header_that_holds_a_synonym_is_likely(string expected, params string[] header) => Match(header).ShouldBe(expected);

    [Fact]
    public void The_better_match_takes_the_column_and_each_column_is_used_once()
    {
        Match("Số điện thoại người thân", "Số điện thoại").ShouldBe("phone=1! relative-phone=0!");
        Match("Họ tên cha", "Họ tên").ShouldBe("name=1!");
        Match("Họ tên", "Họ tên").ShouldBe("name=0!");
    }

    [Theory]
    [InlineData("Giới tính")]
    [InlineData("Tên cơ sở cách ly tập trung")]
    [InlineData("")]
    [InlineData("***")]
    [InlineData("Ghi chú")]
    public void What_only_sounds_alike_is_not_suggested(string header) => Match(header).ShouldBe("");
}
