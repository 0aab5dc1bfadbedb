using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>A row that holds anything.</summary>
/// <param name="Number">From 1, as Excel shows it at the left edge, title rows and empty rows counted.</param>
/// <param name="Cells">As many as <see cref="Sheet.Header"/> has names.</param>
public sealed record SheetRow(int Number, IReadOnlyList<CellValue> Cells);

/// <summary>What the sender, or the program that takes the list in, knows of it.</summary>
public sealed record SheetHints
{
    /// <summary>The alphabet of its texts; <see cref="LegacyLetters.None"/> takes all as they stand. Null: found out.</summary>
    public LegacyLetters? Letters { get; init; }

    /// <summary>What columns are called, in all languages: a second line of the header is known by that.</summary>
    public IReadOnlyList<FieldName> Fields { get; init; } = [];
}

/// <summary>
/// A list as somebody filled it in: a header and rows of text. It was read through once before it came to be, so that its rows
/// are counted, within all limits (<see cref="SheetLimits"/>), and can be read any number of times without failing.
/// </summary>
public sealed class Sheet
{
    private readonly SheetSource source;
    private readonly SheetSurvey survey;
    private readonly SheetHints hints;

    internal Sheet(SheetSource source, SheetSurvey survey, string fileName, string fingerprint, SheetHints hints)
    {
        (this.source, this.survey, this.hints) = (source, survey, hints);
        (FileName, Fingerprint) = (fileName, fingerprint);
    }

    public string FileName { get; }

    /// <summary>SHA-256 of the bytes of the file, 64 hexadecimal digits in lower case: tells a file that was sent twice.</summary>
    public string Fingerprint { get; }

    /// <summary>The sheet that is read.</summary>
    public string Name => survey.Name;

    /// <summary>The visible sheets of the workbook in their order; a CSV has one, named as its file.</summary>
    public IReadOnlyList<string> Names => source.Names;

    /// <summary>
    /// The names of the columns, cleaned; "" where a column has none. A header of two lines ("Địa chỉ" over "Xã", "Tỉnh") gives
    /// "Địa chỉ Xã", "Địa chỉ Tỉnh".
    /// </summary>
    public IReadOnlyList<string> Header => survey.Header;

    /// <summary>The row of the header as Excel shows it; the lower one where it has two lines.</summary>
    public int HeaderRow => survey.HeaderRow;

    /// <summary>
    /// The same names as they stand in the file, where they are typed in an alphabet from before Unicode; null where they are not. What they
    /// mean in it is <see cref="LegacyText.Read"/>.
    /// </summary>
    public IReadOnlyList<string>? TypedHeader => survey.TypedHeader;

    /// <summary>The alphabet from before Unicode in which texts without a font of their own are typed.</summary>
    public LegacyLetters Letters => survey.Letters.Chosen;

    /// <summary>How many rows <see cref="Rows"/> will give.</summary>
    public int RowCount => survey.RowCount;

    /// <summary>
    /// The rows below the header, read anew each time and never all in memory. Rows without any content are left out, hidden rows
    /// are not. Of cells merged side by side the first holds the value; of those merged over several rows each does
    /// (<see cref="CellMarks.FromAbove"/>).
    /// </summary>
    public IEnumerable<SheetRow> Rows => MergedRows.Fill(source.Rows(survey.Name, survey.Header.Count).Skip(survey.RowsBefore).Select(survey.Letters.Read), survey.Merges);

    /// <summary>Another sheet of the same workbook.</summary>
    /// <returns>Or <c>sheet.no-such-sheet</c>, <c>sheet.empty</c>, or a limit that this sheet exceeds.</returns>
    public Outcome<Sheet> Choose(string name) => SheetReader.Survey(source, FileName, Fingerprint, name, hints);
}
