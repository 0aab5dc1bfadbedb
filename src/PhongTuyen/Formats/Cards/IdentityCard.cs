using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Cards;

/// <summary>
/// number (12) | old number (9, may be empty) | name | birth ddMMyyyy | Nam/Nữ | address | issued ddMMyyyy. Cards of the first months leave the old number out whole; later ones
/// have fields behind, of which the first may be the day on which the card ends.
/// </summary>
internal static class IdentityCard
{
    private const int MostFields = 20;

    public static bool Fits(string[] fields) => CardReader.IsDigits(fields[0], 12) && fields.Length <= MostFields;

    public static Outcome<ScannedCard> Read(string[] fields, DateOnly today)
    {
        // Without the field of the old number the name stands second.
        var old = fields[1] is "" or "-" || fields[1].All(char.IsAsciiDigit);
        if (old && fields[1] is not ("" or "-") && fields[1].Length is not (9 or 12)) return CardProblems.Number();
        var rest = fields.AsSpan(old ? 2 : 1);
        if (rest.Length < 4) return CardProblems.CutShort();
        if (!CardReader.IsName(rest[0])) return CardReader.NameFault(rest[0]);
        if (!CardReader.IsDigits(rest[1], 8) || !CardReader.TryBirth(rest[1][..2], rest[1][2..4], rest[1][4..], today, out var birth)) return CardProblems.Birth();
        if (VietnameseText.Fold(rest[2]) is not ("nam" or "nu" or "")) return CardProblems.Sex();
        DateOnly? issued = null, ends = null;
        if (rest.Length > 4 && (!CardReader.TryDay(rest[4], "ddMMyyyy", out issued) || issued > today)) return CardProblems.Day();
        // Nobody published what stands behind: a day there ends the card, anything else is left alone.
        if (rest.Length > 5) CardReader.TryDay(rest[5], "ddMMyyyy", out ends);
        return new ScannedCard(CardKind.IdentityCard)
        {
            Number = fields[0], OldNumber = old && fields[1].Length == 9 ? fields[1] : null, Name = rest[0], Birth = birth,
            Male = VietnameseText.Fold(rest[2]) switch { "nam" => true, "nu" => false, _ => null }, Address = CardReader.Line(rest[3]), IssuedOn = issued, ValidTo = ends,
        };
    }
}
