using System.Text;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class LimitTests
{
    private static string Refusal(byte[] bytes, string name = "danh-sach.xlsx") => Workbook.Open(bytes, name).Problem.Code;
    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_file_over_200_MB_is_refused_before_it_is_read_to_its_end()
    {
        using var endless = new EndlessStream();
        SheetReader.Open(endless, "a.xlsx").Problem.Code.ShouldBe("sheet.too-large");
        endless.Given.ShouldBeLessThan(201 * 1024 * 1024);
    }

    [Fact]
    public void Columns_and_cells_beyond_the_limit_are_named()
    {
        Workbook.Of(Workbook.Rows(["Họ tên"]) + """<row r="2"><c r="GS2"><v>1</v></c></row>""").Open().Problem.Code.ShouldBe("sheet.too-many-columns");
        Workbook.Of(Workbook.Rows(["Họ tên"]) + """<row r="2"><c r="GR2"><v>1</v></c><c r="XFD2" s="0"/></row>""").Open().Value.Header.Count.ShouldBe(200);
        var tooLong = Workbook.Of(Workbook.Rows(["Họ tên"]) + $"""<row r="2"><c r="B2" t="inlineStr"><is><t>{new string('x', 32_768)}</t></is></c></row>""").Open().Problem;
        (tooLong.Code, tooLong.Details["cell"]).ShouldBe(("sheet.cell-too-long", "B2"));
        Workbook.Of(Workbook.Rows(["Họ tên"]) + $"""<row r="2"><c r="B2" t="inlineStr"><is><t>{new string('x', 32_767)}</t></is></c></row>""").Open().Done.ShouldBeTrue();
        Workbook.Open(Utf8("a,b\n1," + new string('x', 32_768)), "a.csv").Problem.Details["cell"].ShouldBe("B2");
        Refusal(Utf8("a" + new string(',', 200) + "b"), "a.csv").ShouldBe("sheet.too-many-columns");
    }

    [Theory]
    [InlineData(1_048_575, null)]
    [InlineData(1_048_576, "sheet.too-many-rows")]
    public void As_many_rows_as_a_sheet_has_are_read_and_not_one_more(int rows, string? refusal)
    {
        var xlsx = Workbook.Of(Workbook.Rows(["DANH SÁCH"], ["Họ tên", "Tuổi"]) + string.Concat(Enumerable.Range(1, rows).Select(i => $"<row><c><v>{i * 7919L}</v></c><c><v>{i % 97}</v></c></row>"))).Open();
        var csv = Workbook.Open(Utf8("Họ tên,Tuổi\n" + string.Concat(Enumerable.Repeat("An,30\n", rows))), "a.csv");
        foreach (var outcome in new[] { xlsx, csv })
        {
            if (refusal is not null) outcome.Problem.Code.ShouldBe(refusal);
            else (outcome.Value.RowCount, outcome.Value.Rows.Count()).ShouldBe((rows, rows));
        }
    }

    [Theory]
    [InlineData("<row>", "")]
    [InlineData("<row x=\"", "\"/>")]
    [InlineData("<row><c><v>", "</v></c></row>")]
    public void XML_that_is_made_to_fill_the_memory_is_refused_early(string before, string after)
    {
        var filler = before == "<row>" ? string.Concat(Enumerable.Repeat(before, 1_000_000)) : before + new string('1', 5_000_000);
        var bytes = Workbook.Of(filler + after).Bytes();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Refusal(bytes).ShouldBe("sheet.damaged");
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(20_000_000);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }
    }
}
