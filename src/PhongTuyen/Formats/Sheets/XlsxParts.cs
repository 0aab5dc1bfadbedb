using System.Buffers;
using System.Globalization;
using System.Text;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>The parts of a workbook that are the same for every list, and the frame of its only sheet.</summary>
internal static class XlsxParts
{
    public const string SheetPart = "xl/worksheets/sheet1.xml";

    /// <summary>Places in cellXfs of the style part below.</summary>
    public const int StyleNumber = 0, StyleText = 1, StyleQuoted = 2, StyleHeader = 3, StyleDate = 4, StyleMoment = 5;

    private const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static IEnumerable<(string Part, string Content)> Fixed(string sheetName)
    {
        yield return ("[Content_Types].xml", Head + """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """);
        yield return ("_rels/.rels", Head + $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        yield return ("xl/workbook.xml", Head + $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{Attribute(NameOf(sheetName))}" sheetId="1" r:id="rId1"/></sheets></workbook>
            """);
        yield return ("xl/_rels/workbook.xml.rels", Head + $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
            """);
        // Texts have the format "@", so that a cell that is edited stays a text; quotePrefix keeps one that begins with "=" from turning into a formula then.
        yield return ("xl/styles.xml", Head + $"""
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """);
    }

    public static void BeginSheet(IBufferWriter<byte> into, IReadOnlyList<SheetColumn> columns)
    {
        Write(into, $"""{Head}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>""");
        for (var i = 0; i < columns.Count; i++)
            Write(into, string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{Math.Clamp(columns[i].Width, 1, 255)}" customWidth="1"/>"""));
        Write(into, "</cols><sheetData>");
    }

    /// <param name="lastCell">The lower right corner of what the filter covers.</param>
    public static void EndSheet(IBufferWriter<byte> into, string lastCell) => Write(into, $"""</sheetData><autoFilter ref="A1:{lastCell}"/></worksheet>""");

    /// <summary>Excel allows a name 31 characters, none of : \ / ? * [ ] and no apostrophe at either end.</summary>
    private static string NameOf(string name)
    {
        var allowed = string.Concat(XmlText.Valid(name).Select(c => ":\\/?*[]".Contains(c, StringComparison.Ordinal) || char.IsControl(c) ? ' ' : c)).Trim(' ', '\'');
        if (allowed.Length > 31) allowed = VietnameseText.Cut(allowed, 31).Trim(' ', '\'');
        return allowed.Length == 0 ? "Sheet1" : allowed;
    }

    private static string Attribute(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace("\"", "&quot;").ToString();

    private static void Write(IBufferWriter<byte> into, string text) => Encoding.UTF8.GetBytes(text, into);
}
