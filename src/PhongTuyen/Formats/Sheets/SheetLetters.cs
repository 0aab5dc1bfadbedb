using System.Text;

namespace PhongTuyen.Formats.Sheets;

/// <summary>
/// In which alphabet the texts of one sheet are typed: looked at while it is read for the first time, decided at its end, applied at every
/// reading after that. A font decides for its cells; without one, words do that are syllables in one alphabet and in no other. Plain letters
/// and real Unicode are never touched.
/// </summary>
internal sealed class SheetLetters(SheetSource source, LegacyLetters? wanted)
{
    private const int MostWords = 4_000;
    private const int LeastWords = 3;
    /// <summary>So many words must fit for one that does not: names of foreigners fit no alphabet.</summary>
    private const int FitsToMisfits = 4;
    private static readonly LegacyLetters[] Known = [LegacyLetters.Tcvn3, LegacyLetters.Vni, LegacyLetters.Windows1258];
    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private bool unicode;
    private LegacyLetters chosen = wanted ?? LegacyLetters.None;

    /// <summary>What the texts are taken for where no font says otherwise.</summary>
    public LegacyLetters Chosen => chosen;

    public void Look(IReadOnlyList<CellValue> cells)
    {
        foreach (var cell in cells)
        {
            if (cell.Kind != CellKind.Text || Ascii.IsValid(cell.Text)) continue;
            if (!IsWestern(cell.Text)) unicode |= IsVietnamese(cell.Text);
            else if (wanted is null && words.Count < MostWords) words.UnionWith(Words(cell.Text));
        }
    }

    /// <summary>Called once all cells were looked at.</summary>
    /// <exception cref="SheetRefusedException">The file is in bytes of an alphabet that cannot be told.</exception>
    public void Decide()
    {
        if (wanted is not null || words.Count == 0) return;
        var strange = words.Where(word => !VietnameseSyllable.Is(word)).ToList();
        var fits = Known.Where(letters => letters != LegacyLetters.Windows1258 || source.EightBit)
            .Select(letters => (Letters: letters, Words: strange.Count(word => VietnameseSyllable.Is(LegacyText.Read(word, letters))))).OrderByDescending(fit => fit.Words).ToList();
        var (best, most) = fits[0];
        // A font of the alphabet in the file, or bytes that are no Unicode at all, make one word enough.
        var least = source.EightBit || source.Fonts.Contains(best) ? 1 : LeastWords;
        if (most >= least && most > fits[1].Words && most >= FitsToMisfits * (strange.Count - most)) chosen = best;
        else if (source.EightBit) throw new SheetRefusedException(SheetProblems.Encoding());
    }

    public SheetRow Read(SheetRow row)
    {
        CellValue[]? read = null;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            if (cell.Kind != CellKind.Text || Ascii.IsValid(cell.Text) || Read(cell) is not { } text) continue;
            read ??= [.. row.Cells];
            read[i] = cell.ReadAs(text);
        }
        return read is null ? row : row with { Cells = read };
    }

    /// <summary>Null where the cell stays as it is.</summary>
    private string? Read(CellValue cell)
    {
        var font = cell.Has(CellMarks.Tcvn3Font) ? LegacyLetters.Tcvn3 : cell.Has(CellMarks.VniFont) ? LegacyLetters.Vni : LegacyLetters.None;
        var letters = wanted ?? (font == LegacyLetters.None ? chosen : font);
        if (letters == LegacyLetters.None || !IsWestern(cell.Text)) return null;
        if (wanted is null && !Fits(cell.Text, letters, font != LegacyLetters.None)) return null;
        var text = LegacyText.Read(cell.Text, letters);
        return text == cell.Text ? null : cell.Has(CellMarks.CapitalFont) ? text.ToUpperInvariant() : text;
    }

    /// <summary>A name of a foreigner is left alone; and in a list that also holds Unicode, so is what may be that.</summary>
    private bool Fits(string text, LegacyLetters letters, bool byFont)
    {
        var (fit, misfit, strange) = (0, 0, false);
        foreach (var word in Words(text))
        {
            var vietnamese = VietnameseSyllable.Is(word);
            strange |= !vietnamese;
            if (VietnameseSyllable.Is(LegacyText.Read(word, letters))) fit++;
            else if (vietnamese || !byFont) misfit++;
        }
        return fit + misfit == 0 ? byFont : fit >= misfit && fit > 0 && (strange || byFont || !unicode);
    }

    /// <summary>Runs of letters of which one at least is not plain. Signs of the upper half are letters in the old alphabets.</summary>
    private static IEnumerable<string> Words(string text)
    {
        for (int from = 0, to; from < text.Length; from = to + 1)
        {
            var plain = true;
            for (to = from; to < text.Length && (char.IsAsciiLetter(text[to]) || text[to] > '\u00A0'); to++) plain &= text[to] < '\u0080';
            if (!plain && to - from > 1) yield return text[from..to];
        }
    }

    /// <summary>Nothing but what Windows-1252 has: the only texts that can be of an old alphabet.</summary>
    private static bool IsWestern(string text) => !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF') || text.All(c => c <= '\u00FF' || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".Contains(c, StringComparison.Ordinal));

    private static bool IsVietnamese(string text) => text.Any(c => c is >= '\u1EA0' and <= '\u1EF9' or 'Ă' or 'ă' or 'Đ' or 'đ' or 'Ĩ' or 'ĩ' or 'Ũ' or 'ũ' or 'Ơ' or 'ơ' or 'Ư' or 'ư' or '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323');
}
