using PhongTuyen.Support;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Support;

[Answers("R5", "R7")]
public sealed class SupportRulesTests
{
    [Theory]
    [InlineData("Nhập 031085004417 thì báo lỗi")]
    [InlineData("số 031 085 004 417 không tìm thấy")]
    [InlineData("CMND 025.123.456 bị trùng")]
    [InlineData("gọi lại 0912345678 giúp")]
    [InlineData("gọi +84 912 345 678")]
    [InlineData("điện thoại 0912-345-678")]
    [InlineData("098.123.45.67")]
    [InlineData("BHYT GD4790123456789 không nhận")]
    [InlineData("hộ chiếu B1234567 không nhận")]
    [InlineData("hộ chiếu c12345678")]
    [InlineData("số ０３１０８５００４４１７ viết bằng chữ số rộng")]
    [InlineData("ngày 20.08.2021 nhập 0912 345 678")]
    public void What_looks_like_the_number_of_a_paper_or_a_telephone_is_found(string text) => SupportRules.HoldsNumber(text).ShouldBeTrue(text);

    [Theory]
    [InlineData("Bấm Lưu lúc 06:30 ngày 20/08/2021 thì trang trắng")]
    [InlineData("Từ 20.08.2021 đến 21.08.2021 không in được")]
    [InlineData("bản ghi 2021-08-20 12:30")]
    [InlineData("máy 192.168.100.201 không vào được")]
    [InlineData("Quyết định 1792/UBND-KGVX, 44 giường, phòng 101-104")]
    [InlineData("Mã lỗi 4bf92f3577b3")]
    [InlineData("Tải tệp 12345678 dòng")]
    [InlineData("")]
    [InlineData(null)]
    public void Days_counts_machines_and_papers_of_offices_are_none(string? text) => SupportRules.HoldsNumber(text).ShouldBeFalse(text);
}
