using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Text within XML.</summary>
internal static partial class XmlText
{
    // Control characters, halves of pairs and the two that are none; & < > and CR; _ may begin what Excel takes for _x000D_.
    private static readonly SearchValues<char> Special = SearchValues.Create([.. Between('\0', '\u001F').Except("\t\n"), '&', '<', '>', '_', .. Between('\uD800', '\uDFFF'), '\uFFFE', '\uFFFF']);
    private static readonly SearchValues<char> Invalid = SearchValues.Create([.. Between('\0', '\u001F').Except("\t\n\r"), .. Between('\uD800', '\uDFFF'), '\uFFFE', '\uFFFF']);

    /// <summary>Without the characters that XML cannot hold; half of a pair is one of them.</summary>
    public static string Valid(string text)
    {
        if (!text.AsSpan().ContainsAny(Invalid)) return text;
        var valid = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) valid.Append(text[i]).Append(text[++i]);
            else if (!Invalid.Contains(text[i])) valid.Append(text[i]);
        }
        return valid.ToString();
    }

    /// <summary>As the content of an element, in UTF-8.</summary>
    public static void Write(IBufferWriter<byte> into, string text)
    {
        if (text.AsSpan().ContainsAny(Special)) text = Escaped(Valid(text));
        Encoding.UTF8.GetBytes(text, into);
    }

    private static string Escaped(string text)
    {
        if (text.Contains("_x", StringComparison.Ordinal)) text = Escape().Replace(text, "_x005F_");
        if (!text.AsSpan().ContainsAny("&<>\r")) return text;
        return new StringBuilder(text, text.Length + 16).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", "&#13;").ToString();
    }

    // With a look ahead, so that in _x0041_x0042_ both underscores are found.
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escape();

    private static IEnumerable<char> Between(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
