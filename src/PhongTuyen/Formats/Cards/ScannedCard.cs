using PhongTuyen.Kernel;

namespace PhongTuyen.Formats.Cards;

public enum CardKind
{
    /// <summary>Căn cước công dân gắn chip, thẻ căn cước: the code on its front.</summary>
    IdentityCard = 1,
    /// <summary>Thẻ bảo hiểm y tế.</summary>
    InsuranceCard = 2,
    /// <summary>Mã QR cá nhân of decision 1405/QĐ-BTTTT (11/9/2021), as the applications of that time showed it.</summary>
    PersonalCode = 3,
}

/// <summary>
/// What a scanned card says of its holder. None of these codes is signed: anybody can print one, so that they fill a form and prove nothing.
/// What a card does not hold is null or unknown.
/// </summary>
public sealed record ScannedCard(CardKind Kind)
{
    /// <summary>Of the identity card 12 digits; of the insurance card 10 digits or 15 characters; of the personal code that of whichever paper was declared.</summary>
    public string? Number { get; init; }

    /// <summary>Of a personal code that hides the beginning of the number: the characters that it shows.</summary>
    public string? NumberEnd { get; init; }

    /// <summary>Số CMND cũ: 9 digits.</summary>
    public string? OldNumber { get; init; }

    public required string Name { get; init; }

    /// <summary>The personal code writes names in capitals and without accents (NGUYEN VAN AN): such a name says less than one that was written.</summary>
    public bool NameWithoutAccents => Kind == CardKind.PersonalCode;

    public BirthDate Birth { get; init; }

    public bool? Male { get; init; }

    /// <summary>One line, as the card has it; the units of the day on which it was issued.</summary>
    public string? Address { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>Nơi đăng ký khám chữa bệnh ban đầu: code of the facility, "01 - C54".</summary>
    public string? Facility { get; init; }

    /// <summary>QID: the person's number on the national platform of codes.</summary>
    public string? PersonalId { get; init; }

    /// <summary>Declared by somebody else (khai hộ).</summary>
    public bool ByProxy { get; init; }

    /// <summary>QID of whoever declared for the person.</summary>
    public string? DeclaredBy { get; init; }

    /// <summary>Number of the insurance card within a personal code.</summary>
    public string? InsuranceNumber { get; init; }

    /// <summary>As the code has it.</summary>
    public string? Telephone { get; init; }
}
