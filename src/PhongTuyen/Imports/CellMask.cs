namespace PhongTuyen.Imports;

/// <summary>Cells of a list as a page or a file shows them: numbers of papers and telephones are masked, also in columns of which nobody has said what they hold.</summary>
public static class CellMask
{
    public static string Show(string cell, bool isSealed)
    {
        var shown = ImportRows.Shown(cell);
        return isSealed || shown.Count(char.IsAsciiDigit) >= 9 && !LooksLikeMoment(shown) ? Mask(shown) : shown;
    }

    private static string Mask(string text) => text.Length <= 3 ? "•••" : "•••• " + text[^3..];

    /// <summary>2021-08-18 07:30 and its like: many digits and nobody's number.</summary>
    private static bool LooksLikeMoment(string text) => text.Contains(':', StringComparison.Ordinal) || text.Count(c => c is '-' or '/') == 2;
}
