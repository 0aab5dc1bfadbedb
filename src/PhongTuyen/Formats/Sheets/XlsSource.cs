using System.Globalization;
using System.Text;
using ExcelDataReader;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>A workbook of Excel 2 to 2003, read by ExcelDataReader. It gets the records alone, after <see cref="BiffSurvey"/> has walked over them.</summary>
internal sealed class XlsSource : SheetSource
{
    /// <summary>The old format has no more columns.</summary>
    private const int MostColumns = 256;
    private readonly byte[] records;
    private readonly BiffSurvey survey;
    private readonly List<(string Name, int Index)> sheets = [];

    /// <summary>Texts of Excel 95 and before are in the code page of their Windows, which .NET knows only when told to.</summary>
    static XlsSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private XlsSource(byte[] records, BiffSurvey survey)
    {
        (this.records, this.survey) = (records, survey);
        using var reader = Reader();
        for (var index = 0; ; index++)
        {
            if (reader.VisibleState == "visible") sheets.Add((XmlText.Valid(reader.Name ?? ""), index));
            if (!Guarded(reader.NextResult)) break;
        }
    }

    public override IReadOnlyList<string> Names => sheets.ConvertAll(sheet => sheet.Name);
    public override IReadOnlySet<LegacyLetters> Fonts => survey.Fonts;

    /// <param name="bytes">The container of an old workbook, or of one with a password.</param>
    public static Outcome<SheetSource> OpenContainer(byte[] bytes)
    {
        var container = new OleContainer(bytes);
        if (container.HasStream("EncryptedPackage")) return SheetProblems.Encrypted();
        if (container.Stream("Workbook") is { } workbook) return Open(workbook, container.HasStorage("_VBA_PROJECT_CUR") || container.HasStorage("_VBA_PROJECT"));
        if (container.Stream("Book") is { } book) return Open(book, container.HasStorage("_VBA_PROJECT_CUR") || container.HasStorage("_VBA_PROJECT"));
        return SheetProblems.NotASheet();
    }

    /// <summary>The records of a workbook.</summary>
    public static Outcome<SheetSource> Open(byte[] records, bool macros)
    {
        var survey = BiffSurvey.Of(records);
        if (survey.Encrypted) return SheetProblems.Encrypted();
        if (macros || survey.Macros) return SheetProblems.Macros();
        if (survey.LinksToOthers) return SheetProblems.ExternalLinks();
        return new XlsSource(records, survey);
    }

    public override IEnumerable<SheetRow> Rows(string name, int width, List<MergedCells>? merges = null)
    {
        var (title, index) = sheets.Find(sheet => sheet.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        using var reader = Reader();
        for (var i = 0; i < index; i++)
            if (!Guarded(reader.NextResult)) yield break;
        if (reader.FieldCount > MostColumns || reader.RowCount > survey.LastRow) throw new InvalidDataException("More rows or columns than there can be.");
        merges?.AddRange(survey.Merges(index));
        var formats = new Dictionary<string, NumberFormat>(StringComparer.Ordinal);
        var errors = survey.Errors(index);
        var (number, last, given) = (0, 0, 0);
        while (Guarded(reader.Read))
        {
            number++;
            if (RowOf(reader, title, number, width, formats, errors) is not { } row) continue;
            last = number;
            // A list that is cut off is told as such, not as one that is too long: to know it, the last row must have been seen.
            if (++given <= SheetLimits.Rows + SheetLimits.HeaderSearch + 1) yield return row;
        }
        if (last == survey.LastRow) throw new SheetRefusedException(SheetProblems.CutOff(title, last));
        if (given > SheetLimits.Rows + SheetLimits.HeaderSearch + 1) throw new SheetRefusedException(SheetProblems.TooManyRows(title));
    }

    private static SheetRow? RowOf(IExcelDataReader reader, string sheet, int number, int width, Dictionary<string, NumberFormat> formats, IReadOnlySet<(int, int)> errors)
    {
        var cells = new List<CellValue>();
        for (var column = 1; column <= reader.FieldCount; column++)
        {
            var at = column - 1;
            var cell = errors.Contains((number - 1, at)) ? new CellValue("", CellKind.Error) : Guarded(() => CellOf(reader, at, formats));
            if (cell.Blank && (column > SheetLimits.Columns || cell.Text.Length == 0)) continue;
            if (column > SheetLimits.Columns) throw new SheetRefusedException(SheetProblems.TooManyColumns(sheet));
            if (cell.Text.Length > SheetLimits.CellCharacters) throw new SheetRefusedException(SheetProblems.CellTooLong(sheet, CellName.Of(number, column)));
            while (cells.Count < column) cells.Add(default);
            cells[column - 1] = cell;
        }
        if (cells.TrueForAll(cell => cell.Blank)) return null;
        var row = new CellValue[width > 0 ? width : cells.Count];
        cells.CopyTo(0, row, 0, Math.Min(row.Length, cells.Count));
        return new SheetRow(number, row);
    }

    private static CellValue CellOf(IExcelDataReader reader, int column, Dictionary<string, NumberFormat> formats) => reader.GetValue(column) switch
    {
        null => default,
        string text => CellTexts.OfText(XmlText.Valid(text), CellMarks.None),
        bool yes => new CellValue(yes ? "TRUE" : "FALSE", CellKind.Boolean),
        DateTime day => Number(Serial(day), FormatOf(reader, column, formats)),
        TimeSpan length => Number(length.TotalDays, NumberFormat.General with { Elapsed = true }),
        var number => Number(Convert.ToDouble(number, CultureInfo.InvariantCulture), FormatOf(reader, column, formats)),
    };

    private static CellValue Number(double number, NumberFormat format) =>
        CellTexts.OfNumber(number.ToString("R", CultureInfo.InvariantCulture), format, since1904: false, CellMarks.None);

    /// <summary>The library has put the days before 1 March 1900 right, where Excel counts one too many; and it has minded those who count from 1904.</summary>
    private static double Serial(DateTime day) => day.ToOADate() is var serial && serial is > 0 and < 61 ? serial - 1 : serial;

    private static NumberFormat FormatOf(IExcelDataReader reader, int column, Dictionary<string, NumberFormat> formats)
    {
        var code = reader.GetNumberFormatString(column) ?? "";
        if (!formats.TryGetValue(code, out var format)) formats[code] = format = NumberFormat.Of(code);
        return format;
    }

    private IExcelDataReader Reader() => Guarded(() => ExcelReaderFactory.CreateBinaryReader(new MemoryStream(records, writable: false)));

    /// <summary>Damaged records make the library throw whatever comes; nothing of it is more than damage.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException and not SheetRefusedException)
        {
            throw new InvalidDataException("The records are damaged.", e);
        }
    }
}
