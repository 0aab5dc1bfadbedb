using System.Globalization;
using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Quarantine;

/// <summary>Names of rooms as people write them: "101-120", "P1 - P12", "Phòng khám, Phòng lưu 2".</summary>
public static partial class RoomNames
{
    private const int Most = 500;

    /// <summary>Refused is what looks like a series and is none, or one that is longer than any house.</summary>
    public static Outcome<IReadOnlyList<string>> Read(string? text)
    {
        var names = new List<string>();
        foreach (var part in (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var range = Range().Match(part);
            if (range.Success && range.Groups["b"].Value is { } b && (b.Length == 0 || range.Groups["a"].Value == b))
            {
                if (!int.TryParse(range.Groups["first"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var first) || !int.TryParse(range.Groups["last"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first || last - first >= Most)
                    return PhongTuyen.Quarantine.Problems.RoomRange(part.Length > 40 ? VietnameseText.Cut(part, 40) + "…" : part, Most);
                // Leading zeros are kept: 01-12 gives 01, 02 … 12.
                names.AddRange(Enumerable.Range(first, last - first + 1).Select(n => range.Groups["a"].Value + n.ToString(new string('0', range.Groups["first"].Length), CultureInfo.InvariantCulture)));
            }
            else names.Add(part);
        }
        return names;
    }

    [GeneratedRegex(@"^(?<a>\D{0,10}?)(?<first>\d+)\s*[-–]\s*(?<b>\D{0,10}?)(?<last>\d+)$")]
    private static partial Regex Range();
}
