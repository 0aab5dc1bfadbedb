using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class SheetWriterTests
{
    private static readonly SheetColumn[] Columns = [new("Họ tên", 30), new("CCCD"), new("Ngày sinh"), new("Lúc"), new("Số ngày", 8)];
    private static readonly DateTimeOffset Moment = new(2021, 8, 5, 3, 30, 0, TimeSpan.Zero);
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<byte[]> WriteAsync(Func<Stream, SheetWriter> make, bool finish, params SheetCell[][] rows)
    {
        using var stream = new AsyncOnlyStream();
        await using (var writer = make(stream))
        {
            foreach (var row in rows) await writer.RowAsync(row, Ct);
            if (finish) await writer.FinishAsync(Ct);
        }
        return stream.ToArray();
    }

    private static Task<byte[]> XlsxAsync(params SheetCell[][] rows) => WriteAsync(stream => SheetWriter.Xlsx(stream, "Người cách ly", Columns), true, rows);
    private static Task<byte[]> CsvAsync(params SheetCell[][] rows) => WriteAsync(stream => SheetWriter.Csv(stream, Columns), true, rows);

    [Fact]
    public async Task An_xlsx_is_valid_and_gives_back_what_was_written()
    {
        var bytes = await XlsxAsync(["Đặng Thị Hoà", "079123456789", new DateOnly(1985, 8, 5), Moment, 14], ["An", default, new DateOnly(1899, 5, 1), default, 1234567890123456789L]);
        using (var document = SpreadsheetDocument.Open(new MemoryStream(bytes), false))
            new OpenXmlValidator().Validate(document, Ct).Select(fault => fault.Description).ShouldBeEmpty();
        var sheet = Workbook.Open(bytes, "a.xlsx").Value;
        sheet.Name.ShouldBe("Người cách ly");
        sheet.Header.ShouldBe(["Họ tên", "CCCD", "Ngày sinh", "Lúc", "Số ngày"]);
        sheet.Rows.Select(row => string.Join('|', row.Cells)).ShouldBe(["Đặng Thị Hoà|079123456789|1985-08-05|2021-08-05 10:30|14", "An||01/05/1899||1234567890123456789"]);
        sheet.Rows.First().Cells.Select(cell => cell.Kind).ShouldBe([CellKind.Text, CellKind.Text, CellKind.Date, CellKind.Date, CellKind.Number]);
    }

    [Fact]
    public async Task The_header_of_an_xlsx_is_bold_stays_in_view_and_filters()
    {
        var sheet = await PartAsync(await XlsxAsync(["An"], ["Bình"]), "xl/worksheets/sheet1.xml");
        sheet.ShouldContain("""<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>""");
        sheet.ShouldContain("""<autoFilter ref="A1:E3"/>""");
        sheet.ShouldContain("""<col min="1" max="1" width="30" customWidth="1"/>""");
        sheet.ShouldContain("""<c r="A1" s="3" t="inlineStr">""");
        (await PartAsync(await XlsxAsync(), "xl/styles.xml")).ShouldContain("<b/>");
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-1+1")]
    [InlineData("@SUM(1)")]
    [InlineData("  =1+1")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData("\0=1+1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠x")]
    [InlineData("\u200B=1+1")]
    [InlineData("'=1+1")]
    public async Task No_text_runs_as_a_formula(string text)
    {
        var csv = Encoding.UTF8.GetString(await CsvAsync([text])).Split("\r\n", 2)[1];
        csv.TrimStart('"').ShouldStartWith("'");
        var xlsx = await PartAsync(await XlsxAsync([text]), "xl/worksheets/sheet1.xml");
        xlsx.ShouldContain("""<c r="A2" s="2" t="inlineStr">""");
        xlsx.ShouldNotContain("<f");
        (await PartAsync(await XlsxAsync(), "xl/styles.xml")).ShouldContain("quotePrefix=\"1\"");
        foreach (var bytes in new[] { await CsvAsync([text]), await XlsxAsync([text]) })
            Workbook.Open(bytes, "a").Value.Rows.Single().Cells[0].Text.ShouldBe(text.Replace("\0", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("An;=1+1", "An;'=1+1")]
    [InlineData("An\n+cmd|x", "An\n'+cmd|x")]
    [InlineData("COVID-19, đợt 4", "COVID-19, đợt 4")]
    public async Task A_CSV_split_by_the_wrong_separator_runs_nothing_either(string text, string written) =>
        Encoding.UTF8.GetString(await CsvAsync([text])).ShouldContain($"\"{written}\"");

    [Fact]
    public async Task A_CSV_has_a_mark_its_lines_and_its_quotation_marks()
    {
        var bytes = await CsvAsync(["Nguyễn \"A\"", "079", new DateOnly(2021, 8, 5), Moment, -3.5m], ["B"]);
        bytes.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(bytes.AsSpan(3)).ShouldBe("Họ tên,CCCD,Ngày sinh,Lúc,Số ngày\r\n\"Nguyễn \"\"A\"\"\",079,2021-08-05,2021-08-05 10:30,-3.5\r\nB\r\n");
    }

    [Fact]
    public async Task A_list_cut_short_does_not_open_as_if_it_were_whole()
    {
        var rows = Enumerable.Repeat<SheetCell[]>(["An", "079"], 20_000).ToArray();
        var cut = await WriteAsync(stream => SheetWriter.Xlsx(stream, "x", Columns), false, rows);
        Workbook.Open(cut, "a.xlsx").Problem.Code.ShouldBe("sheet.damaged");
    }

    [Fact]
    public async Task A_name_that_Excel_forbids_and_a_text_too_long_are_mended()
    {
        var bytes = await WriteAsync(stream => SheetWriter.Xlsx(stream, "'F0/F1: [\"đợt\" 4] & một tên rất dài dài dài", [new("A&B")]), true, [new string('x', 40_000)]);
        using (var document = SpreadsheetDocument.Open(new MemoryStream(bytes), false)) new OpenXmlValidator().Validate(document, Ct).ShouldBeEmpty();
        var sheet = Workbook.Open(bytes, "a").Value;
        sheet.Name.Length.ShouldBeLessThanOrEqualTo(31);
        sheet.Rows.Single().Cells[0].Text.ShouldBe(new string('x', 32_766) + "…");
    }

    [Fact]
    public async Task More_cells_than_columns_are_a_mistake()
    {
        await using var writer = SheetWriter.Csv(Stream.Null, [new("A")]);
        Should.Throw<ArgumentException>(() => writer.RowAsync(["1", "2"], Ct).AsTask());
    }

    private static async Task<string> PartAsync(byte[] bytes, string part)
    {
        await using var archive = new ZipArchive(new MemoryStream(bytes));
        using var reader = new StreamReader(archive.GetEntry(part)!.Open());
        return await reader.ReadToEndAsync(Ct);
    }
}
