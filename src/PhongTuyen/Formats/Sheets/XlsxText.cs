using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Texts of a workbook: plain, rich (runs are joined), shared or in the cell.</summary>
internal static partial class XlsxText
{
    /// <exception cref="SheetRefusedException">More texts than a list of a million rows can need.</exception>
    public static string[] ReadShared(XlsxPackage package, string part)
    {
        var strings = new List<string>();
        var characters = 0L;
        using var xml = package.Xml(part);
        var into = new StringBuilder();
        while (xml.Step())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si") continue;
            var text = Read(xml, into);
            strings.Add(text);
            characters += text.Length;
            if (strings.Count > SheetLimits.SharedTexts || characters > SheetLimits.SharedCharacters) throw new SheetRefusedException(SheetProblems.UnpacksTooLarge());
        }
        return [.. strings];
    }

    /// <summary>
    /// The text of the element on which the reader stands, and of its runs; the reading aids of East Asian texts are left out.
    /// Ends on the end of the element. Keeps one character more than a cell may hold, so that too long a text is noticed but never built.
    /// </summary>
    public static string Read(XmlReader xml, StringBuilder into)
    {
        into.Clear();
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var whole = xml.LocalName is "v";
        var inText = whole;
        while (xml.Step() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh":
                    xml.StepToEnd();
                    break;
                case XmlNodeType.Element:
                    inText = xml.LocalName == "t" && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    inText = whole;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when inText:
                    Append(xml, into);
                    break;
            }
        }
        return Unescape(into.ToString());
    }

    private static void Append(XmlReader xml, StringBuilder into)
    {
        var chunk = chunkOfThread ??= new char[1024];
        for (int read; (read = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0;)
            into.Append(chunk, 0, Math.Min(read, SheetLimits.CellCharacters + 1 - into.Length));
    }

    [ThreadStatic]
    private static char[]? chunkOfThread;

    /// <summary>Excel writes characters that XML cannot hold as _x000D_.</summary>
    private static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? XmlText.Valid(Escaped().Replace(text, match => ((char)ushort.Parse(match.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()))
        : text;

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escaped();
}
