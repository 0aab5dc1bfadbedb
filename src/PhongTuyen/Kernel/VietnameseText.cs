using System.Globalization;
using System.Text;

namespace PhongTuyen.Kernel;

/// <summary>Vietnamese text at the boundary: what is stored, what is searched, what is sorted. What .NET does by itself
/// is not enough: taking the marks off by decomposition leaves "đ" as it is, and "Hòa" and "Hoà" are both in use, in official lists too.</summary>
public static class VietnameseText
{
    private static readonly CompareInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN").CompareInfo;

    /// <summary>As stored: NFC, no control or zero-width characters, single spaces, no space at either end. Null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in Whole(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)) clean.Append(rune.ToString());
        }
        if (clean.Length > 0 && clean[^1] == ' ') clean.Length--;
        // Last, since a mark may have been parted from its letter by what was dropped.
        return clean.Length == 0 ? null : clean.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Without what is no character (halves of pairs, U+FFFE and its like): the framework refuses to normalise it, and so does the database.</summary>
    private static string Whole(string text)
    {
        var broken = false;
        for (var i = 0; i < text.Length && !broken; i++) broken = char.IsSurrogate(text[i]) || text[i] >= '\uFDD0';
        if (!broken) return text;
        var whole = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                if ((rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF)) whole.Append(rune.ToString());
                i += rune.Utf16SequenceLength - 1;
            }
        return whole.ToString();
    }

    /// <summary>At most so many characters of it, as .NET counts them; a pair of which the second half does not fit is left out whole, since half of one is no text.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>For search: lower case, no marks, đ as d, letters and digits only, single spaces. "Đặng Thị Hoà" gives "dang thi hoa".</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var c in Whole(text).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
            var lower = char.ToLowerInvariant(c);
            if (lower is 'đ' or 'ð' or 'ɖ') lower = 'd';
            if (char.IsLetterOrDigit(lower)) folded.Append(lower);
            else if (lower != '\'' && folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        if (folded.Length > 0 && folded[^1] == ' ') folded.Length--;
        return folded.ToString();
    }

    /// <summary>The different words of a folded text, for the token tables.</summary>
    public static string[] Tokens(string? text) =>
        [.. Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Equal exactly when two texts differ in nothing but case, spaces and the place of the tone: "Hoà Bình" and "hòa bình" both
    /// give "hoa2 binh2". Unlike <see cref="Fold"/> it keeps ă, â, ê, ô, ơ, ư, đ and the tone itself.
    /// </summary>
    public static string ToneKey(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var key = new StringBuilder(text.Length + 8);
        foreach (var word in Whole(text).Split(default(char[]?), StringSplitOptions.RemoveEmptyEntries))
        {
            if (key.Length > 0) key.Append(' ');
            var tone = '1';
            var bare = new StringBuilder(word.Length + 4);
            foreach (var c in word.Normalize(NormalizationForm.FormD))
            {
                if (ToneOf(c) is { } found) tone = found;
                else bare.Append(char.ToLowerInvariant(c));
            }
            key.Append(bare.Replace('ð', 'đ').ToString().Normalize(NormalizationForm.FormC));
            if (tone != '1') key.Append(tone);
        }
        return key.ToString();
    }

    private static char? ToneOf(char mark) => mark switch
    {
        '\u0300' => '2', // huyền
        '\u0301' => '5', // sắc
        '\u0309' => '3', // hỏi
        '\u0303' => '4', // ngã
        '\u0323' => '6', // nặng
        _ => null,
    };

    /// <summary>
    /// The key by which lists of names are sorted: given name (the last word), then family, then middle, in the order of the
    /// Vietnamese alphabet. Stored with the row, so that no index depends on the version of a database's collation.
    /// </summary>
    public static byte[] NameSortKey(string name)
    {
        var words = Whole(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [];
        // A tab sorts before every letter, so that a short given name comes before a longer one that begins like it.
        var ordered = string.Join('\t', [words[^1], words[0], .. words.Length > 2 ? words[1..^1] : []]);
        return Vietnamese.GetSortKey(ordered, CompareOptions.None).KeyData;
    }

    /// <summary>Compares as a Vietnamese dictionary does.</summary>
    public static int Compare(string? left, string? right) => Vietnamese.Compare(left, right, CompareOptions.None);
}
