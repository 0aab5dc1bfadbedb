using System.Collections.Frozen;
using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// Whether a word can be a Vietnamese syllable. There are so few of these that a text read in the wrong alphabet hardly ever holds one:
/// that tells the alphabets apart, without a dictionary.
/// </summary>
internal static class VietnameseSyllable
{
    private static readonly string[] Onsets = ["ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", ""];

    private static readonly FrozenSet<string> Rimes = """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
        o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
        ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uâc uây uc uê uêch uên uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
        uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu yt
        """.Split(default(char[]?), StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool Is(string word)
    {
        if (word.Length > 8) return false;
        var (tone, bare) = ('\0', new StringBuilder(8));
        foreach (var c in word.Normalize(NormalizationForm.FormD))
        {
            if (c is not ('\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323')) bare.Append(char.ToLowerInvariant(c));
            else if (tone != '\0') return false;
            else tone = c;
        }
        var plain = bare.ToString().Normalize(NormalizationForm.FormC);
        return Array.Exists(Onsets, onset => plain.StartsWith(onset, StringComparison.Ordinal) && Fits(onset, plain[onset.Length..], tone));
    }

    /// <summary>Behind c, ch, p and t only two of the tones can stand.</summary>
    private static bool Fits(string onset, string rime, char tone) =>
        Rimes.Contains(rime) ? !(rime[^1] is 'c' or 'p' or 't' || rime.EndsWith("ch", StringComparison.Ordinal)) || tone is '\u0301' or '\u0323' : onset == "gi" && rime.Length == 0;
}
