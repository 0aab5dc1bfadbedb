using System.Globalization;

namespace PhongTuyen.Formats.Sheets;

/// <summary>The name of a cell, as B17: letters for the column, digits for the row, both from 1.</summary>
public static class CellName
{
    public static string Of(int row, int column) => ColumnOf(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>1 gives A, 27 gives AA.</summary>
    public static string ColumnOf(int column) => column <= 0 ? "" : ColumnOf((column - 1) / 26) + (char)('A' + (column - 1) % 26);

    /// <summary>0 for what is missing or out of Excel's range (1,048,576 rows, 16,384 columns); small letters and $ are taken.</summary>
    internal static (int Row, int Column) Parse(ReadOnlySpan<char> name)
    {
        var (row, column) = (0, 0);
        foreach (var c in name)
        {
            if (char.IsAsciiLetter(c) && row == 0) column = column * 26 + (c | 0x20) - 'a' + 1;
            else if (char.IsAsciiDigit(c)) row = row * 10 + c - '0';
            else if (c != '$') return (0, 0);
            if (row > 1_048_576 || column > 16_384) return (0, 0);
        }
        return (row, column);
    }
}
