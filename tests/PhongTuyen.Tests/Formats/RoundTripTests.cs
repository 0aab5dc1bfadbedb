using FsCheck;
using FsCheck.Fluent;
using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class RoundTripTests
{
    private static readonly string[] Pieces =
    [
        "Nguyễn", "Thị", "Hoà", "Đặng", "đường 3/2", "😀", "👩‍⚕️", "\n", "\r\n", "\r", "\t", " ", "  ", "0", "079", "=", "+84", "-", "@", "＝", "＠", "'", "''", "\"", "\"\"", ",", ";", "|",
        "&", "<b>", "]]>", "_x000D_", "_x", "0041_", "_", "\uFEFF", "\u200B", "\u00A0", "#N/A ", "\u0301", "sep=;", "{", "<",
    ];

    private static readonly Gen<string> Text = Gen.ArrayOf(Gen.OneOf(
        Gen.Elements(Pieces), Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<char>().Where(c => c >= ' ' && !char.IsSurrogate(c) && c < '\uFFFE').Select(c => c.ToString()))).Select(string.Concat);

    private static readonly Arbitrary<string[][]> Lists = Gen.ArrayOf(Gen.ArrayOf(Text, 4)).ToArbitrary();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reading_what_was_written_gives_the_same_texts(bool xlsx) => Prop.ForAll(Lists, rows =>
    {
        using var stream = new MemoryStream();
        SheetColumn[] columns = [new("STT"), new("Họ và tên"), new("Địa chỉ"), new("Ghi chú; khác"), new("Số")];
        var writer = xlsx ? SheetWriter.Xlsx(stream, "x", columns) : SheetWriter.Csv(stream, columns);
        foreach (var row in rows) writer.RowAsync(["1", .. row.Select(SheetCell.Text)]).AsTask().GetAwaiter().GetResult();
        writer.FinishAsync().GetAwaiter().GetResult();
        stream.Position = 0;
        var sheet = SheetReader.Open(stream, "a").Value;
        // Texts with many more letters than the header do not matter: a row names a column but once, and the upper of equals is the header.
        sheet.HeaderRow.ShouldBe(1);
        sheet.Header.ShouldBe(["STT", "Họ và tên", "Địa chỉ", "Ghi chú; khác", "Số"]);
        sheet.Rows.Select(row => row.Cells.Skip(1).Select(cell => cell.Text).ToArray()).ToArray().ShouldBe(rows);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_guard_of_a_CSV_can_be_undone() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        FormulaGuard.Unguard(FormulaGuard.Guard(text)).ShouldBe(text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
}
