using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Sheets;

/// <summary>A column of a list that is written.</summary>
/// <param name="Width">In characters, from 1 to 255. Of no meaning in a CSV.</param>
public sealed record SheetColumn(string Title, double Width = 16);

/// <summary>
/// One cell to be written, with its type, so that no program has to guess: a text stays a text, whatever it looks like. Texts,
/// numbers, days and moments turn into cells by themselves; a value that is null, and default, is an empty cell.
/// </summary>
public readonly struct SheetCell
{
    internal enum CellType : byte { Empty, Text, Number, Day, Moment }

    private SheetCell(CellType type, string? text, decimal number) => (Type, Words, Amount) = (type, text, number);

    internal CellType Type { get; }
    internal string? Words { get; }
    internal decimal Amount { get; }

    /// <summary>Also for document, telephone and area numbers, whose leading zeros count.</summary>
    public static SheetCell Text(string? text) => string.IsNullOrEmpty(text) ? default : new(CellType.Text, text, 0);

    /// <summary>A quantity. Beyond 15 digits it is written as text, because Excel keeps no more.</summary>
    public static SheetCell Number(decimal? number) => number is { } some ? new(CellType.Number, null, some) : default;

    /// <summary>A day, shown as dd/MM/yyyy; in a CSV yyyy-MM-dd.</summary>
    public static SheetCell Date(DateOnly? day) => day is { } some ? new(CellType.Day, null, some.DayNumber) : default;

    /// <summary>A moment as a clock in Viet Nam shows it, to the minute.</summary>
    public static SheetCell Moment(DateTimeOffset? moment) => moment is { } some ? new(CellType.Moment, null, some.Local().Ticks) : default;

    internal DateTime When => new(Type == CellType.Day ? (long)Amount * TimeSpan.TicksPerDay : (long)Amount);

    public static implicit operator SheetCell(string? text) => Text(text);
    public static implicit operator SheetCell(int number) => Number(number);
    public static implicit operator SheetCell(int? number) => Number(number);
    public static implicit operator SheetCell(long number) => Number(number);
    public static implicit operator SheetCell(decimal number) => Number(number);
    public static implicit operator SheetCell(decimal? number) => Number(number);
    public static implicit operator SheetCell(DateOnly day) => Date(day);
    public static implicit operator SheetCell(DateOnly? day) => Date(day);
    public static implicit operator SheetCell(DateTimeOffset moment) => Moment(moment);
    public static implicit operator SheetCell(DateTimeOffset? moment) => Moment(moment);
}
