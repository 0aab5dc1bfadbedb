using System.Text.RegularExpressions;

namespace PhongTuyen.Formats.Sheets;

/// <summary>What the field of a CSV shows.</summary>
internal static partial class CsvTexts
{
    public static CellValue Of(string raw)
    {
        raw = XmlText.Valid(raw);
        if (raw.Length == 0) return default;
        if (raw[0] == '#' && Error().IsMatch(raw)) return new CellValue("", CellKind.Error);
        var text = FormulaGuard.Unguard(raw);
        // ="0912345678" is how programs keep Excel from eating the zeros.
        if (text.Length == raw.Length && text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text.IndexOf('"', 2) == text.Length - 1) text = text[2..^1];
        return CellTexts.OfText(text, Rounded().IsMatch(text) ? CellMarks.DigitsLost : CellMarks.None);
    }

    [GeneratedRegex(@"^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$")]
    private static partial Regex Error();

    // 7.91235E+10: a CCCD that went through a narrow column.
    [GeneratedRegex(@"^[1-9]([.,][0-9]+)?E\+[0-9]{2}$")]
    private static partial Regex Rounded();
}
