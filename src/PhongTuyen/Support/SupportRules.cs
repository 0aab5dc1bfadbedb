using System.Text.RegularExpressions;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>What a report and its answers may not hold.</summary>
public static partial class SupportRules
{
    /// <summary>
    /// Whether a text holds what looks like the number of a paper or a telephone: nine digits or more in a row, with single spaces, points or hyphens between them, or a letter with
    /// seven or eight digits as passports have it. Days and addresses of machines are none. Refused and not masked: who typed it knows best what the sentence needs.
    /// </summary>
    public static bool HoldsNumber(string? text) => VietnameseText.Clean(text) is { } clean && Numbers().IsMatch(Harmless().Replace(clean, " – "));

    /// <summary>The text cleaned, or why it is not taken.</summary>
    /// <param name="field">Where it was typed.</param>
    internal static Outcome<string> Read(string? text, string field) =>
        VietnameseText.Clean(text) is not { } clean ? Refusals.Required(field) : HoldsNumber(clean) ? Problems.HoldsNumber().At(field) : clean;

    [GeneratedRegex(@"\d(?:[ .-]?\d){8,}|(?<![\p{L}\d])[A-Za-z]\d{7,8}(?!\d)")]
    private static partial Regex Numbers();

    /// <summary>20.08.2021, 2021-08-20, 192.168.1.20.</summary>
    [GeneratedRegex(@"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[.-](?:0?[1-9]|1[0-2])[.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3})(?!\d)")]
    private static partial Regex Harmless();
}
