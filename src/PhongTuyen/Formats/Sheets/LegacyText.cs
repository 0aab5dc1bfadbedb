using System.Collections.Frozen;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>Puts texts of the old alphabets into Unicode. They come as Western letters (Windows-1252), which is how a file holds them and how Excel shows them in another font.</summary>
public static class LegacyText
{
    private static readonly FrozenDictionary<char, char> Tcvn3 = Singles(
        ('\u00A1', "ĂÂÊÔƠƯĐăâêôơưđ"), ('\u00B5', "àảãáạ"), ('\u00BB', "ằẳẵắ"), ('\u00C6', "ặầẩẫấậè"), ('\u00CE', "ẻẽéẹềểễếệìỉ"),
        ('\u00DC', "ĩíịò"), ('\u00E1', "ỏõóọồổỗốộ"), ('\u00EA', "ờởỡớợù"), ('\u00F1', "ủũúụừửữứựỳỷỹýỵ"));

    /// <summary>A letter and the sign behind it.</summary>
    private static readonly FrozenDictionary<(char, char), char> Vni = Pairs(
        ("a", "ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"), ("e", "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"), ("o", "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
        ("ô", "ùøûõï", "ớờởỡợ"), ("u", "ùøûõï", "úùủũụ"), ("ö", "ùøûõï", "ứừửữự"), ("y", "ùøûõ", "ýỳỷỹ"));

    private static readonly FrozenDictionary<char, char> VniSingles = "ôơ öư ñđ îỵ æỉ óĩ òị ÔƠ ÖƯ ÑĐ ÎỴ ÆỈ ÓĨ ÒỊ".Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private static readonly FrozenDictionary<char, char> Tones = new Dictionary<char, char>
    {
        ['Ì'] = '\u0300', ['Ò'] = '\u0309', ['Þ'] = '\u0303', ['ì'] = '\u0301', ['ò'] = '\u0323',
        ['Ã'] = 'Ă', ['ã'] = 'ă', ['Ð'] = 'Đ', ['ð'] = 'đ', ['Õ'] = 'Ơ', ['õ'] = 'ơ', ['Ý'] = 'Ư', ['ý'] = 'ư', ['þ'] = '₫',
    }.ToFrozenDictionary();

    /// <param name="typed">As the file holds it.</param>
    public static string Read(string typed, LegacyLetters letters) => letters switch
    {
        LegacyLetters.Tcvn3 => Capitalised(Mapped(typed, Tcvn3)),
        LegacyLetters.Vni => OfVni(typed),
        LegacyLetters.Windows1258 => Mapped(typed, Tones).Normalize(NormalizationForm.FormC),
        _ => typed,
    };

    private static string Mapped(string typed, FrozenDictionary<char, char> map) => string.Create(typed.Length, (typed, map), static (into, from) =>
    {
        for (var i = 0; i < into.Length; i++) into[i] = from.map.TryGetValue(from.typed[i], out var letter) ? letter : from.typed[i];
    });

    private static string OfVni(string typed)
    {
        var read = new StringBuilder(typed.Length);
        for (var i = 0; i < typed.Length; i++)
        {
            if (i + 1 < typed.Length && Vni.TryGetValue((typed[i], typed[i + 1]), out var whole))
            {
                read.Append(whole);
                i++;
            }
            else read.Append(VniSingles.TryGetValue(typed[i], out var letter) ? letter : typed[i]);
        }
        return read.ToString();
    }

    /// <summary>TCVN3 has no capitals with tones: "TRÇN" is typed for TRẦN. Where all plain letters of a word are capitals, the others are meant to be.</summary>
    private static string Capitalised(string text)
    {
        var read = text.ToCharArray();
        var shouted = text.Count(char.IsAsciiLetterUpper) >= 3 && !text.Any(char.IsAsciiLetterLower);
        for (int from = 0, to; from < read.Length; from = to + 1)
        {
            for (to = from; to < read.Length && read[to] != ' '; to++) { }
            var word = read.AsSpan(from, to - from);
            if (!shouted && (word.ContainsAnyInRange('a', 'z') || Capitals(word) < 2)) continue;
            for (var i = 0; i < word.Length; i++) word[i] = char.ToUpperInvariant(word[i]);
        }
        return new string(read);
    }

    private static int Capitals(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var c in word) count += char.IsAsciiLetterUpper(c) ? 1 : 0;
        return count;
    }

    private static FrozenDictionary<char, char> Singles(params (char First, string Letters)[] runs) =>
        runs.SelectMany(run => run.Letters.Select((letter, i) => KeyValuePair.Create((char)(run.First + i), letter))).ToFrozenDictionary();

    private static FrozenDictionary<(char, char), char> Pairs(params (string Letter, string Signs, string Whole)[] sets)
    {
        var pairs = new Dictionary<(char, char), char>();
        foreach (var (letter, signs, whole) in sets)
            for (var i = 0; i < signs.Length; i++)
                foreach (var (first, sign) in new[] { (letter[0], signs[i]), (char.ToUpperInvariant(letter[0]), char.ToUpperInvariant(signs[i])), (char.ToUpperInvariant(letter[0]), signs[i]) })
                    pairs[(first, sign)] = first == letter[0] ? whole[i] : char.ToUpperInvariant(whole[i]);
        return pairs.ToFrozenDictionary();
    }
}
