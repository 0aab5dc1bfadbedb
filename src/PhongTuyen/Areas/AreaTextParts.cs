using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>Cuts an address into the names that it is made of.</summary>
internal static partial class AreaTextParts
{
    private const int Longest = 400;

    /// <param name="isProvince">Tells "Bà Rịa - Vũng Tàu", which is one name, from "Phúc Xá - Ba Đình".</param>
    public static List<string> Of(string? text, Func<string, bool> isProvince)
    {
        if (VietnameseText.Clean(text) is not { } clean) return [];
        var parts = Cut(BeforeType().Replace(VietnameseText.Cut(clean, Longest), ", "), ',', ';');
        if (parts.Count == 1 && parts[0].Contains(" - ", StringComparison.Ordinal))
        {
            parts = Cut(parts[0].Replace(" - ", ",", StringComparison.Ordinal), ',');
            if (parts.Count > 1 && isProvince($"{parts[^2]} - {parts[^1]}"))
            {
                parts[^2] = $"{parts[^2]} - {parts[^1]}";
                parts.RemoveAt(parts.Count - 1);
            }
        }
        if (parts.Count > 1 && AreaNameKey.Of(parts[^1]).Loose is "vietnam" or "vn") parts.RemoveAt(parts.Count - 1);
        return parts;
    }

    private static List<string> Cut(string text, params char[] separators) =>
        [.. text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Trim('.', '-', ' '))
            .Where(part => part.Length > 0 && !AreaKinds.Types.Contains(part, StringComparer.OrdinalIgnoreCase))];

    /// <summary>The space before a type written with its marks, or abbreviated: a new name begins there even without a comma.</summary>
    [GeneratedRegex(@"(?<=[\p{L}\p{M}\d.)])(?<!thị|thành|đặc)\s+
        (?= (?:thành\ phố|thị\ xã|thị\ trấn|đặc\ khu|phường|quận|huyện|tỉnh|xã)\s
          | (?: (?:t\.?p|t\.?x|t\.?t)[.\s] | [pqhx]\. ) \s?[\p{L}\d])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex BeforeType();
}
