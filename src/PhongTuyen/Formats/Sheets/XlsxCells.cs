using System.Globalization;
using System.Text;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Turns one cell element into what the user sees.</summary>
internal sealed class XlsxCells(string[] strings, XlsxStyle[] styles, bool since1904)
{
    private readonly StringBuilder buffer = new();

    /// <summary>The reader stands on the cell; afterwards on its end.</summary>
    public CellValue Read(XmlReader xml)
    {
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s");
        if (xml.IsEmptyElement) return default;
        var (value, formula, depth) = ("", false, xml.Depth);
        while (xml.Step() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "v":
                    value = XlsxText.Read(xml, buffer);
                    break;
                case "is":
                    value = XlsxText.Read(xml, buffer);
                    type = "inlineStr";
                    break;
                case "f":
                    formula = true;
                    xml.StepToEnd();
                    break;
                default:
                    xml.StepToEnd();
                    break;
            }
        }
        return Value(type, style, value, formula ? CellMarks.FormulaResult : CellMarks.None);
    }

    private CellValue Value(string? type, string? style, string value, CellMarks marks) => type switch
    {
        "s" => Shared(value, marks, Style(style).Font),
        "str" or "inlineStr" => CellTexts.OfText(value, value.Length == 0 ? marks : marks | Style(style).Font),
        "b" => new CellValue(value is "1" or "true" ? "TRUE" : "FALSE", CellKind.Boolean, marks),
        "e" => new CellValue("", CellKind.Error, marks),
        "d" => CellTexts.OfIso(value, Style(style).Format, marks),
        _ when value.Length == 0 => new CellValue("", CellKind.Empty, marks),
        _ => CellTexts.OfNumber(value.AsSpan().Trim(), Style(style).Format, since1904, marks),
    };

    private CellValue Shared(string value, CellMarks marks, CellMarks font) =>
        int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var index) && index < strings.Length
            ? CellTexts.OfText(strings[index], strings[index].Length == 0 ? marks : marks | font)
            : value.Length == 0 ? new CellValue("", CellKind.Empty, marks) : throw new SheetRefusedException(SheetProblems.Damaged());

    private XlsxStyle Style(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < styles.Length ? styles[index] : new(NumberFormat.General, CellMarks.None);
}
