using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PhongTuyen.Areas;

/// <summary>One way to read a written name.</summary>
/// <param name="Type">The type of unit that was written, spelled out in lower case ("phường" for "P."); null where none was.</param>
/// <param name="Bare">The name without it.</param>
/// <param name="Exact">Counts only where the marks agree too.</param>
internal readonly record struct AreaReading(string? Type, string Bare, bool Exact = false);

/// <summary>How names of units are written by people. The type is taken off before marks are dropped: "Phương Liễu" is not "phường Liễu".</summary>
internal static partial class AreaSpelling
{
    /// <summary>
    /// All readings of a cleaned text. A type without marks ("phuong lieu") or abbreviated ("P. 12") may also be part of the name. One with
    /// its marks is the type, but for a name that has just these words: there is a ward called Phường Đúc, "Phường Phường Đúc" in full.
    /// </summary>
    public static List<AreaReading> Read(string text)
    {
        // Tables of figures write the type behind: "Cao Lãnh (TP)".
        if (Bracketed().Match(text) is { Success: true } behind) text = $"{behind.Groups[2].Value} {behind.Groups[1].Value}";
        if (Marked().Match(text) is { Success: true } marked) return [new(marked.Groups[1].Value.ToLowerInvariant(), text[marked.Length..]), new(null, text, Exact: true)];
        if (Unmarked().Match(text) is { Success: true } bare) return [new(Spelled(bare.Groups[1].Value), text[bare.Length..]), new(null, text)];
        if (Abbreviated().Match(text) is { Success: true } brief) return [new(Spelled(brief.Groups[1].Value), text[brief.Length..]), new(null, text)];
        return [new(null, text)];
    }

    /// <summary>An official name without its type.</summary>
    public static string Bare(string name) => AreaKinds.TypeOf(name) is { } type ? name[(type.Length + 1)..] : name;

    /// <summary>Whether a text carries any mark of Vietnamese, so that the marks it does not carry mean something too.</summary>
    public static bool HasMarks(string text) => text.Normalize(NormalizationForm.FormD)
        .Any(c => c is 'đ' or 'Đ' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);

    /// <summary>Letters and digits with single spaces; apostrophes gone; "01", "I" and "i" as numbers where they can be meant so.</summary>
    /// <param name="romans">False for text that is still being typed: the "x" of "phuc x" is no ten.</param>
    public static string Plain(string bare, bool romans = true)
    {
        var plain = new StringBuilder(bare.Length);
        foreach (var c in bare)
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) plain.Append(c);
            else if (c is not ('\'' or '’' or '‘' or '`' or '´' or 'ʼ')) plain.Append(' ');
        var words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 && Farm().Match(string.Join(' ', words)) is { Success: true } farm) words = ["NT", .. farm.Groups[1].Value.Split(' ')];
        for (var i = 0; i < words.Length; i++)
            words[i] = char.IsAsciiDigit(words[i][0]) ? words[i].TrimStart('0') is { Length: > 0 } digits ? digits : "0"
                : romans && i == words.Length - 1 && Roman(words[i], words.Length == 1) is { } number ? number : words[i];
        return string.Join(' ', words);
    }

    public static string Loose(string fold)
    {
        var loose = new StringBuilder(fold.Length);
        foreach (var c in fold)
            loose.Append(c switch { 'y' => 'i', 'k' => 'c', _ => c });
        return loose.ToString();
    }

    // "Ba Vi" is no number. In small letters, or as VI among other words, only what is no Vietnamese syllable counts.
    private static string? Roman(string word, bool alone) => word switch
    {
        "I" => "1", "V" => "5", "X" => "10",
        "II" or "ii" => "2", "III" or "iii" => "3", "IV" or "iv" => "4",
        "VII" or "vii" => "7", "VIII" or "viii" => "8", "IX" or "ix" => "9",
        "i" when alone => "1", "v" when alone => "5", "x" when alone => "10", "VI" or "vi" when alone => "6",
        _ => null,
    };

    private static string Spelled(string type) => type.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "thanh pho" or "tp" => "thành phố",
        "thi xa" or "tx" => "thị xã",
        "thi tran" or "tt" => "thị trấn",
        "dac khu" or "đk" => "đặc khu",
        "phuong" or "p" or "f" => "phường",
        "quan" or "q" => "quận",
        "huyen" or "h" => "huyện",
        "tinh" or "t" => "tỉnh",
        _ => "xã",
    };

    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(thành phố|thị xã|thị trấn|đặc khu|phường|quận|huyện|tỉnh|xã)(?:[\s.:]+|(?=\d))(?=\S)", AnyCase)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^(thanh pho|thi xa|thi tran|dac khu|phuong|quan|huyen|tinh|xa)(?:[\s.:]+|(?=\d))(?=\S)", AnyCase)]
    private static partial Regex Unmarked();

    [GeneratedRegex(@"^([^()]+?)\s*\(\s*(thành phố|thị xã|thị trấn|phường|quận|huyện|xã|tp|tx|tt|p|q|h|x)\.?\s*\)$", AnyCase)]
    private static partial Regex Bracketed();

    /// <summary>A township named after its state farm (nông trường), which lists write as "NT" and "N.T".</summary>
    [GeneratedRegex(@"^(?:nông trường|nong truong|n t) (.+)$", AnyCase)]
    private static partial Regex Farm();

    [GeneratedRegex(@"^(t\.?p|t\.?x|t\.?t|đ\.?k|p|f|q|h|x|t(?=\.))(?:[\s.:]+|(?=\d))(?=\S)", AnyCase)]
    private static partial Regex Abbreviated();
}
