using System.Globalization;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>The number formats of a workbook, by the number that a cell's "s" attribute gives.</summary>
internal static class XlsxStyles
{
    public static NumberFormat[] Read(XlsxPackage package, string part)
    {
        var codes = new Dictionary<int, NumberFormat>();
        var cells = new List<int>();
        var inCells = false;
        using var xml = package.Xml(part);
        while (xml.Step())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Number(xml.GetAttribute("numFmtId")) is { } id)
                codes[id] = NumberFormat.Of(xml.GetAttribute("formatCode") ?? "");
            if (inCells && xml.LocalName == "xf") cells.Add(Number(xml.GetAttribute("numFmtId")) ?? 0);
        }
        return [.. cells.Select(id => codes.TryGetValue(id, out var format) ? format : NumberFormat.BuiltIn(id))];
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
