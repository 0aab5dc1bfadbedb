using System.Globalization;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>How a cell looks, as far as it matters: the format of its numbers, and the old font of its texts.</summary>
internal readonly record struct XlsxStyle(NumberFormat Format, CellMarks Font);

/// <summary>The styles of a workbook, by the number that a cell's "s" attribute gives.</summary>
internal static class XlsxStyles
{
    public static XlsxStyle[] Read(XlsxPackage package, string part)
    {
        var codes = new Dictionary<int, NumberFormat>();
        var fonts = new List<CellMarks>();
        var cells = new List<(int Format, int Font)>();
        var (inCells, inFonts) = (false, false);
        using var xml = package.Xml(part);
        while (xml.Step())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.LocalName == "fonts") inFonts = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (inFonts && xml.LocalName == "font") fonts.Add(CellMarks.None);
            if (inFonts && xml.LocalName == "name" && fonts.Count > 0) fonts[^1] = LegacyFonts.Of(xml.GetAttribute("val") ?? "").Marks;
            if (xml.LocalName == "numFmt" && Number(xml.GetAttribute("numFmtId")) is { } id)
                codes[id] = NumberFormat.Of(xml.GetAttribute("formatCode") ?? "");
            if (inCells && xml.LocalName == "xf") cells.Add((Number(xml.GetAttribute("numFmtId")) ?? 0, Number(xml.GetAttribute("fontId")) ?? 0));
        }
        return [.. cells.Select(cell => new XlsxStyle(codes.TryGetValue(cell.Format, out var format) ? format : NumberFormat.BuiltIn(cell.Format), cell.Font < fonts.Count ? fonts[cell.Font] : CellMarks.None))];
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
