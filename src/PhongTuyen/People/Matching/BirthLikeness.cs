using System.Globalization;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Matching;

/// <summary>How alike two births are, each known to the day, the month, the year, or about, from an age.</summary>
public static class BirthLikeness
{
    /// <summary>Null where one of them is not known.</summary>
    public static MatchReason? Of(BirthDate one, BirthDate other)
    {
        if (one.From is not { } from || other.From is not { } from2) return null;
        if (one.Precision == BirthPrecision.Day && other.Precision == BirthPrecision.Day) return Days(from, from2);
        if (one.Precision == BirthPrecision.About || other.Precision == BirthPrecision.About) return Math.Abs(from.Year - from2.Year) <= 1 ? MatchReason.BirthAbout : MatchReason.BirthDiffers;
        if (from.Year != from2.Year) return OneDigit(Year(from), Year(from2)) ? MatchReason.BirthDayOfYear : MatchReason.BirthDiffers;
        var months = one.Precision != BirthPrecision.Year && other.Precision != BirthPrecision.Year;
        return months && from.Month != from2.Month ? MatchReason.BirthYearOnly : MatchReason.BirthYear;
    }

    private static MatchReason Days(DateOnly one, DateOnly other)
    {
        if (one == other) return MatchReason.BirthSame;
        if (one.Year == other.Year)
        {
            if (one.Month == other.Day && one.Day == other.Month) return MatchReason.BirthSwapped;
            return OneDigit(Day(one), Day(other)) ? MatchReason.BirthDigit : MatchReason.BirthYearOnly;
        }
        if (one.Month == other.Month && one.Day == other.Day) return OneDigit(Year(one), Year(other)) || Math.Abs(one.Year - other.Year) == 1 ? MatchReason.BirthYearDigit : MatchReason.BirthDayOfYear;
        return MatchReason.BirthDiffers;
    }

    private static string Year(DateOnly day) => day.ToString("yyyy", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("ddMM", CultureInfo.InvariantCulture);

    /// <summary>Another digit, or two in each other's place.</summary>
    internal static bool OneDigit(string one, string other)
    {
        if (one.Length != other.Length) return false;
        var apart = Enumerable.Range(0, one.Length).Where(i => one[i] != other[i]).ToList();
        return apart.Count == 1 || apart.Count == 2 && one[apart[0]] == other[apart[1]] && one[apart[1]] == other[apart[0]];
    }
}
