namespace PhongTuyen.Formats.Sheets;

/// <summary>What a cell holds. All cells of a CSV are text, but for the errors that Excel writes into it.</summary>
public enum CellKind
{
    Empty = 0,
    Text = 1,
    Number = 2,
    /// <summary>A day, or a day and a time: yyyy-MM-dd or yyyy-MM-dd HH:mm.</summary>
    Date = 3,
    /// <summary>A time of day or a duration, without a day: HH:mm; a duration may exceed 24 hours.</summary>
    Time = 4,
    /// <summary>TRUE or FALSE.</summary>
    Boolean = 5,
    /// <summary>#N/A, #REF! and their like: the text is empty.</summary>
    Error = 6,
}

/// <summary>What the caller may want to warn about.</summary>
[Flags]
public enum CellMarks
{
    None = 0,
    /// <summary>Computed by a formula; the text is the result that was stored with the file, empty where none was.</summary>
    FormulaResult = 1,
    /// <summary>A whole number of 8 digits or more: if it is a document or telephone number, its leading zeros are gone.</summary>
    NumberStoredAsNumber = 2,
    /// <summary>A number beyond the 15 digits that Excel keeps, or 7.9E+10 in a CSV: its last digits are gone.</summary>
    DigitsLost = 4,
    /// <summary>A text that tries to be a formula (=HYPERLINK…). Harmless here, but nothing that a person is called.</summary>
    LooksLikeFormula = 8,
    /// <summary>Typed in an alphabet from before Unicode and put into Unicode: <see cref="CellValue.Typed"/> is what the file holds.</summary>
    Converted = 16,
    /// <summary>Empty in the file, but part of a merged cell that begins above: it has the value of that.</summary>
    FromAbove = 32,
    /// <summary>The font of the cell, before its text is put into Unicode.</summary>
    Tcvn3Font = 64,
    VniFont = 128,
    CapitalFont = 256,
}

/// <summary>One cell.</summary>
/// <param name="text">As the user sees it, but numbers with all their digits, a decimal point and no grouping.</param>
/// <param name="typed">What the file holds where that was put into Unicode.</param>
public readonly struct CellValue(string? text, CellKind kind, CellMarks marks = CellMarks.None, string? typed = null)
{
    private readonly string? text = text;

    /// <summary>Never null. Not cleaned: spaces and line breaks are those of the file; but without characters that neither XML nor a database can hold.</summary>
    public string Text => text ?? "";
    public CellKind Kind => kind;
    public CellMarks Marks => marks;

    /// <summary>As the file holds it, where <see cref="CellMarks.Converted"/>; null otherwise.</summary>
    public string? Typed => typed;

    public bool Has(CellMarks mark) => (marks & mark) != 0;

    /// <summary>Nothing to see: no text but blanks, and no error.</summary>
    public bool Blank => kind != CellKind.Error && string.IsNullOrWhiteSpace(text);

    internal CellValue ReadAs(string unicode) => new(unicode, kind, marks | CellMarks.Converted, Text);

    internal CellValue With(CellMarks more) => new(text, kind, marks | more, typed);

    public override string ToString() => Text;
}
