using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Cards;

/// <summary>
/// Decision 1405/QĐ-BTTTT, version 1.1: number of a paper | NAME WITHOUT ACCENTS | birth yyyy-MM-dd | 0 declared by oneself, 1 by somebody else | QID | further values, each before a "&lt;": QID of whoever
/// declared, sex (0 not known, 1 man, 2 woman), insurance number, telephone, signature. Shown to others, the first six characters of the number and the day and month of birth are asterisks.
/// </summary>
internal static class PersonalCode
{
    private const int Hidden = 6;

    /// <summary>By the date in its third field: nothing else writes it so.</summary>
    public static bool Fits(string[] fields) => fields.Length is >= 4 and <= 6 && fields[2] is { Length: 10 } birth && birth[4] == '-' && birth[7] == '-';

    public static Outcome<ScannedCard> Read(string[] fields, DateOnly today)
    {
        var number = fields[0];
        var masked = number.StartsWith(new string('*', Hidden), StringComparison.Ordinal);
        if (!(masked ? number[Hidden..] : number).All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) || number.Length is < Hidden or > 15) return CardProblems.Number();
        if (!CardReader.IsName(fields[1])) return CardReader.NameFault(fields[1]);
        if (!CardReader.TryBirth(fields[2][8..], fields[2][5..7], fields[2][..4], today, out var birth)) return CardProblems.Birth();
        if (fields.Length < 5 || fields[3] is not ("0" or "1") || fields[4].Length > 40 || !fields[4].All(char.IsAsciiLetterOrDigit)) return CardProblems.CutShort();
        var more = fields.Length == 6 ? fields[5].Split('<') : [];
        string? More(int i) => i < more.Length && more[i].Trim() is { Length: > 0 and <= 40 } value ? value : null;
        if (More(1) is { } sex && sex is not ("0" or "1" or "2")) return CardProblems.Sex();
        return new ScannedCard(CardKind.PersonalCode)
        {
            Number = masked ? null : number, NumberEnd = masked && number.Length > Hidden ? number[Hidden..] : null, Name = fields[1], Birth = birth, Male = More(1) switch { "1" => true, "2" => false, _ => null },
            PersonalId = fields[4].Length > 0 ? fields[4] : null, ByProxy = fields[3] == "1", DeclaredBy = More(0), InsuranceNumber = More(2) is { } card && InsuranceCard.IsNumber(card) ? card : null, Telephone = More(3) is { } phone && phone.All(c => char.IsAsciiDigit(c) || c == '+') ? phone : null,
        };
    }
}
