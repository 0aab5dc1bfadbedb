using System.Text.RegularExpressions;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

public enum DocumentKind
{
    /// <summary>Căn cước công dân, thẻ căn cước: 12 digits.</summary>
    CitizenCard = 1,
    /// <summary>Chứng minh nhân dân: 9 digits, no longer issued.</summary>
    OldIdentityCard = 2,
    /// <summary>Hộ chiếu.</summary>
    Passport = 3,
    /// <summary>Thẻ bảo hiểm y tế: 15 characters, or the 10 digits of the social insurance number.</summary>
    HealthInsurance = 4,
    /// <summary>Số định danh cá nhân of a child without a card: 12 digits.</summary>
    BirthNumber = 5,
    Other = 9,
}

/// <summary>Numbers of papers: their form, what they say of their holder, and how they are shown. A number is text, whose zeros in
/// front count; many have none, or only that of a passport, so no number is the key of a person.</summary>
public static partial class DocumentRules
{
    /// <summary>Capital letters and digits only.</summary>
    public static string Normal(string text) => new([.. text.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);

    /// <summary>Null when the number has the form of its kind.</summary>
    public static Problem? Fault(DocumentKind kind, string normal, string field) => kind switch
    {
        DocumentKind.CitizenCard or DocumentKind.BirthNumber => normal.Length == 12 && normal.All(char.IsAsciiDigit) ? null : Problems.DocumentForm(kind, field),
        DocumentKind.OldIdentityCard => normal.Length is 9 or 12 && normal.All(char.IsAsciiDigit) ? null : Problems.DocumentForm(kind, field),
        DocumentKind.Passport => normal.Length is >= 6 and <= 12 && normal.Any(char.IsAsciiDigit) ? null : Problems.DocumentForm(kind, field),
        DocumentKind.HealthInsurance => InsuranceCard.IsNumber(normal) ? null : Problems.DocumentForm(kind, field),
        _ => normal.Length is >= 3 and <= 30 ? null : Problems.DocumentForm(kind, field),
    };

    /// <summary>Which kind a bare number most probably is; null when it fits none.</summary>
    public static DocumentKind? Guess(string normal) => normal switch
    {
        { Length: 12 } when normal.All(char.IsAsciiDigit) => DocumentKind.CitizenCard,
        { Length: 9 } when normal.All(char.IsAsciiDigit) => DocumentKind.OldIdentityCard,
        { Length: 10 } when normal.All(char.IsAsciiDigit) && normal[0] != '0' => DocumentKind.HealthInsurance,
        { Length: 15 } when normal[..2].All(char.IsAsciiLetterUpper) && normal[2..].All(char.IsAsciiDigit) => DocumentKind.HealthInsurance,
        { Length: 8 or 9 } when char.IsAsciiLetterUpper(normal[0]) && normal[1..].All(char.IsAsciiDigit) => DocumentKind.Passport,
        _ => null,
    };

    /// <summary>What a cell of a list holds: the kind where a word beside the number or its form tells it, and the number with the zeros that a spreadsheet has eaten.</summary>
    /// <param name="kind">Null: the list says only that it is a paper.</param>
    /// <param name="wasNumber">The spreadsheet held it as a number.</param>
    public static (DocumentKind Kind, string Normal) Read(DocumentKind? kind, string text, bool wasNumber, BirthDate birth, Sex sex)
    {
        kind ??= KindWord(text);
        var normal = Normal(KindWords().Replace(text, ""));
        if (wasNumber && normal.All(char.IsAsciiDigit))
            (kind, normal) = (kind, normal.Length) switch
            {
                (DocumentKind.CitizenCard or DocumentKind.BirthNumber, >= 9 and < 12) => (kind, normal.PadLeft(12, '0')),
                (null, 11) => (DocumentKind.CitizenCard, "0" + normal),
                // A card of Hà Nội (001…) and a social insurance number both have ten digits then: the year and the sex within the card's number tell.
                (null, 10) when birth.Year is not null && !Contradicts(DocumentKind.CitizenCard, "00" + normal, birth, sex) => (DocumentKind.CitizenCard, "00" + normal),
                (DocumentKind.OldIdentityCard or null, 8) => (DocumentKind.OldIdentityCard, "0" + normal),
                (DocumentKind.HealthInsurance, 9) => (kind, "0" + normal),
                _ => (kind, normal),
            };
        return (kind ?? Guess(normal) ?? DocumentKind.Other, normal);
    }

    private static DocumentKind? KindWord(string text) => VietnameseText.Fold(KindWords().Match(text).Groups[1].Value) switch
    {
        "cccd" or "can cuoc" or "can cuoc cong dan" => DocumentKind.CitizenCard,
        "cmnd" or "cmtnd" or "cmt" or "chung minh" or "chung minh nhan dan" => DocumentKind.OldIdentityCard,
        "ho chieu" or "passport" or "hc" => DocumentKind.Passport,
        "bhyt" or "bao hiem y te" => DocumentKind.HealthInsurance,
        _ => null,
    };

    [GeneratedRegex(@"(?<![\p{L}\d])(?:số\s+|thẻ\s+)?(cccd|căn cước(?: công dân)?|cmnd|cmtnd|cmt|chứng minh(?: nhân dân)?|hộ chiếu|passport|hc|bhyt|bảo hiểm y tế)(?![\p{L}])\s*(?:số)?\s*[:.]?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KindWords();

    /// <summary>
    /// What numbers are equal by: the card and the birth number of one person are the same number, and an insurance card of 15
    /// characters ends in the social insurance number that newer cards show alone.
    /// </summary>
    public static (string Purpose, string Normal) IndexForm(DocumentKind kind, string normal) => kind switch
    {
        DocumentKind.CitizenCard or DocumentKind.BirthNumber => ("national", normal),
        DocumentKind.OldIdentityCard => (normal.Length == 12 ? "national" : "cmnd", normal),
        DocumentKind.Passport => ("passport", normal),
        DocumentKind.HealthInsurance => ("bhyt", normal[^10..]),
        _ => ("other", normal),
    };

    /// <summary>
    /// What a 12-digit number says of its holder: the fourth digit gives century and sex (0 and 1: 1900s, man and woman; 2 and 3: 2000s …),
    /// the next two the year. Null for numbers that say nothing.
    /// </summary>
    public static (int Year, Sex Sex)? Says(DocumentKind kind, string normal) =>
        kind is DocumentKind.CitizenCard or DocumentKind.BirthNumber && normal.Length == 12 && normal.All(char.IsAsciiDigit)
            ? (1900 + (normal[3] - '0') / 2 * 100 + (normal[4] - '0') * 10 + (normal[5] - '0'), (normal[3] - '0') % 2 == 0 ? Sex.Male : Sex.Female)
            : null;

    /// <summary>Whether the number contradicts what is otherwise known: a sign of a wrong digit or of somebody else's paper.</summary>
    public static bool Contradicts(DocumentKind kind, string normal, BirthDate birth, Sex sex) => Says(kind, normal) is { } says
        && ((birth.Year is { } year && Math.Abs(year - says.Year) > (birth.Precision == BirthPrecision.About ? 1 : 0)) || (sex is Sex.Male or Sex.Female && sex != says.Sex));

    /// <summary>As lists show it: the last three characters only.</summary>
    public static string Mask(string normal) => normal.Length <= 3 ? "•••" : new string('•', Math.Min(normal.Length - 3, 9)) + normal[^3..];
}
