using System.Buffers;
using System.Globalization;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// Keeps text from running as a formula in the spreadsheet of whoever opens an export (threat T9: a name such as =HYPERLINK(…)).
/// In a CSV an apostrophe goes before each place where a formula could begin: at the start of the field, and behind what another
/// program may take for a separator (comma, semicolon, tab, line break), because Excel splits by the separator of its own
/// language, whatever the file meant. <see cref="Unguard"/> undoes exactly that.
/// </summary>
internal static class FormulaGuard
{
    private const string Leads = "=+-@＝＋－＠﹦﹢﹣﹫";
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(Leads + "\t\r\n\0");

    /// <summary>The field as a CSV may hold it.</summary>
    public static string Guard(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspicious)) return text;
        var guarded = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            if (MayBegin(text, i) && Dangerous(text, i)) guarded.Append('\'');
            guarded.Append(text[i]);
        }
        return guarded.ToString();
    }

    /// <summary>The text that was guarded; others unchanged, but for apostrophes that somebody typed before a formula.</summary>
    public static string Unguard(string text)
    {
        if (!text.Contains('\'', StringComparison.Ordinal) || !text.AsSpan().ContainsAny(Suspicious)) return text;
        var bare = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] != '\'' || !MayBegin(text, i) || !Dangerous(text, i)) bare.Append(text[i]);
        return bare.ToString();
    }

    /// <summary>Would a spreadsheet run this, were it typed into a cell, or eat the apostrophe before it?</summary>
    public static bool WouldRun(string text) => Dangerous(text, 0);

    /// <summary>A formula rather than a telephone number (+84…), a negative number or a dash.</summary>
    public static bool LooksLikeFormula(string text) => text.Length > 1 && text[0] != '\'' && SignFrom(text, 0) is { } sign
        && (text[sign] is '=' or '＝' or '@' or '＠' || (Leads.Contains(text[sign]) && text.AsSpan(sign).ContainsAny("(|!")));

    private static bool MayBegin(string text, int at) => at == 0 || text[at - 1] is ',' or ';' or '\t' or '\r' or '\n';

    private static bool Dangerous(string text, int at) => SignFrom(text, at) is not null;

    /// <summary>
    /// From here on: apostrophes, blanks, then a sign that begins a formula. A separator ends the search, so that no two places
    /// look at the same characters; only at the start of the field do tab, line break and NUL count as signs themselves.
    /// </summary>
    private static int? SignFrom(string text, int at)
    {
        var i = at;
        while (i < text.Length && text[i] == '\'') i++;
        for (; i < text.Length; i++)
        {
            if (Leads.Contains(text[i])) return i;
            if (text[i] is '\t' or '\r' or '\n' or '\0') return at == 0 ? i : null;
            if (!char.IsWhiteSpace(text[i]) && CharUnicodeInfo.GetUnicodeCategory(text[i]) is not (UnicodeCategory.Control or UnicodeCategory.Format)) return null;
        }
        return null;
    }
}
