using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;
using Xml = DocumentFormat.OpenXml.Spreadsheet;

namespace PhongTuyen.Tests.Formats;

public sealed class XlsxReadingTests
{
    private static readonly string Header = Workbook.Rows(["Họ tên", "Giá trị"]);

    [Fact]
    public void Shared_rich_and_escaped_texts_are_joined_and_reading_aids_left_out()
    {
        var sheet = Workbook.Of(Header + """<row r="2"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>""")
            .SharedStrings("<r><t xml:space=\"preserve\">Nguyễn </t></r><r><rPr><b/></rPr><t>Văn A</t></r><rPh><t>aid</t></rPh>", "<t>một_x000D_\nhai_x005F_x0041__x0000__xD800_</t>").Open().Value;
        sheet.Rows.Single().Cells.Select(cell => cell.Text).ShouldBe(["Nguyễn Văn A", "một\r\nhai_x0041_"]);
    }

    [Fact]
    public void Rows_and_cells_without_references_follow_each_other_and_gaps_are_kept()
    {
        var sheet = Workbook.Of($"""
            <row>{Workbook.Text("Họ tên")}{Workbook.Text("Xã")}{Workbook.Text("Tỉnh")}</row>
            <row r="4"><c r="b4"><v>2</v></c><c><v>3</v></c></row><row><c><v>9</v></c></row>
            """).Open().Value;
        sheet.Rows.Select(row => (row.Number, string.Join('|', row.Cells))).ShouldBe([(4, "|2|3"), (5, "9||")]);
    }

    [Fact]
    public void Empty_rows_are_no_rows_and_hidden_ones_are()
    {
        var sheet = Workbook.Of(Header + """<row r="2" hidden="1"><c><v>1</v></c></row><row r="3"><c s="0"/></row><row r="4"><c><v>2</v></c></row><row r="5"/><row r="900"><c t="inlineStr"><is><t> </t></is></c></row>""").Open().Value;
        sheet.RowCount.ShouldBe(2);
        sheet.Rows.Select(row => row.Number).ShouldBe([2, 4]);
    }

    [Fact]
    public void The_first_visible_sheet_that_holds_anything_is_read_and_others_are_chosen_by_name()
    {
        var workbook = new Workbook().Sheet("Mã", Header, state: "hidden").Sheet("Bìa", "").Sheet("F0", Header + "<row><c><v>1</v></c></row>").Sheet("F1", Header);
        var sheet = workbook.Open().Value;
        sheet.Names.ShouldBe(["Bìa", "F0", "F1"]);
        sheet.Name.ShouldBe("F0");
        sheet.Choose("f1").Value.Name.ShouldBe("F1");
        sheet.Choose("Bìa").Problem.Code.ShouldBe("sheet.empty");
        sheet.Choose("F2").Problem.Code.ShouldBe("sheet.no-such-sheet");
        workbook.Open("F1").Value.Name.ShouldBe("F1");
    }

    [Fact]
    public void Rows_can_be_read_twice_at_once_and_the_file_has_a_fingerprint()
    {
        var bytes = Workbook.Of(Header + "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>").Bytes();
        var sheet = Workbook.Open(bytes, "a.xlsx").Value;
        sheet.Rows.Zip(sheet.Rows).Select(pair => pair.First.Cells[0].Text + pair.Second.Cells[0].Text).ShouldBe(["11", "22"]);
        sheet.Fingerprint.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    [Fact]
    public void What_the_OpenXml_library_writes_is_read()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var part = book.AddNewPart<WorksheetPart>();
            part.Worksheet = new Xml.Worksheet(new Xml.SheetData(
                new Xml.Row(Inline("Họ và tên"), Inline("CCCD")),
                new Xml.Row(Inline("Đặng Thị Hoà"), new Xml.Cell { CellValue = new Xml.CellValue(79123456789m) })));
            book.Workbook = new Xml.Workbook(new Xml.Sheets(
                new Xml.Sheet { Name = "Danh sách", SheetId = 1, Id = book.GetIdOfPart(part) }));
        }
        stream.Position = 0;
        var sheet = SheetReader.Open(stream, "a.xlsx").Value;
        sheet.Header.ShouldBe(["Họ và tên", "CCCD"]);
        sheet.Rows.Single().Cells.Select(cell => cell.Text).ShouldBe(["Đặng Thị Hoà", "79123456789"]);

        static Xml.Cell Inline(string text) => new() { DataType = Xml.CellValues.InlineString, InlineString = new Xml.InlineString(new Xml.Text(text)) };
    }
}
