using PhongTuyen.Formats.Sheets;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class CellReadingTests
{
    /// <summary>The cell in column B under a header, with a number format of its own.</summary>
    private static CellValue Cell(string cell, string format = "General", bool since1904 = false)
    {
        var workbook = Workbook.Of(Workbook.Rows(["Họ tên", "Giá trị"]) + $"""<row r="2">{Workbook.Text("An")}{cell}</row>""").Formats(format);
        return (since1904 ? workbook.Since1904() : workbook).Open().Value.Rows.Single().Cells[1];
    }

    [Fact]
    public void A_document_number_stored_as_a_number_keeps_its_digits_and_is_marked()
    {
        foreach (var stored in new[] { "79123456789", "7.9123456789E10", "7.9123456789E+10", "79123456789.0" })
        {
            var cell = Cell($"<c><v>{stored}</v></c>");
            cell.Text.ShouldBe("79123456789");
            cell.Kind.ShouldBe(CellKind.Number);
            cell.Marks.ShouldBe(CellMarks.NumberStoredAsNumber);
        }
    }

    [Theory]
    [InlineData("37.5", "37.5")]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("-4", "-4")]
    [InlineData("0", "0")]
    [InlineData("1E-05", "0.00001")]
    [InlineData(" 5 ", "5")]
    public void A_number_is_written_as_Excel_shows_it(string stored, string text)
    {
        Cell($"<c><v>{stored}</v></c>").Text.ShouldBe(text);
        Cell($"<c><v>{stored}</v></c>").Marks.ShouldBe(CellMarks.None);
    }

    [Fact]
    public void A_number_beyond_15_digits_says_that_digits_are_lost() =>
        Cell("<c><v>1234567890123450000</v></c>").Has(CellMarks.DigitsLost).ShouldBeTrue();

    [Theory]
    [InlineData("000000000000", "79123456789", "079123456789")]
    [InlineData("\"0\"#########", "912345678", "0912345678")]
    public void Zeros_that_the_number_format_shows_are_kept(string format, string stored, string shown)
    {
        var cell = Cell($"""<c s="1"><v>{stored}</v></c>""", format);
        cell.Text.ShouldBe(shown);
        cell.Marks.ShouldBe(CellMarks.None);
    }

    [Theory]
    [InlineData("dd/mm/yyyy", "44413", "2021-08-05")]
    [InlineData("dd/mm/yyyy hh:mm", "44413.4375", "2021-08-05 10:30")]
    [InlineData("dd/mm/yyyy hh:mm", "44413", "2021-08-05")]
    [InlineData("dd/mm/yyyy", "44413.4375", "2021-08-05")]
    [InlineData("[$-1010000]d/m/yyyy;@", "31264", "1985-08-05")]
    [InlineData("\"ngày\" dd \"tháng\" mm", "44413", "2021-08-05")]
    [InlineData("d/m/yy", "59", "1900-02-28")]
    [InlineData("d/m/yy", "61", "1900-03-01")]
    [InlineData("h:mm", "44413.4375", "2021-08-05 10:30")]
    [InlineData("dd/mm/yyyy hh:mm", "44413.999999", "2021-08-06")]
    public void A_serial_number_with_a_date_format_is_a_date(string format, string stored, string shown)
    {
        var cell = Cell($"""<c s="1"><v>{stored}</v></c>""", format);
        (cell.Kind, cell.Text).ShouldBe((CellKind.Date, shown));
    }

    [Fact]
    public void A_workbook_that_counts_from_1904_gives_the_same_days()
    {
        Cell("""<c s="1"><v>42951</v></c>""", "dd/mm/yyyy", since1904: true).Text.ShouldBe("2021-08-05");
        Cell("""<c s="1"><v>0</v></c>""", "dd/mm/yyyy", since1904: true).Text.ShouldBe("1904-01-01");
    }

    [Theory]
    [InlineData("h:mm", "0.4375", "10:30")]
    [InlineData("[h]:mm", "1.0625", "25:30")]
    public void A_time_without_a_day_stays_a_time(string format, string stored, string shown)
    {
        var cell = Cell($"""<c s="1"><v>{stored}</v></c>""", format);
        (cell.Kind, cell.Text).ShouldBe((CellKind.Time, shown));
    }

    [Theory]
    [InlineData("dd/mm/yyyy", "-5")]
    [InlineData("dd/mm/yyyy", "99999999")]
    [InlineData("d/m/yy", "60")]
    [InlineData("#,##0 USD", "44413")]
    [InlineData("0.00E+00", "44413")]
    [InlineData("0 \"days\"", "44413")]
    [InlineData("[Red]General", "44413")]
    public void What_shows_no_date_stays_a_number(string format, string stored)
    {
        var cell = Cell($"""<c s="1"><v>{stored}</v></c>""", format);
        (cell.Kind, cell.Text).ShouldBe((CellKind.Number, stored));
    }

    [Fact]
    public void Truth_errors_formulas_and_strict_dates_are_read()
    {
        Cell("""<c t="b"><v>1</v></c>""").Text.ShouldBe("TRUE");
        var error = Cell("""<c t="e"><f>VLOOKUP(A1,B:C,2)</f><v>#N/A</v></c>""");
        (error.Kind, error.Text, error.Marks).ShouldBe((CellKind.Error, "", CellMarks.FormulaResult));
        var formula = Cell("""<c t="str"><f>A2&amp;"x"</f><v>Anx</v></c>""");
        (formula.Kind, formula.Text, formula.Marks).ShouldBe((CellKind.Text, "Anx", CellMarks.FormulaResult));
        Cell("""<c t="d"><v>2021-08-05T10:30:00</v></c>""").Text.ShouldBe("2021-08-05 10:30");
        Cell("""<c t="d"><v>PT1H30M0S</v></c>""").Text.ShouldBe("01:30");
        Cell("""<c t="inlineStr"><is><t>=HYPERLINK("x")</t></is></c>""").Has(CellMarks.LooksLikeFormula).ShouldBeTrue();
        Cell("""<c t="inlineStr"><is><t>+84912345678</t></is></c>""").Marks.ShouldBe(CellMarks.None);
    }
}
