namespace PhongTuyen.Formats.Sheets;

/// <summary>Alphabets from before Unicode, in which lists of 2021 were still typed. A file that holds them looks Western: "NguyÔn V¨n An".</summary>
public enum LegacyLetters
{
    /// <summary>Unicode, or taken as it stands.</summary>
    None = 0,
    /// <summary>TCVN 5712 (ABC), the fonts .VnTime and .VnArial: one sign a letter.</summary>
    Tcvn3 = 1,
    /// <summary>VNI-Times and its like: a letter, and a sign for its marks behind it.</summary>
    Vni = 2,
    /// <summary>Windows-1258: a letter, and a tone behind it.</summary>
    Windows1258 = 3,
}

/// <summary>What the name of a font says of the texts in it.</summary>
/// <param name="Capitals">Small letters are shown as capitals: .VnTimeH.</param>
internal readonly record struct LegacyFonts(LegacyLetters Letters, bool Capitals)
{
    public static LegacyFonts Of(string font)
    {
        font = font.Trim();
        if (font.StartsWith(".Vn", StringComparison.OrdinalIgnoreCase)) return new(LegacyLetters.Tcvn3, font.EndsWith('H'));
        return font.StartsWith("VNI", StringComparison.OrdinalIgnoreCase) ? new(LegacyLetters.Vni, false) : default;
    }

    public CellMarks Marks => (Letters switch { LegacyLetters.Tcvn3 => CellMarks.Tcvn3Font, LegacyLetters.Vni => CellMarks.VniFont, _ => CellMarks.None }) | (Capitals ? CellMarks.CapitalFont : CellMarks.None);
}
