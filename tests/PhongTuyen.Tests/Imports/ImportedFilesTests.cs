using System.Text;
using PhongTuyen.Accounts;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Imports;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.Formats;
using PhongTuyen.Tests.House;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Imports;

/// <summary>Files as districts really have them: typed in old fonts, with merged cells and headers in two languages.</summary>
[Trait("Category", "Database")]
public sealed class ImportedFilesTests(TestHouse house) : IClassFixture<TestHouse>
{
    private AccountId By => house.Place.OfficerA;

    private Task<ImportId> UploadAsync(byte[] bytes, string name) => house.UploadAsync(By, house.Place.CentreA, new MemoryStream(bytes), name, ListAbout.Persons);

    private Task<Outcome<ImportState>> ReadAsAsync(ImportId id, LegacyLetters letters) =>
        house.RunAsync<SteerImport, ImportState>(By, use => use.ReadAsAsync(id, letters, CancellationToken.None), Permission.Import);

    [Fact]
    [Answers("R4")]
    public async Task A_list_typed_in_an_old_font_is_put_into_Unicode_said_so_and_taken_back_at_a_word()
    {
        var typed = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Hä vµ tªn;N¨m sinh;Giíi tÝnh\r\nNguyÔn ThÞ Th­¬ng;1985;N÷\r\nTrÇn V¨n ¸nh;1990;Nam\r\nJohn Smith;1970;Nam\r\n");
        var id = await UploadAsync(typed, "abc.csv");
        var run = await house.RunOfAsync(By, id);
        run.Headers.ShouldBe(["Họ và tên", "Năm sinh", "Giới tính"]);
        (run.ReadAs.Letters, run.ReadAs.Converted).ShouldBe((LegacyLetters.Tcvn3, 3));
        Mapping.Read(run.Mapping).Columns["Họ và tên"].ShouldBe("person.name");
        var rows = await house.RowsAsync(By, id);
        (rows[0].Cells[0], rows[0].Typed[0], rows[2].Typed.Count).ShouldBe(("Nguyễn Thị Thương", "NguyÔn ThÞ Th­¬ng", 0));
        (await house.CheckAsync(By, id)).Accepted.ShouldBe(3);

        (await ReadAsAsync(id, LegacyLetters.None)).Value.ShouldBe(ImportState.Mapping);
        run = await house.RunOfAsync(By, id);
        run.Headers[0].ShouldBe("Hä vµ tªn");
        Mapping.Read(run.Mapping).Columns["Hä vµ tªn"].ShouldBe("person.name");
        (await house.RowsAsync(By, id))[0].Cells[0].ShouldBe("NguyÔn ThÞ Th¬ng", "as typed, but for the soft hyphen, which no name holds");
        (run.ReadAs.Letters, run.ReadAs.Converted).ShouldBe((LegacyLetters.None, 3));

        (await ReadAsAsync(id, LegacyLetters.Tcvn3)).Value.ShouldBe(ImportState.Mapping);
        (await house.CheckAsync(By, id)).Accepted.ShouldBe(3);
        (await house.CommitAsync(By, id)).Accepted.ShouldBe(3);
        (await house.CountAsync("SELECT count(*) FROM pt.person WHERE import_id = $1 AND name = 'Nguyễn Thị Thương'", id.Value)).ShouldBe(1);
        (await ReadAsAsync(id, LegacyLetters.Vni)).Problem.Code.ShouldBe("import.not-now");
    }

    [Fact]
    public async Task Merged_cells_two_languages_and_numbers_of_columns_leave_one_row_a_person()
    {
        var bytes = Workbook.Of(Workbook.Rows(["DANH SÁCH NGƯỜI CÁCH LY"], ["STT", "Họ và tên", "Năm sinh", "Điện thoại"], ["No.", "Full name", "Year of birth", "Phone"], ["(1)", "(2)", "(3)", "(4)"],
            ["1", "Phùng Văn Gộp", "1971", "0912000111"], ["2", "Phùng Thị Gộp", "1975", ""], ["3", "Phùng Văn Con", "1999", "0912000222"]), """<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="D5:D6"/></mergeCells>""").Bytes();
        var id = await UploadAsync(bytes, "gop.xlsx");
        var run = await house.RunOfAsync(By, id);
        run.Headers.ShouldBe(["STT / No.", "Họ và tên / Full name", "Năm sinh / Year of birth", "Điện thoại / Phone"]);
        (run.Read, run.ReadAs.FromAbove).ShouldBe((3, 1));
        Mapping.Read(run.Mapping).Columns.Values.ShouldBe(["person.name", "person.birth", "person.phone"], ignoreOrder: true);
        (await house.RowsAsync(By, id)).Select(row => row.Cells[3]).ShouldBe(["0912000111", "0912000111", "0912000222"]);
    }

    [Fact]
    public async Task An_old_workbook_comes_in_like_any_other()
    {
        var old = new OldWorkbook().Row(1, "Họ và tên", "Ngày sinh", "Số giấy tờ").Row(2, "Mạc Văn Cũ", "5/8/1985", 79_085_123_456.0).Row(3, "Mạc Thị Cũ", "1990", "079190123456");
        var run = await house.CheckAsync(By, await UploadAsync(old.Bytes(), "cu.xls"));
        (run.Accepted, run.Rejected, run.FileName).ShouldBe((2, 0, "cu.xls"));
    }
}
