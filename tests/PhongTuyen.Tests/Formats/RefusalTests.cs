using System.Reflection;
using System.Text;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Formats;

public sealed class RefusalTests
{
    private static string Refusal(byte[] bytes, string name = "danh-sach.xlsx") => Workbook.Open(bytes, name).Problem.Code;
    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void Binary_workbooks_are_refused_by_content() => Refusal(Workbook.Of("").Part("xl/workbook.bin", "x").Bytes()).ShouldBe("sheet.binary-format");

    [Fact]
    public void A_workbook_with_a_password_is_refused() => Refusal(OldWorkbook.Container(new byte[5_000], "EncryptedPackage")).ShouldBe("sheet.encrypted");

    [Fact]
    public void A_workbook_with_macros_is_refused_under_any_name()
    {
        Refusal(Workbook.Of("").Part("xl/vbaProject.bin", "x").Bytes()).ShouldBe("sheet.macros");
        Refusal(Workbook.Of("").Part("[Content_Types].xml",
            """<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>""").Bytes()).ShouldBe("sheet.macros");
        Refusal(WithRelation("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet")).ShouldBe("sheet.macros");
    }

    [Fact]
    public void A_workbook_that_takes_values_from_other_files_is_refused() =>
        Refusal(WithRelation("http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink")).ShouldBe("sheet.external-links");

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/sharedStrings.xml")]
    public void A_billion_laughs_are_not_told(string part)
    {
        var laughs = new StringBuilder("""<!DOCTYPE lolz [<!ENTITY l0 "lol">""");
        for (var i = 1; i < 10; i++) laughs.Append("<!ENTITY l").Append(i).Append(" \"").Append(string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))).Append("\">");
        laughs.Append("]><sst><si><t>&l9;</t></si></sst>");
        Refusal(Workbook.Of("<row><c t=\"s\"><v>0</v></c></row>").Part(part, laughs.ToString()).Bytes()).ShouldBe("sheet.declarations");
    }

    [Fact]
    public void What_is_no_sheet_is_refused()
    {
        Refusal(Utf8("%PDF-1.7 …")).ShouldBe("sheet.not-a-sheet");
        Refusal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]).ShouldBe("sheet.not-a-sheet");
        Refusal(OldWorkbook.Container(new byte[5_000], "WordDocument")).ShouldBe("sheet.not-a-sheet");
        Refusal(Workbook.Zip(("word/document.xml", Utf8("<document/>")), ("_rels/.rels", Utf8("""<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>""")))).ShouldBe("sheet.not-a-sheet");
        Refusal(Workbook.Zip(("mimetype", Utf8("application/vnd.oasis.opendocument.spreadsheet")))).ShouldBe("sheet.not-a-sheet");
        Refusal(Utf8("""{"a": 1}"""), "a.csv").ShouldBe("sheet.not-a-sheet");
        Refusal([.. Utf8(string.Concat(Enumerable.Repeat("An,30\n", 20_000))), 0], "a.csv").ShouldBe("sheet.not-a-sheet");
        Refusal(Utf8("\n<html><table><tr><td>An</td></tr></table></html>"), "a.xls").ShouldBe("sheet.web-page");
    }

    [Fact]
    public void An_empty_file_or_workbook_is_refused()
    {
        Refusal([]).ShouldBe("sheet.empty");
        Refusal(Utf8("\uFEFF \r\n\r\n"), "a.csv").ShouldBe("sheet.empty");
        Refusal(Utf8(";;;\r\n;;;\r\n"), "a.csv").ShouldBe("sheet.empty");
        Refusal(Workbook.Of("<row r=\"1\"><c r=\"A1\"/></row>").Bytes()).ShouldBe("sheet.empty");
    }

    [Fact]
    public void Damage_is_refused()
    {
        var whole = Workbook.Of(Workbook.Rows(["Họ tên"], ["An"])).Bytes();
        Refusal(whole[..(whole.Length / 2)]).ShouldBe("sheet.damaged");
        Refusal(Workbook.Of("<row><c>").Bytes()).ShouldBe("sheet.damaged");
        Refusal(Workbook.Of("""<row><c t="s"><v>7</v></c></row>""").Bytes()).ShouldBe("sheet.damaged");
        Refusal(Utf8("Họ tên,Xã\nAn,\"mở mà không đóng\nBình,B\n"), "a.csv").ShouldBe("sheet.quote-not-closed");
    }

    [Fact]
    public void Letters_that_are_not_Unicode_are_refused_rather_than_damaged()
    {
        Refusal(Encoding.Latin1.GetBytes("Name,Commune\nJosé,Xã\n"), "a.csv").ShouldBe("sheet.encoding");
        Refusal([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00], "a.csv").ShouldBe("sheet.encoding");
    }

    [Fact]
    public void Every_refusal_speaks_both_languages_and_fills_its_sentence()
    {
        var words = new Words(typeof(SheetProblems).Assembly);
        foreach (var method in typeof(SheetProblems).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            var problem = (Problem)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(int) ? 65_536 : (object)"B2")])!;
            foreach (var language in new[] { Language.Vietnamese, Language.English }) words.Say(language, problem).ShouldNotContain("{");
            words.Has(Language.Vietnamese, "problem." + problem.Code).ShouldBeTrue(problem.Code);
            words.Has(Language.English, "problem." + problem.Code).ShouldBeFalse("English stands in the code, once.");
        }
    }

    private static byte[] WithRelation(string type)
    {
        var relations = $"""<Relationships><Relationship Id="s1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="e1" Type="{type}" Target="other/one.xml"/></Relationships>""";
        return Workbook.Of(Workbook.Rows(["Họ tên"])).Part("xl/_rels/workbook.xml.rels", relations).Bytes();
    }
}
