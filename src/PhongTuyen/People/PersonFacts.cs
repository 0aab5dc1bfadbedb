using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>What a form or a row says of a person, as typed and already cut into fields.</summary>
public sealed record PersonFacts
{
    public string? Name { get; init; }
    /// <summary>Patient code, where the list gives no name.</summary>
    public string? Code { get; init; }
    public BirthDate Birth { get; init; }
    public Sex Sex { get; init; }
    /// <summary>A country's name in either language, or its code.</summary>
    public string? Nationality { get; init; }
    public string? Occupation { get; init; }
    public Pregnancy Pregnant { get; init; }
    public short? PregnancyWeeks { get; init; }
    public string? Chronic { get; init; }
    /// <summary>Chủ hộ.</summary>
    public bool HouseholdHead { get; init; }

    /// <summary>Every fault at once.</summary>
    public List<Problem> Faults()
    {
        var faults = new List<Problem>();
        var (name, code) = (VietnameseText.Clean(Name), VietnameseText.Clean(Code));
        if (name is null && code is null) faults.Add(Problems.NameOrCode());
        if (name?.Length > Person.NameMost) faults.Add(Refusals.TooLong("name", Person.NameMost));
        else if (name is not null && (!name.Any(char.IsLetter) || name.Any(c => !char.IsLetter(c) && c is not (' ' or '\'' or '’' or '-' or '.' or ',' or '(' or ')')))) faults.Add(Problems.NameForm());
        if (code?.Length > 40) faults.Add(Refusals.TooLong("code", 40));
        if (VietnameseText.Clean(Nationality) is { } nationality && Countries.Code(nationality) is null) faults.Add(Problems.NationalityUnknown());
        if (VietnameseText.Clean(Occupation)?.Length > 100) faults.Add(Refusals.TooLong("occupation", 100));
        if (Pregnant == Pregnancy.Yes && Sex == Sex.Male) faults.Add(Problems.PregnancyOfMan());
        if (PregnancyWeeks is < 1 or > 45) faults.Add(Problems.PregnancyWeeks());
        if (VietnameseText.Clean(Chronic)?.Length > 500) faults.Add(Refusals.TooLong("chronic", 500));
        return faults;
    }
}

/// <param name="Number">As typed.</param>
public sealed record DocumentFact(DocumentKind Kind, string Number)
{
    public DateOnly? IssuedOn { get; init; }
    public DateOnly? ValidTo { get; init; }
    /// <summary>The paper really says so, although it contradicts birth or sex: recorded, with a finding.</summary>
    public bool AsOnPaper { get; init; }
}

public sealed record PhoneFact(string Number, PhoneOwner Whose);

/// <param name="Area">As far down as it is known.</param>
public sealed record AddressFact(AddressKind Kind, AreaKeys Area, int? Hamlet, string? Line);
