namespace PhongTuyen.Formats.Sheets;

/// <summary>What one file may hold. A file beyond a limit is refused whole and says so: no row is ever left out silently.</summary>
public static class SheetLimits
{
    /// <summary>The file itself: 200 MB. A CSV of a million persons has about 140.</summary>
    public const int FileBytes = 200 * 1024 * 1024;

    /// <summary>Rows below the header that hold anything: as many as a sheet of an .xlsx has.</summary>
    public const int Rows = 1_048_575;

    /// <summary>Columns, counted to the last one that holds anything.</summary>
    public const int Columns = 200;

    /// <summary>Characters of one cell: Excel's own limit.</summary>
    public const int CellCharacters = 32_767;

    /// <summary>Rows among which the header is looked for; official forms have up to a dozen title rows above it.</summary>
    internal const int HeaderSearch = 20;

    /// <summary>All parts of an .xlsx unpacked: 200 MB, or so many times its size. 50,000 rows of 60 columns take about 100 MB.</summary>
    internal static long UnpackedBytes(int packed) => Math.Max(200L * 1024 * 1024, 40L * packed);

    /// <summary>How many times its packed size a part may grow: real sheets grow 5 to 30 times, bombs up to 1,030 times.</summary>
    internal const int Ratio = 200;

    /// <summary>Below this unpacked size the ratio does not matter.</summary>
    internal const long HarmlessBytes = 8 * 1024 * 1024;

    /// <summary>Files within the zip container.</summary>
    internal const int Parts = 5_000;

    /// <summary>Different texts of a workbook, and the characters of all of them.</summary>
    internal const int SharedTexts = 4_000_000;
    internal const int SharedCharacters = 64_000_000;
}
