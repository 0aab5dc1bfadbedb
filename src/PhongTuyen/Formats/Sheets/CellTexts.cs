using System.Buffers;
using System.Globalization;
using System.Xml;

namespace PhongTuyen.Formats.Sheets;

/// <summary>What a stored value shows: all digits of numbers, days and times in ISO form.</summary>
internal static class CellTexts
{
    private const int SecondsOfDay = 86_400;
    /// <summary>A whole number of so many digits may be a document number (CMND 9, CCCD 12) that lost its zeros.</summary>
    private const int DigitsOfAnId = 8;
    private const int DigitsKept = 15;
    private static readonly SearchValues<char> Numerals = SearchValues.Create("0123456789");
    private static readonly DateTime Since1900 = new(1899, 12, 30);
    private static readonly DateTime Since1904 = new(1904, 1, 1);

    public static CellValue OfText(string text, CellMarks marks) => string.IsNullOrEmpty(text)
        ? new CellValue("", CellKind.Empty, marks)
        : new CellValue(text, CellKind.Text, FormulaGuard.LooksLikeFormula(text) ? marks | CellMarks.LooksLikeFormula : marks);

    /// <summary>Strict workbooks may store 2021-08-05T10:30:00 for a day and PT1H30M0S for a time.</summary>
    public static CellValue OfIso(string value, NumberFormat format, CellMarks marks)
    {
        if (value.StartsWith('P')) return Iso8601Duration(value) is { } length ? Time((long)Math.Round(length.TotalSeconds), marks) : OfText(value, marks);
        if (!DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date)) return OfText(value, marks);
        // A time of day carries the day before Excel's first.
        return date.Year < 1900 || !value.Contains('-', StringComparison.Ordinal)
            ? Time((long)Math.Round(date.TimeOfDay.TotalSeconds), marks)
            : Date(date, format.Time || !format.IsDate, marks);
    }

    public static CellValue OfNumber(ReadOnlySpan<char> value, NumberFormat format, bool since1904, CellMarks marks)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return OfText(value.ToString(), marks);
        if (format.IsDate && OfSerial(number, format, since1904, marks) is { } date) return date;
        var text = Digits(value, number);
        if (!IsWhole(text)) return new CellValue(text, CellKind.Number, marks);
        if (format.Lead.Length > 0 || format.Digits > text.Length) return new CellValue(format.Lead + text.PadLeft(format.Digits, '0'), CellKind.Number, marks);
        if (text.Length >= DigitsOfAnId) marks |= CellMarks.NumberStoredAsNumber;
        if (text.Length > DigitsKept) marks |= CellMarks.DigitsLost;
        return new CellValue(text, CellKind.Number, marks);
    }

    /// <summary>Never an exponent. Whole numbers as they were stored, others to the 15 digits that Excel shows: 1.1000000000000001 is 1.1.</summary>
    private static string Digits(ReadOnlySpan<char> value, double number)
    {
        if (value.Length < 30 && !value.ContainsAnyExcept(Numerals)) return value.ToString();
        var shown = number.ToString("G15", CultureInfo.InvariantCulture);
        if (!shown.Contains('E', StringComparison.Ordinal)) return shown == "-0" ? "0" : shown;
        return decimal.TryParse(shown, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact != 0 ? exact.ToString("0.############################", CultureInfo.InvariantCulture) : shown;
    }

    private static bool IsWhole(string text) => !text.AsSpan().ContainsAnyExcept(Numerals);

    /// <summary>Null where Excel shows no date: before its first day, after 9999, and on 29 February 1900, which never was.</summary>
    private static CellValue? OfSerial(double serial, NumberFormat format, bool since1904, CellMarks marks)
    {
        if (serial is < 0 or >= 2_958_466) return null;
        var seconds = (long)Math.Round(serial * SecondsOfDay);
        var day = seconds / SecondsOfDay;
        if (format.Elapsed || (day == 0 && format.Time && !(since1904 && format.Day))) return Time(seconds, marks);
        if (!since1904 && day is 0 or 60) return null;
        var first = since1904 ? Since1904 : day < 60 ? Since1900.AddDays(1) : Since1900;
        return (DateTime.MaxValue - first).TotalSeconds > seconds ? Date(first.AddSeconds(seconds), format.Time, marks) : null;
    }

    /// <summary>With the time only where it is shown and is not midnight: exports stamp mere dates with 00:00, or hide a stray hour behind the format.</summary>
    private static CellValue Date(DateTime date, bool withTime, CellMarks marks) =>
        new(date.ToString(withTime && date.TimeOfDay.TotalMinutes >= 1 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture), CellKind.Date, marks);

    private static CellValue Time(long seconds, CellMarks marks) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}"), CellKind.Time, marks);

    private static TimeSpan? Iso8601Duration(string value)
    {
        try
        {
            return XmlConvert.ToTimeSpan(value);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
