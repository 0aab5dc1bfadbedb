using System.Text;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class CsvReadingTests
{
    private static Sheet Read(string text, Encoding? encoding = null) =>
        Workbook.Open([.. (encoding ?? Encoding.UTF8).Preamble, .. (encoding ?? Encoding.UTF8).GetBytes(text)], "danh sách.csv").Value;

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 without mark", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_of_Unicode_is_read(string name)
    {
        Encoding encoding = name.EndsWith("mark", StringComparison.Ordinal) ? new UTF8Encoding(false) : Encoding.GetEncoding(name);
        var sheet = Read("Họ tên,Xã\r\nĐặng Thị Hoà,Ea H'leo\r\n", encoding);
        sheet.Header.ShouldBe(["Họ tên", "Xã"]);
        sheet.Rows.Single().Cells.Select(cell => cell.Text).ShouldBe(["Đặng Thị Hoà", "Ea H'leo"]);
        sheet.Names.ShouldBe(["danh sách"]);
    }

    [Theory]
    [InlineData("Họ tên,Địa chỉ,Sốt\nAn,\"Số 5, đường A; xã B\",37\n")]
    [InlineData("Họ tên;Địa chỉ;Sốt\nAn;Số 5, đường A\\; xã B;37\n", "Số 5, đường A\\")]
    [InlineData("Họ tên\tĐịa chỉ\tSốt\nAn\tSố 5, đường A; xã B\t37\n")]
    [InlineData("Họ tên;Địa chỉ;Sốt\nAn;\"Số 5, đường A; xã B\";37,5\nBình;\"C, D, E\";38,1\n")]
    [InlineData("sep=;\r\nHọ tên;Địa chỉ;Sốt\nAn;\"Số 5, đường A; xã B\";37\n")]
    public void The_separator_is_found(string text, string address = "Số 5, đường A; xã B")
    {
        var sheet = Read(text);
        sheet.Header.Take(3).ShouldBe(["Họ tên", "Địa chỉ", "Sốt"]);
        sheet.Rows.First().Cells[1].Text.ShouldBe(address);
    }

    [Fact]
    public void Quotation_marks_line_breaks_and_blank_lines_are_read_as_Excel_does()
    {
        var sheet = Read("Họ tên,Ghi chú\r\n\r\nAn,\"sốt\r\nho \"\"nhẹ\"\"\"\r\n,\r\nBình,\"a\"b\rCường,5\" dài");
        sheet.Rows.Select(row => (row.Number, row.Cells[0].Text, row.Cells[1].Text)).ShouldBe(
            [(3, "An", "sốt\r\nho \"nhẹ\""), (5, "Bình", "ab"), (6, "Cường", "5\" dài")]);
    }

    [Fact]
    public void Tricks_that_keep_zeros_and_formulas_asleep_are_undone()
    {
        var sheet = Read("Họ tên,Số\nAn,=\"0912345678\"\nBình,'+84912345678\nCường,\"'=1+1\"\n");
        sheet.Rows.Select(row => row.Cells[1].Text).ShouldBe(["0912345678", "+84912345678", "=1+1"]);
        sheet.Rows.Last().Cells[1].Has(CellMarks.LooksLikeFormula).ShouldBeTrue();
    }

    [Fact]
    public void Errors_of_Excel_are_empty_and_a_number_without_its_last_digits_is_marked()
    {
        var cells = Read("Họ tên,CCCD,Tuổi\nAn,7.91235E+10,#N/A\n").Rows.Single().Cells;
        cells[1].Has(CellMarks.DigitsLost).ShouldBeTrue();
        (cells[2].Kind, cells[2].Text).ShouldBe((CellKind.Error, ""));
    }

    [Fact]
    public void Texts_with_many_separators_do_not_hide_the_real_one()
    {
        var sheet = Read("STT,Họ tên,\"Ghi chú; khác\"\n1,An,\"ho;\nsốt;\nmệt;\nđau;\n;\n;\n;\n;\n\"\n");
        sheet.Header.ShouldBe(["STT", "Họ tên", "Ghi chú; khác"]);
    }

    [Fact]
    public void Characters_that_are_none_are_left_out() => Read("Họ\uFFFE tên,Xã\nAn\uFFFF,B\n").Rows.Single().Cells[0].Text.ShouldBe("An");

    [Fact]
    public void Zeros_in_front_are_kept() => Read("Mã,Tên\n079,TP. Hồ Chí Minh\n").Rows.Single().Cells[0].Text.ShouldBe("079");
}
