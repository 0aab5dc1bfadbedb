using System.Globalization;

namespace PhongTuyen.Kernel;

/// <summary>How much of a date of birth is known.</summary>
public enum BirthPrecision
{
    Unknown = 0,
    Day = 1,
    Month = 2,
    /// <summary>Year only: a normal answer in Viet Nam, never turned into 1 January.</summary>
    Year = 3,
    /// <summary>Reckoned from an age given on some day: the year may be one too late.</summary>
    About = 4,
}

/// <summary>A date of birth as far as it is known.</summary>
/// <param name="From">The first day that the person can have been born on, as far as the precision says; null when unknown.</param>
public readonly record struct BirthDate(DateOnly? From, BirthPrecision Precision)
{
    public static readonly BirthDate Unknown;

    public int? Year => From?.Year;

    public static BirthDate OfYear(int year) => new(new DateOnly(year, 1, 1), BirthPrecision.Year);

    /// <summary>Someone who was so many whole years old on that day.</summary>
    public static BirthDate OfAge(int age, DateOnly on) => new(new DateOnly(on.Year - age, 1, 1), BirthPrecision.About);

    /// <summary>Whole years on that day; with year precision the age reached in that year; null when unknown.</summary>
    public int? AgeOn(DateOnly day) => From is not { } from ? null
        : Precision == BirthPrecision.Day && (day.Month, day.Day).CompareTo((from.Month, from.Day)) < 0 ? day.Year - from.Year - 1
        : day.Year - from.Year;

    /// <summary>05/08/1985, 08/1985, 1985 or ~1985.</summary>
    public override string ToString() => From is not { } from ? "" : Precision switch
    {
        BirthPrecision.Day => from.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        BirthPrecision.Month => from.ToString("MM/yyyy", CultureInfo.InvariantCulture),
        BirthPrecision.Year => from.Year.ToString(CultureInfo.InvariantCulture),
        _ => "~" + from.Year.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>Dates as people write them: 5/8/21, 05082021, 05/08/2021, 5-8-2021, 2021-08-05; for births also 8/1985 and 1985.</summary>
public static class DateInput
{
    /// <summary>A whole date. A year of two digits lies in the hundred years that end <paramref name="today"/>'s next year.</summary>
    public static bool TryDate(string? text, DateOnly today, out DateOnly date)
    {
        date = default;
        return Parts(text) switch
        {
            [{ Length: 4 } y, var m, var d] => Make(y, m, d, today, out date),
            [var d, var m, var y] => Make(y, m, d, today, out date),
            [{ Length: 8 } run] => Make(run[4..], run[2..4], run[..2], today, out date) || Make(run[..4], run[4..6], run[6..], today, out date),
            [{ Length: 6 } run] => Make(run[4..], run[2..4], run[..2], today, out date),
            _ => false,
        };
    }

    /// <summary>A date and, after a space, a time of day (HH:mm); midnight where no time is given.</summary>
    public static bool TryMoment(string? text, DateOnly today, out DateTimeOffset moment)
    {
        moment = default;
        var cut = text?.Trim().Split([' ', 'T'], 2, StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (cut.Length == 0 || !TryDate(cut[0], today, out var day)) return false;
        var time = TimeOnly.MinValue;
        if (cut.Length == 2 && !TimeOnly.TryParse(cut[1].Replace('h', ':').TrimEnd(':', 'Z'), CultureInfo.InvariantCulture, out time)) return false;
        moment = day.AtLocal(time);
        return true;
    }

    /// <summary>A birth with the precision that was written. Never in the future, at most 130 years ago.</summary>
    public static bool TryBirth(string? text, DateOnly today, out BirthDate birth)
    {
        birth = BirthDate.Unknown;
        if (TryDate(text, today, out var date)) birth = new BirthDate(date, BirthPrecision.Day);
        else if (Parts(text) is [{ Length: 4 } year] && DateOnly.TryParseExact(year, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var inYear))
            birth = new BirthDate(inYear, BirthPrecision.Year);
        else if (Parts(text) is [var month, { Length: 4 } of] && Make(of, month, "1", today, out var inMonth)) birth = new BirthDate(inMonth, BirthPrecision.Month);
        return birth.From is { } from && from <= today && from.Year > today.Year - 131;
    }

    private static string[] Parts(string? text)
    {
        var parts = text?.Trim().Split(['/', '-', '.', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.All(part => part.All(char.IsAsciiDigit)) ? parts : [];
    }

    private static bool Make(string year, string month, string day, DateOnly today, out DateOnly date)
    {
        date = default;
        if (year.Length is not (2 or 4) || month.Length is 0 or > 2 || day.Length is 0 or > 2) return false;
        var (y, m, d) = (Number(year), Number(month), Number(day));
        if (year.Length == 2)
        {
            y += today.Year / 100 * 100;
            if (y > today.Year + 1) y -= 100;
        }
        if (y is < 1 or > 9999 || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m)) return false;
        date = new DateOnly(y, m, d);
        return true;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
