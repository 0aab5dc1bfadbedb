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
}

/// <summary>One cell.</summary>
/// <param name="text">As the user sees it, but numbers with all their digits, a decimal point and no grouping.</param>
public readonly struct CellValue(string? text, CellKind kind, CellMarks marks = CellMarks.None)
{
    private readonly string? text = text;

    /// <summary>Never null. Not cleaned: spaces and line breaks are those of the file; but without characters that neither XML nor a database can hold.</summary>
    public string Text => text ?? "";
    public CellKind Kind => kind;
    public CellMarks Marks => marks;

    public bool Has(CellMarks mark) => (marks & mark) != 0;

    /// <summary>Nothing to see: no text but blanks, and no error.</summary>
    public bool Blank => kind != CellKind.Error && string.IsNullOrWhiteSpace(text);

    public override string ToString() => Text;
}
