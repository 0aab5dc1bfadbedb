using System.Globalization;
using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Ages as lists write them: 45, 45 tuổi, 8 tháng, 20 ngày tuổi. What comes out is a year of birth that may be one too late, never a day.</summary>
public static partial class AgeRules
{
    /// <param name="on">The day on which the person was so old.</param>
    /// <returns>Null where it is no age from 0 to 130 years.</returns>
    public static BirthDate? Birth(string text, DateOnly on)
    {
        if (Form().Match(text) is not { Success: true } match || !int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
        var born = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "tháng" or "month" or "months" or "m" => n <= 1560 ? on.AddMonths(-n) : DateOnly.MinValue,
            "tuần" or "week" or "weeks" => n <= 520 ? on.AddDays(-7 * n) : DateOnly.MinValue,
            "ngày" or "day" or "days" => n <= 3660 ? on.AddDays(-n) : DateOnly.MinValue,
            _ => n <= 130 ? on.AddYears(-n) : DateOnly.MinValue,
        };
        return born == DateOnly.MinValue ? null : BirthDate.OfAge(on.Year - born.Year, on);
    }

    [GeneratedRegex(@"^\s*(?<n>\d{1,4})(?:[.,]0+)?\s*(?<unit>tuổi|năm|years?|y|t|tháng|months?|m|tuần|weeks?|ngày|days?)?(\s*(tuổi|old))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
