using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>The readings of one header: as a whole, its halves around a slash, and what stands in brackets.</summary>
internal sealed partial record HeaderWords(IReadOnlyList<HeaderWords.Reading> Readings)
{
    public const double Exact = 1;
    private const double AlmostExact = 0.9;
    /// <summary>One word out of many says little: "tên" of "Tên cơ sở cách ly tập trung".</summary>
    private const double LeastOfOneWord = 1.0 / 3;
    private const double LeastOfPart = 0.5;

    public static HeaderWords Of(string header)
    {
        var readings = new List<Reading>();
        var outside = Brackets().Replace(header, " ");
        Add(outside, true);
        foreach (var half in outside.Split('/', '|', ';', '–', '\n')) Add(half, true);
        foreach (Match inside in Brackets().Matches(header)) Add(inside.Value, false);
        return new HeaderWords(readings);

        void Add(string text, bool named)
        {
            var words = VietnameseText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) readings.Add(new Reading(words, VietnameseText.ToneKey(VietnameseText.Clean(text)), named));
        }
    }

    /// <summary>2 for the same words with the same accents, 1 for the same words, less for some of them, 0 for none.</summary>
    public double Score(HeaderWords synonym) => synonym.Readings.Count == 0 ? 0 : Readings.Select(reading => reading.Score(synonym.Readings[0])).DefaultIfEmpty().Max();

    internal sealed record Reading(string[] Words, string Tones, bool Named)
    {
        public double Score(Reading synonym)
        {
            if (Words.AsSpan().SequenceEqual(synonym.Words))
                return !Named || !SameTones(0, synonym, 0, Words.Length) ? AlmostExact : Tones == synonym.Tones ? 2 : Exact;
            if (Contains(Words, synonym.Words, out var at) && SameTones(at, synonym, 0, synonym.Words.Length))
            {
                var share = (double)synonym.Words.Length / Words.Length;
                return synonym.Words.Length > 1 || share >= LeastOfOneWord ? share * 0.8 : 0;
            }
            if (Named && Contains(synonym.Words, Words, out at) && SameTones(0, synonym, at, Words.Length))
            {
                var share = (double)Words.Length / synonym.Words.Length;
                return share >= LeastOfPart ? share * 0.5 : 0;
            }
            return 0;
        }

        /// <summary>"Giới tính" holds no "Tỉnh": where both sides carry accents, these must agree.</summary>
        private bool SameTones(int from, Reading synonym, int synonymFrom, int count)
        {
            var (mine, theirs) = (Tones.Split(' '), synonym.Tones.Split(' '));
            if (mine.Length != Words.Length || theirs.Length != synonym.Words.Length) return true;
            for (var i = 0; i < count; i++)
            {
                var (one, other) = (mine[from + i], theirs[synonymFrom + i]);
                var bothAccented = one != Words[from + i] && other != synonym.Words[synonymFrom + i];
                if (bothAccented && one != other) return false;
            }
            return true;
        }

        private static bool Contains(string[] words, string[] part, out int at)
        {
            at = words.AsSpan().IndexOf(part);
            return at >= 0;
        }
    }

    [GeneratedRegex(@"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")]
    private static partial Regex Brackets();
}
