using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>What a form or a row says of a person, as typed and already cut into fields.</summary>
public sealed record PersonFacts
{
    [Most(Person.NameMost)]
    public string? Name { get; init; }
    /// <summary>Patient code, where the list gives no name.</summary>
    [Most(40)]
    public string? Code { get; init; }
    public BirthDate Birth { get; init; }
    public Sex Sex { get; init; }
    /// <summary>A country's name in either language, or its code.</summary>
    [Most(100)]
    public string? Nationality { get; init; }
    [Most(100)]
    public string? Occupation { get; init; }
    public Pregnancy Pregnant { get; init; }
    public short? PregnancyWeeks { get; init; }
    public string? Chronic { get; init; }
    /// <summary>Chủ hộ.</summary>
    public bool HouseholdHead { get; init; }

    /// <summary>Every fault at once, but those that every input has (<see cref="Inputs"/>).</summary>
    public List<Problem> Faults()
    {
        var faults = new List<Problem>();
        var (name, code) = (VietnameseText.Clean(Name), VietnameseText.Clean(Code));
        if (name is null && code is null) faults.Add(Problems.NameOrCode());
        if (name?.Length <= Person.NameMost && (!name.Any(char.IsLetter) || name.Any(c => !char.IsLetter(c) && c is not (' ' or '\'' or '’' or '-' or '.' or ',' or '(' or ')')))) faults.Add(Problems.NameForm());
        if (VietnameseText.Clean(Nationality) is { } nationality && Countries.Code(nationality) is null) faults.Add(Problems.NationalityUnknown());
        if (Pregnant == Pregnancy.Yes && Sex == Sex.Male) faults.Add(Problems.PregnancyOfMan());
        if (PregnancyWeeks is < 1 or > 45) faults.Add(Problems.PregnancyWeeks());
        return faults;
    }
}

/// <param name="Number">As typed.</param>
public sealed record DocumentFact(DocumentKind Kind, [property: Most(60)] string Number)
{
    public DateOnly? IssuedOn { get; init; }
    public DateOnly? ValidTo { get; init; }
    /// <summary>The paper really says so, although it contradicts birth or sex: recorded, with a finding.</summary>
    public bool AsOnPaper { get; init; }
}

public sealed record PhoneFact([property: Most(40)] string Number, PhoneOwner Whose);

/// <param name="Area">As far down as it is known.</param>
public sealed record AddressFact(AddressKind Kind, AreaKeys Area, int? Hamlet, [property: Most(PersonAddress.LineMost)] string? Line);
