using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class XlsReadingTests(ITestOutputHelper output)
{
    private static string Refusal(byte[] bytes, string name = "danh-sach.xls") => Workbook.Open(bytes, name).Problem.Code;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_old_workbook_is_read_with_its_title_rows_types_and_merged_cells(bool container)
    {
        var workbook = new OldWorkbook().Row(1, "SỞ Y TẾ ĐỒNG NAI").Row(3, "Họ tên", "CCCD", "Phòng", "Nhiệt độ")
            .Row(4, "Đặng Thị Hoà", "079123456789", 12.0, 37.5).Row(5, "Bình", 79123456789.0, null, new InvalidOperationException()).Merge(4, 5, 3, 3);
        var sheet = Workbook.Open(container ? workbook.Bytes() : workbook.Records(), "a.csv").Value;
        sheet.Names.ShouldBe(["Danh sach"]);
        (string.Join('|', sheet.Header), sheet.HeaderRow, sheet.RowCount).ShouldBe(("Họ tên|CCCD|Phòng|Nhiệt độ", 3, 2));
        sheet.Rows.Select(row => string.Join('|', row.Cells)).ShouldBe(["Đặng Thị Hoà|079123456789|12|37.5", "Bình|79123456789|12|"]);
        var second = sheet.Rows.Last().Cells;
        (second[1].Has(CellMarks.NumberStoredAsNumber), second[2].Has(CellMarks.FromAbove), second[3].Kind).ShouldBe((true, true, CellKind.Error));
    }

    /// <summary>Saved on different days, or (two) with macros in the old one only; the last holds the 29th of February 1900, which never was.</summary>
    private static readonly string[] NoTwins = ["Test_Encoding_Formula_Date_1520.xls", "roo_1900_base.xls", "roo_1904_base.xls", "Test_Excel_Dataset.xls", "Test_git_issue_642.xls", "Test_git_issue_283_TimeSpan.xls"];

    /// <summary>The same workbook was saved in both formats, by Excel and others: what is read must be the same.</summary>
    [Fact]
    public void The_old_twins_of_new_workbooks_hold_the_same()
    {
        var files = TortureTests.Files().ToDictionary(file => file.Name, file => file.Bytes, StringComparer.OrdinalIgnoreCase);
        var (twins, different) = (0, new List<string>());
        foreach (var (name, bytes) in files.Where(file => file.Key.EndsWith(".xls", StringComparison.OrdinalIgnoreCase)))
        {
            if (!files.TryGetValue(name + "x", out var twin)) continue;
            var (old, young) = (Workbook.Open(bytes, name), Workbook.Open(twin, name));
            twins++;
            if (Shown(old) != Shown(young)) different.Add(name);
        }
        output.WriteLine($"{twins} twins, {different.Count} of them different: {string.Join(", ", different)}");
        twins.ShouldBeGreaterThan(35);
        different.ShouldBe(NoTwins, ignoreOrder: true);
    }

    [Fact]
    public void A_sheet_that_fills_the_old_format_is_refused_because_its_end_may_be_missing()
    {
        var full = new OldWorkbook().Row(1, "Họ tên", "Tuổi");
        for (var row = 2; row <= 65_536; row++) full.Row(row, "An", 30.0);
        var problem = Workbook.Open(full.Bytes(), "a.xls").Problem;
        (problem.Code, problem.Details["rows"]).ShouldBe(("sheet.cut-off", "65.536"));

        var long1 = new OldWorkbook().Row(1, "Họ tên", "Tuổi");
        for (var row = 2; row <= 65_535; row++) long1.Row(row, "An", 30.0);
        Workbook.Open(long1.Bytes(), "a.xls").Value.RowCount.ShouldBe(65_534);
    }

    [Fact]
    public void Macros_passwords_and_links_are_refused_in_the_old_format_too()
    {
        Refusal(new OldWorkbook().Row(1, "Họ tên").Storage("_VBA_PROJECT_CUR").Bytes()).ShouldBe("sheet.macros");
        Refusal(new OldWorkbook().Row(1, "Họ tên").SheetType(1).Bytes()).ShouldBe("sheet.macros");
        Refusal(new OldWorkbook().Row(1, "Họ tên").Global(0x002F, new byte[54]).Bytes()).ShouldBe("sheet.encrypted");
        Refusal(new OldWorkbook().Row(1, "Họ tên").Global(0x01AE, 1, 0, 9, 0, 0, 1, 1, 2).Bytes()).ShouldBe("sheet.external-links");
        Refusal(OldWorkbook.Container(new byte[5000], "EncryptedPackage")).ShouldBe("sheet.encrypted");
        Refusal(OldWorkbook.Container(new byte[5000], "WordDocument")).ShouldBe("sheet.not-a-sheet");
        new OldWorkbook().Row(1, "Họ tên").Row(2, "An").Storage("Khác").Global(0x01AE, 1, 0, 1, 4).Bytes().ShouldSatisfyAllConditions(bytes => Workbook.Open(bytes, "a.xls").Value.RowCount.ShouldBe(1));
    }

    [Theory]
    [InlineData("<html><table><tr><td>An</td></tr></table></html>", "sheet.web-page")]
    [InlineData("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "sheet.web-page")]
    [InlineData("MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "sheet.web-page")]
    [InlineData("ID;PWXL;N;E\nC;Y1;X1;K\"An\"\nE\n", "sheet.not-a-sheet")]
    public void Something_else_under_the_name_of_an_old_workbook_is_told_by_what_it_is(string content, string refusal) =>
        Refusal(System.Text.Encoding.UTF8.GetBytes(content)).ShouldBe(refusal);

    [Fact]
    public void A_text_file_under_the_name_of_an_old_workbook_is_simply_read() =>
        Workbook.Open("Họ tên\tXã\nAn\tXuân Lộc\n"u8.ToArray(), "xuat.xls").Value.Rows.Single().Cells[1].Text.ShouldBe("Xuân Lộc");

    private static string Shown(Outcome<Sheet> outcome) => !outcome.Done ? outcome.Problem.Code
        : string.Join(" # ", outcome.Value.Names) + ": " + string.Join(" / ", outcome.Value.Rows.Select(row => row.Number + " " + string.Join('|', row.Cells.Select(cell => $"{cell.Kind}:{cell.Text}"))));
}
