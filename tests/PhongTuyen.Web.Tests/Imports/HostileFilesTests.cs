using System.IO.Compression;
using System.Net;
using System.Text;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Web.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Web.Tests.Imports;

/// <summary>Files as they really come: each that is not taken says why in one sentence and leaves nothing behind; each that can be read loses nothing.</summary>
[Trait("Category", "Database")]
public sealed class HostileFilesTests(WebTestHouse house) : IClassFixture<WebTestHouse>
{
    private const string Header = "Họ và tên,Năm sinh,Giới tính";

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(house.House.Admin);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task<byte[]> ListAsync() => ListOnPages.XlsxAsync(Header.Split(','), [new SheetCell[] { "An", 1985, "Nam" }]);

    /// <summary>A workbook with another content of its sheet.</summary>
    private static byte[] Changed(byte[] xlsx, Action<Stream> write)
    {
        var memory = new MemoryStream();
        memory.Write(xlsx);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.Entries.First(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal));
            var name = old.FullName;
            old.Delete();
            using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            write(part);
        }
        return memory.ToArray();
    }

    private static byte[] Sheet(byte[] xlsx, string rows) => Changed(xlsx, part => part.Write(Encoding.UTF8.GetBytes($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>")));

    private static string Cell(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static async Task<byte[]> FileAsync(string kind) => kind switch
    {
        "bomb" => Changed(await ListAsync(), part =>
        {
            var nothing = new byte[1024 * 1024];
            for (var i = 0; i < 260; i++) part.Write(nothing);
        }),
        "columns" => ListOnPages.Csv(string.Join(',', Enumerable.Range(1, 1000).Select(i => "cột " + i)), string.Join(',', Enumerable.Repeat("x", 1000))),
        // Windows-1258: «Họ và tên» with its marks as single bytes.
        "windows-1258" => [.. "H"u8, 0xF4, 0xF2, .. " v"u8, 0xE0, .. " t"u8, 0xEA, .. "n,Tu\r\nL"u8, 0xEA, .. ",3\r\n"u8],
        "utf-16-without-mark" => Encoding.Unicode.GetBytes(Header + "\r\nLê Văn An,1985,Nam\r\n"),
        "empty" => [],
        "blank" => Encoding.UTF8.GetBytes(" \r\n \r\n"),
        "pdf" => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj"),
        "web-page" => Encoding.UTF8.GetBytes("<html><body><table><tr><td>An</td></tr></table></body></html>"),
        // The header of such a container and the name of the stream within it, and nothing of the rest.
        "old-excel" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[1144], .. Encoding.Unicode.GetBytes("Workbook"), .. new byte[48], 18, 0, .. new byte[900]],
        "open-quote" => ListOnPages.Csv(Header, "\"Lê Văn An,1985,Nam", "Trần Thị Bình,1990,Nữ"),
        "too-large" => Filled(new byte[SheetLimits.FileBytes + 1]),
        "rows" => ListOnPages.Csv([Header, .. Enumerable.Range(0, SheetLimits.Rows + 1).Select(i => $"A{i},1985,Nam")]),
        "cut-short" => (await ListAsync())[..600],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static byte[] Filled(byte[] bytes)
    {
        Array.Fill(bytes, (byte)'a');
        return bytes;
    }

    [Theory]
    [InlineData("bomb", "khi giải nén lớn quá mức")]
    [InlineData("columns", "có hơn 200 cột")]
    [InlineData("windows-1258", "không theo mã UTF-8")]
    [InlineData("utf-16-without-mark", "không phải là danh sách đọc được")]
    [InlineData("empty", "không có nội dung")]
    [InlineData("blank", "không có nội dung")]
    [InlineData("pdf", "không phải là danh sách đọc được")]
    [InlineData("web-page", "trang web hoặc tệp XML")]
    [InlineData("old-excel", "bị hỏng")]
    [InlineData("open-quote", "không được đóng")]
    [InlineData("too-large", "lớn hơn 200 MB")]
    [InlineData("rows", "có hơn 1.048.575 dòng. Chưa đọc dòng nào")]
    [InlineData("cut-short", "bị hỏng")]
    public async Task A_file_that_is_not_taken_says_why_and_leaves_nothing(string kind, string sentence)
    {
        var clerk = await house.AsAsync("clerk-a");
        var before = await CountAsync("SELECT count(*) FROM pt.import_run");
        var page = await clerk.UploadAsync(await FileAsync(kind), kind == "bomb" ? "bom.xlsx" : "danh sách.csv", ("Form.About", "Cases"));
        page.Status.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.RequestEntityTooLarge);
        page.Main.ShouldContain(sentence);
        page.Form("Form.About").Fields.ShouldContain(field => field.Key == "Form.About" && field.Value == "Cases", "what was chosen is still chosen");
        (await CountAsync("SELECT count(*) FROM pt.import_run")).ShouldBe(before);
        house.Faults.Kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_is_named()
    {
        var page = await (await house.AsAsync("clerk-a")).UploadAsync(await ListAsync(), "a.xlsx", ("Form.Sheet", "Tháng 8"));
        page.Main.ShouldContain("Sổ tính không có trang tính “Tháng 8”");
    }

    private async Task<string> FirstRowAsync(byte[] file, string name, params (string, string)[] fields)
    {
        var clerk = await house.AsAsync("clerk-a");
        var columns = await clerk.UploadAsync(file, name, ("Form.About", "Persons"));
        var preview = await clerk.PostAsync(columns, "Form.Columns[0]", [.. fields.Select(field => (field.Item1, (string?)field.Item2))]);
        return (await clerk.GetAsync(Links.ImportRows(ListOnPages.IdOf(preview), "Ready"))).Main;
    }

    [Fact]
    public async Task Formulas_give_the_value_that_was_stored_and_never_run()
    {
        var row = await FirstRowAsync(Sheet(await ListAsync(), $"<row>{Cell("Họ và tên")}{Cell("Năm sinh")}{Cell("Nghề nghiệp")}</row><row><c t=\"str\"><f>CONCATENATE(\"Lê \",\"An\")</f><v>Lê Công Thức</v></c><c><f>2021-36</f><v>1985</v></c><c t=\"str\"><f>HYPERLINK(\"http://x\",\"y\")</f><v>y</v></c></row>"), "công thức.xlsx");
        row.ShouldContain("Lê Công Thức");
        row.ShouldContain("Ngày hoặc năm sinh: 1985");
        row.ShouldNotContain("HYPERLINK");
    }

    [Fact]
    public async Task Serial_numbers_that_are_dates_are_read_as_dates()
    {
        var row = await FirstRowAsync(await ListOnPages.XlsxAsync(["Họ và tên", "Ngày sinh"], [new SheetCell[] { "Trần Số Ngày", new DateOnly(1985, 8, 5) }]), "ngày.xlsx");
        row.ShouldContain("Ngày hoặc năm sinh: 1985-08-05");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public async Task Semicolons_quotes_and_line_breaks_within_cells_lose_nothing(string encoding)
    {
        var text = "Họ và tên;Năm sinh;Địa chỉ\r\n\"Phạm\nÚt Dòng\";1985;\"Số 5 \"\"nhà mới\"\"; ngõ 3,\nđường Trần Phú\"\r\n";
        var row = await FirstRowAsync([.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(text)], "địa chỉ.csv");
        row.ShouldContain("Phạm Út Dòng");
        row.ShouldContain("Địa chỉ: Số 5 \"nhà mới\"; ngõ 3, đường Trần Phú");
    }

    [Fact]
    public async Task Columns_of_one_name_are_told_apart_and_both_kept()
    {
        var columns = await (await house.AsAsync("clerk-a")).UploadAsync(ListOnPages.Csv("Họ và tên,Ghi chú,Ghi chú,,Năm sinh", "Hồ Văn Trùng,một,hai,ba,1985"), "trùng tiêu đề.csv");
        foreach (var part in new[] { "Ghi chú một", "Ghi chú (2) hai", "(D) ba" }) columns.Main.ShouldContain(part);
    }
}
