using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class HeaderChoiceTests
{
    [Fact]
    public void Title_rows_above_the_header_are_passed_over()
    {
        var sheet = Workbook.Of(Workbook.Rows(
            ["SỞ Y TẾ ĐỒNG NAI", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["DANH SÁCH NGƯỜI CÁCH LY"],
            [],
            ["STT", " Họ  và\ntên ", "Ngày sinh", "Nơi ở"],
            ["1", "An", "5/8/1985", "Biên Hòa"])).Open().Value;
        sheet.Header.ShouldBe(["STT", "Họ và tên", "Ngày sinh", "Nơi ở"]);
        sheet.HeaderRow.ShouldBe(4);
        sheet.Rows.Single().Number.ShouldBe(5);
    }

    [Fact]
    public void Of_a_header_in_two_languages_the_upper_line_is_taken()
    {
        var sheet = Workbook.Of(Workbook.Rows(["Họ và tên", "Quốc tịch"], ["Full name", "Nationality"], ["An", "Việt Nam"])).Open().Value;
        sheet.Header.ShouldBe(["Họ và tên", "Quốc tịch"]);
        sheet.RowCount.ShouldBe(2);
    }

    [Fact]
    public void A_second_line_in_another_language_is_known_by_the_names_of_the_fields()
    {
        FieldName[] fields = [new("name", "Họ và tên", "Full name"), new("country", "Quốc tịch", "Nationality"), new("birth", "Ngày sinh", "Date of birth")];
        Sheet Read(params string[][] rows) => SheetReader.Open(new MemoryStream(Workbook.Of(Workbook.Rows(rows)).Bytes()), "a", hints: new SheetHints { Fields = fields }).Value;
        var two = Read(["Họ và tên", "Quốc tịch", "Khác"], ["Full name", "Nationality", "Other"], ["(1)", "(2)", "(3)"], ["An", "Việt Nam", "không"]);
        (string.Join('|', two.Header), two.HeaderRow, two.RowCount).ShouldBe(("Họ và tên / Full name|Quốc tịch / Nationality|Khác / Other", 3, 1));
        HeaderMatch.Suggest(two.Header, fields).Select(match => (match.Column, match.Certainty)).ShouldBe([(0, MatchCertainty.Exact), (1, MatchCertainty.Exact), (null, MatchCertainty.None)]);
        // A person is no header, nor is a row of figures that happens to begin with 1.
        Read(["Họ và tên", "Quốc tịch"], ["Nguyễn Văn Quốc Tịch", "Việt Nam"]).RowCount.ShouldBe(1);
        Read(["STT", "Tuổi", "Số"], ["1", "2", "4"]).RowCount.ShouldBe(1);
        Read(["A", "B", "C", "D"], ["A", "B", "1", "2"], ["x", "y", "3", "4"]).RowCount.ShouldBe(1);
    }

    [Fact]
    public void A_header_of_two_lines_with_merged_names_becomes_one()
    {
        var rows = Workbook.Rows(
            ["DANH SÁCH"],
            ["STT", "Họ tên", "Địa chỉ", "", "", "Ghi chú"],
            ["", "", "Số nhà", "Xã", "Tỉnh"],
            ["một", "An", "Đường A", "Xuân Lộc", "Đồng Nai", "không"]);
        var sheet = Workbook.Of(rows, """<mergeCells><mergeCell ref="A1:F1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C2:E2"/><mergeCell ref="F2:F3"/></mergeCells>""").Open().Value;
        sheet.Header.ShouldBe(["STT", "Họ tên", "Địa chỉ Số nhà", "Địa chỉ Xã", "Địa chỉ Tỉnh", "Ghi chú"]);
        sheet.HeaderRow.ShouldBe(3);
        sheet.Rows.Single().Number.ShouldBe(4);
    }

    [Fact]
    public void Cells_merged_over_several_rows_give_their_value_to_each_and_those_side_by_side_to_the_first()
    {
        var sheet = Workbook.Of(Workbook.Rows(["Họ tên", "Hộ", "Xã"], ["An", "12", "Xuân Lộc"], ["Bình", "", "Xuân Lộc"], ["Cường", "", ""], ["Dung chung", "", "Bảo Vinh"]), """<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="C3:C4"/><mergeCell ref="A5:B5"/></mergeCells>""").Open().Value;
        sheet.Rows.Select(row => string.Join('|', row.Cells)).ShouldBe(["An|12|Xuân Lộc", "Bình|12|Xuân Lộc", "Cường||Xuân Lộc", "Dung chung||Bảo Vinh"]);
        sheet.Rows.Select(row => row.Cells.Count(cell => cell.Has(CellMarks.FromAbove))).ShouldBe([0, 1, 1, 0]);
    }

    [Fact]
    public void A_sheet_of_numbers_alone_has_its_first_row_as_header() =>
        Workbook.Of("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>").Open().Value.Header.ShouldBe(["1"]);

    [Fact]
    public void A_column_beyond_the_header_has_no_name_but_is_read()
    {
        var sheet = Workbook.Of(Workbook.Rows(["Họ tên", "Xã"], ["An", "B", "", "1"])).Open().Value;
        sheet.Header.ShouldBe(["Họ tên", "Xã", "", ""]);
        sheet.Rows.Single().Cells.Count.ShouldBe(4);
    }
}
