using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>The three keys by which bare names are compared, from strict to loose; equal in one means equal in the following.</summary>
/// <param name="Tone">Nothing but case, spaces, punctuation, the place of the tone and the writing of numbers may differ.</param>
/// <param name="Fold">Also without marks.</param>
/// <param name="Loose">Also i for y, c for k, and words run together: Quí/Quý, Bắc Cạn/Bắc Kạn, Kontum/Kon Tum.</param>
internal readonly record struct AreaNameKey(string Tone, string Fold, string Loose)
{
    public static AreaNameKey Of(string bare) => Join(Words(bare, null));

    /// <summary>The words as searches compare them: without marks, i for y, c for k.</summary>
    public static string[] LooseWords(string text) => Array.ConvertAll(Words(text, null, romans: false), word => word.Loose);

    public static AreaNameKey Join(AreaNameKey[] words) => words is [var only] ? only : new AreaNameKey(
        string.Join(' ', words.Select(word => word.Tone)), string.Join(' ', words.Select(word => word.Fold)), string.Concat(words.Select(word => word.Loose)));

    /// <param name="known">Keys of single words already made: 15,000 names are written with 3,000 words.</param>
    public static AreaNameKey[] Words(string bare, Dictionary<string, AreaNameKey>? known, bool romans = true) =>
        Array.ConvertAll(AreaSpelling.Plain(bare, romans).Split(' ', StringSplitOptions.RemoveEmptyEntries), word => OfWord(word, known));

    private static AreaNameKey OfWord(string word, Dictionary<string, AreaNameKey>? known)
    {
        if (known is not null && known.TryGetValue(word, out var key)) return key;
        var fold = VietnameseText.Fold(word);
        key = new AreaNameKey(VietnameseText.ToneKey(word), fold, AreaSpelling.Loose(fold));
        known?.Add(word, key);
        return key;
    }
}

/// <summary>A name of the list, taken apart once for both indexes.</summary>
/// <param name="Type">In lower case; null for a hamlet or an abbreviation.</param>
/// <param name="Words">Loose words, Roman numbers as they are written.</param>
internal sealed record AreaSpelled(string? Type, AreaNameKey Key, string[] Words)
{
    public static AreaSpelled Of(string name, Dictionary<string, AreaNameKey> known)
    {
        var type = AreaKinds.TypeOf(name);
        var bare = type is null ? name : name[(type.Length + 1)..];
        return new AreaSpelled(type, AreaNameKey.Join(AreaNameKey.Words(bare, known)), Array.ConvertAll(AreaNameKey.Words(bare, known, romans: false), word => word.Loose));
    }
}
