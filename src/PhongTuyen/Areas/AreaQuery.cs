using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>What a person typed into a search box, ready to be compared.</summary>
/// <param name="Words">At most 20 loose words, abbreviations of types spelled out.</param>
/// <param name="Unfinished">The last word may be the beginning of one.</param>
/// <param name="Marks">Marks were typed, so that names with the same marks come first.</param>
internal sealed record AreaQuery(string[] Words, bool Unfinished, bool Marks, string Tone)
{
    private const int MostWords = 20;
    private static readonly AreaQuery Nothing = new([], false, false, "");
    private string spelled = "";

    public static AreaQuery Of(string? text)
    {
        if (VietnameseText.Clean(text) is not { } clean) return Nothing;
        clean = VietnameseText.Cut(clean, 200);
        return Of(AreaQueryText.Brief().Replace(clean, match => " " + TypeWords(match.Groups[1].Value) + " "), !char.IsPunctuation(text![^1]) && text[^1] != ' ');
    }

    public bool Has(string word) => Array.IndexOf(Words, word) >= 0;

    /// <summary>Whether these words stand in the query one after the other.</summary>
    public bool Says(ReadOnlySpan<string> phrase) => phrase.Length > 0 && Words.AsSpan().IndexOf(phrase) >= 0;

    /// <summary>The same without its types, for one that is no longer or not yet right; nothing where it names none.</summary>
    public AreaQuery WithoutTypes() => AreaQueryText.Type().Replace(spelled, " ") is var rest && rest == spelled ? Nothing : Of(rest, Unfinished);

    private static AreaQuery Of(string spelled, bool unfinished)
    {
        var plain = AreaSpelling.Plain(spelled, romans: false);
        var words = AreaNameKey.LooseWords(plain);
        return new AreaQuery(words.Length > MostWords ? words[..MostWords] : words, unfinished, AreaSpelling.HasMarks(spelled), $" {VietnameseText.ToneKey(plain)} ") { spelled = spelled };
    }

    /// <summary>The type that a single letter may stand for: "q" in "q 1".</summary>
    public static string? TypeWord(string word) => word switch
    {
        "p" or "f" => "phuong",
        "q" => "quan",
        "h" => "huien",
        "x" => "xa",
        "t" => "tinh",
        _ => null,
    };

    private static string TypeWords(string brief) => brief.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "tp" => "thanh pho",
        "tx" => "thi xa",
        "tt" => "thi tran",
        "đk" => "dac khu",
        "p" or "f" => "phuong",
        "q" => "quan",
        "h" => "huyen",
        "x" => "xa",
        _ => "tinh",
    };
}

internal static partial class AreaQueryText
{
    /// <summary>An abbreviated type: two letters before anything but a letter, one letter before a point or a number.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{M}\d])(t\.?p|t\.?x|t\.?t|đ\.?k|[pfqhxt](?=\.|\d))(?:\.|(?![\p{L}\p{M}]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Brief();

    /// <summary>A type as a word of its own, with its marks or without any: "Xá" is none.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{M}])(thành phố|thị xã|thị trấn|đặc khu|phường|quận|huyện|tỉnh|xã"
        + "|thanh pho|thi xa|thi tran|dac khu|phuong|quan|huyen|tinh|xa)(?![\\p{L}\\p{M}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Type();
}
