using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Cards;

/// <summary>
/// number | name in hexadecimal UTF-8 | birth | 1 man, 2 woman | address in hexadecimal | facility | valid from | valid to | issued | … | $. A dash is an empty field. Of the fields behind the ninth nothing is
/// published; cards may stop before them.
/// </summary>
internal static class InsuranceCard
{
    private const int MostFields = 30;

    /// <summary>Mã số BHXH of 10 digits, or the older 15 characters: two letters of the group, a digit of the benefit, two of the province, and those ten.</summary>
    public static bool IsNumber(string text) => CardReader.IsDigits(text, 10) || (text.Length == 15 && text[..2].All(char.IsAsciiLetterUpper) && text[2..].All(char.IsAsciiDigit));

    public static bool Fits(string[] fields) => IsNumber(fields[0]) && fields.Length <= MostFields;

    public static Outcome<ScannedCard> Read(string[] fields, DateOnly today)
    {
        if (fields.Length < 4) return CardProblems.CutShort();
        if (CardReader.OfHex(fields[1]) is not { } name) return CardProblems.Hex();
        if (!CardReader.IsName(name)) return CardReader.NameFault(name);
        if (!(fields[2].Split('/') is [var day, var month, var year] && CardReader.TryBirth(day, month, year, today, out var birth)) && !CardReader.TryBirth("", "", fields[2], today, out birth)) return CardProblems.Birth();
        if (fields[3] is not ("1" or "2" or "-" or "")) return CardProblems.Sex();
        string Field(int i) => i < fields.Length && fields[i] != "$" ? fields[i] : "";
        string? address = null;
        if (Field(4) is not ("" or "-") and var hex && (address = CardReader.OfHex(hex)) is null) return CardProblems.Hex();
        if (!CardReader.TryDay(Field(6), "dd/MM/yyyy", out var from) || !CardReader.TryDay(Field(7), "dd/MM/yyyy", out var to) || !CardReader.TryDay(Field(8), "dd/MM/yyyy", out var issued)) return CardProblems.Day();
        return new ScannedCard(CardKind.InsuranceCard)
        {
            Number = fields[0], Name = name, Birth = birth, Male = fields[3] switch { "1" => true, "2" => false, _ => null },
            Address = address is null ? null : CardReader.Line(address), Facility = CardReader.Line(Field(5)), ValidFrom = from, ValidTo = to, IssuedOn = issued,
        };
    }
}
