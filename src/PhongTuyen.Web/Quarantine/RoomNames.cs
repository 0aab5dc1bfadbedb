using System.Globalization;
using System.Text.RegularExpressions;

namespace PhongTuyen.Web.Quarantine;

/// <summary>Names of rooms as people write them: "101-120", "P1 - P12", "Phòng khám, Phòng lưu 2".</summary>
public static partial class RoomNames
{
    private const int Most = 500;

    public static IReadOnlyList<string> Read(string? text)
    {
        var names = new List<string>();
        foreach (var part in (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var range = Range().Match(part);
            if (range.Success && range.Groups["a"].Value == (range.Groups["b"].Value.Length == 0 ? range.Groups["a"].Value : range.Groups["b"].Value))
            {
                var (first, last) = (int.Parse(range.Groups["first"].Value, CultureInfo.InvariantCulture), int.Parse(range.Groups["last"].Value, CultureInfo.InvariantCulture));
                // Leading zeros are kept: 01-12 gives 01, 02 … 12.
                if (last >= first && last - first < Most) names.AddRange(Enumerable.Range(first, last - first + 1).Select(n => range.Groups["a"].Value + n.ToString(new string('0', range.Groups["first"].Length), CultureInfo.InvariantCulture)));
            }
            else names.Add(part);
        }
        return names;
    }

    [GeneratedRegex(@"^(?<a>\D{0,10}?)(?<first>\d{1,5})\s*[-–]\s*(?<b>\D{0,10}?)(?<last>\d{1,5})$")]
    private static partial Regex Range();
}
