using System.Globalization;
using System.Text.RegularExpressions;

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

/// <summary>Dates as people write them: 5/8/21, 05082021, 05/08/2021, 5-8-2021, 2021-08-05; for births also 8/1985, 1985 and xx/xx/1985.</summary>
public static partial class DateInput
{
    /// <summary>A whole date. A year of two digits lies in the hundred years that end <paramref name="today"/>'s next year.</summary>
    public static bool TryDate(string? text, DateOnly today, out DateOnly date)
    {
        date = default;
        return (Parts(text) switch
        {
            [{ Length: 4 } y, var m, var d] => Make(y, m, d, today, out date),
            [var d, var m, var y] => Make(y, m, d, today, out date),
            [{ Length: 8 } run] => Make(run[4..], run[2..4], run[..2], today, out date) || Make(run[..4], run[4..6], run[6..], today, out date),
            [{ Length: 6 } run] => Make(run[4..], run[2..4], run[..2], today, out date),
            _ => false,
        }) && date.Year is >= Earliest and <= Latest;
    }

    /// <summary>Nothing that is entered here happened in an earlier year, and nothing is planned for a later one: what lies outside is a slip of the hand.</summary>
    public const int Earliest = 1850, Latest = 2200;

    /// <summary>A date and a time of day beside it: 5/8/2021 6:30, 05/08/2021 14h30, 14 giờ 30 ngày 5/8/2021, 2021-08-05T06:30:00+07:00; midnight where no time is given.</summary>
    public static bool TryMoment(string? text, DateOnly today, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null) return false;
        // Written by a program, with the distance from Greenwich.
        if (Stamp().IsMatch(text.Trim())) return DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out moment) && moment.Year is >= Earliest and <= Latest;
        var time = TimeOnly.MinValue;
        var rest = text;
        if (TimeOfDay().Match(text) is { Success: true } found)
        {
            var (hour, minute) = (Number(found.Groups["h"].Value), found.Groups["m"].Success ? Number(found.Groups["m"].Value) : 0);
            var half = found.Groups["half"].Value.ToUpperInvariant();
            if (half is "PM" or "CH" && hour < 12) hour += 12;
            else if (half is "AM" or "SA" && hour == 12) hour = 0;
            if (hour > 23 || minute > 59) return false;
            time = new TimeOnly(hour, minute);
            rest = text.Remove(found.Index, found.Length);
        }
        if (!TryDate(DayWords().Replace(rest, " "), today, out var day)) return false;
        moment = day.AtLocal(time);
        return true;
    }

    /// <summary>A birth with the precision that was written; 00 or xx for a day or month that is not known. Never in the future, at most 130 years ago.</summary>
    public static bool TryBirth(string? text, DateOnly today, out BirthDate birth)
    {
        birth = BirthDate.Unknown;
        text = BirthWords().Replace(text ?? "", "").Trim();
        if (TryDate(text, today, out var date)) birth = new BirthDate(date > today && date.Year < today.Year + 2 && !text.Contains(date.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) ? date.AddYears(-100) : date, BirthPrecision.Day);
        else
        {
            var parts = Parts(text).SkipWhile(part => part.All(digit => digit == '0')).ToArray();
            if (parts is [{ Length: 4 } year] && DateOnly.TryParseExact(year, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var inYear)) birth = new BirthDate(inYear, BirthPrecision.Year);
            else if (parts is [var month, { Length: 4 } of] && Make(of, month, "1", today, out var inMonth)) birth = new BirthDate(inMonth, BirthPrecision.Month);
        }
        return birth.From is { } from && from <= today && from.Year > today.Year - 131;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"(?<![\d/.-])(?<h>\d{1,2})\s*(?::|giờ|h|g)\s*(?:(?<m>\d{1,2})(?![\d/.-])\s*(?::\d{1,2}(\.\d+)?|phút|'|p(?!m))?)?\s*(?<half>AM|PM|SA|CH)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"lúc|ngày|,|(?<=\d)T(?=\s|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayWords();

    [GeneratedRegex(@"sinh|ngày|năm|\bsn\b|[_xX?:]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BirthWords();

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
