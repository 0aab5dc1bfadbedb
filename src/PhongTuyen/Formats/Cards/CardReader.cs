using System.Globalization;
using System.Text;
using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Cards;

/// <summary>
/// Reads the text of a hand scanner or a camera as one of the cards that people carry. The layouts are those of public readers and of decision 1405/QĐ-BTTTT version 1.1;
/// no norm of the identity card's code was published, so that it is recognised by the shape of its fields. What was scanned is never repeated in a refusal.
/// </summary>
public static class CardReader
{
    /// <summary>Characters. The largest that was met, an insurance card with a long address, has some 700.</summary>
    public const int Most = 4000;

    private const int LongestName = 100, LongestAddress = 300;

    // What stays of letters that were lost on the way: the sign for them, and beginnings of those that were written byte by byte.
    private static readonly string[] Damaged = ["\uFFFD", "á»", "áº", "Ä‘", "Æ°", "Ã "];

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    // What readers write that take each byte of UTF-8 for a letter of western Windows, or of ISO 8859-1.
    private static readonly Encoding[] Western = [.. new[] { 1252, 28591 }.Select(page =>
        CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback) ?? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback))];

    /// <summary>Whether this is what a reader sends, and nothing that somebody types: no name and no number holds such a sign.</summary>
    public static bool IsScan(string? text) => text is not null && (text.Contains('|', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal));

    /// <param name="today">Nobody is born, and nothing is issued, after it.</param>
    public static Outcome<ScannedCard> Read(string? text, DateOnly today)
    {
        if (text is { Length: > Most }) return CardProblems.TooLong();
        if (VietnameseText.Clean(Mended(WithoutMark(text?.Trim() ?? ""))) is not { } clean) return CardProblems.Empty();
        if (Damaged.Any(sign => clean.Contains(sign, StringComparison.Ordinal))) return CardProblems.Letters();
        if (clean.Contains("://", StringComparison.Ordinal) && !clean.Contains('|', StringComparison.Ordinal)) return CardProblems.Link();
        var fields = clean.Split('|').Select(field => field.Trim()).ToArray();
        if (fields.Length < 3) return LooksBegun(fields[0]) ? CardProblems.CutShort() : CardProblems.Unknown();
        if (PersonalCode.Fits(fields)) return PersonalCode.Read(fields, today);
        if (InsuranceCard.Fits(fields)) return InsuranceCard.Read(fields, today);
        return IdentityCard.Fits(fields) ? IdentityCard.Read(fields, today) : CardProblems.Unknown();
    }

    private static bool LooksBegun(string first) => IsDigits(first, 12) || InsuranceCard.IsNumber(first);

    /// <summary>Without the sign of the kind of code that readers can put in front (ISO/IEC 15424: "]Q1").</summary>
    private static string WithoutMark(string text) => text is [']', _, >= '0' and <= '9', ..] ? text[3..] : text;

    /// <summary>Letters that a reader wrote byte by byte (Nguyá»…n) are put together again; any other text stays as it is.</summary>
    private static string Mended(string text)
    {
        if (text.All(char.IsAscii)) return text;
        foreach (var encoding in Western)
        {
            try
            {
                return Strict.GetString(encoding.GetBytes(text));
            }
            catch (ArgumentException)
            {
                continue; // no bytes of UTF-8 in this reading
            }
        }
        return text;
    }

    /// <summary>Why a name is none: where letters were lost, that is said.</summary>
    internal static Problem NameFault(string text) => text.Any(char.IsLetter) && text.Contains('?', StringComparison.Ordinal) ? CardProblems.Letters() : CardProblems.Name();

    internal static bool IsDigits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);

    /// <summary>Letters of any script with what stands between them in names; no digit and no sign of markup.</summary>
    internal static bool IsName(string text) => text.Length is > 1 and <= LongestName && text.Any(char.IsLetter)
        && text.All(c => char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || c is ' ' or '\'' or '’' or '-' or '.' or ',');

    /// <summary>Null for what says nothing.</summary>
    internal static string? Line(string text) => text is "" or "-" || text.Length > LongestAddress ? null : text;

    /// <summary>18011987; 00001987 where only the year is known, as older cards have it. The parts have two, two and four digits.</summary>
    internal static bool TryBirth(string day, string month, string year, DateOnly today, out BirthDate birth)
    {
        birth = BirthDate.Unknown;
        var (noDay, noMonth) = (day is "00" or "**" or "", month is "00" or "**" or "");
        if (!IsDigits(year, 4) || !(noMonth || (IsDigits(month, 2) && (noDay || IsDigits(day, 2))))) return false;
        return DateInput.TryBirth(noMonth ? year : noDay ? $"{month}/{year}" : $"{day}/{month}/{year}", today, out birth);
    }

    /// <summary>A day of the card in this form. True and null for an empty field.</summary>
    internal static bool TryDay(string text, string form, out DateOnly? day)
    {
        day = null;
        if (text is "" or "-") return true;
        if (!DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var of) || of.Year is < DateInput.Earliest or > DateInput.Latest) return false;
        day = of;
        return true;
    }

    /// <summary>Text of an insurance card: UTF-8 in hexadecimal digits. Null where it is none.</summary>
    internal static string? OfHex(string text)
    {
        try
        {
            return VietnameseText.Clean(Strict.GetString(Convert.FromHexString(text)));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
