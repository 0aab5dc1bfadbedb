using System.Globalization;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Areas;

namespace PhongTuyen.Web.People;

/// <summary>The form of a person as it is typed, and how it becomes facts. Rows left empty are no rows; a refusal finds its row again.</summary>
public sealed class PersonFields : IFromCard
{
    public sealed class DocumentField
    {
        /// <summary>Null: told from the number's form.</summary>
        public DocumentKind? Kind { get; set; }
        public string? Number { get; set; }
        public bool AsOnPaper { get; set; }
    }

    public sealed class PhoneField
    {
        public string? Number { get; set; }
        public PhoneOwner Whose { get; set; } = PhoneOwner.Own;
    }

    public sealed class AddressField
    {
        public AddressKind Kind { get; set; }
        public AreaId Area { get; set; }
        public string? AreaText { get; set; }
        public string? Hamlet { get; set; }
        public string? Line { get; set; }
        /// <summary>The line holds the whole address of a card.</summary>
        public bool Whole { get; set; }
    }

    public string? Name { get; set; }
    public string? Code { get; set; }
    public string? Birth { get; set; }
    public Sex Sex { get; set; }
    public string? Nationality { get; set; }
    public string? Occupation { get; set; }
    public Pregnancy Pregnant { get; set; }
    public short? PregnancyWeeks { get; set; }
    public string? Chronic { get; set; }
    public bool HouseholdHead { get; set; }
    public List<DocumentField> Documents { get; set; } = [new(), new(), new()];
    public List<PhoneField> Phones { get; set; } = [new(), new()];
    public List<AddressField> Addresses { get; set; } = [new() { Kind = AddressKind.Present }, new() { Kind = AddressKind.Permanent }, new() { Kind = AddressKind.Temporary }];

    /// <summary>Puts in what a scanned card says; what it does not say stays as it was typed. The address of a card is the registered one.</summary>
    public void Fill(ScannedCard card, AreaStore areas, DateOnly today)
    {
        Name = card.Name;
        if (card.Birth != BirthDate.Unknown) Birth = card.Birth.ToString();
        if (card.Male is not null) Sex = CardFill.SexOf(card);
        Put(card.Kind switch { CardKind.IdentityCard => DocumentKind.CitizenCard, CardKind.InsuranceCard => DocumentKind.HealthInsurance, _ => null }, card.Number);
        Put(DocumentKind.OldIdentityCard, card.OldNumber);
        Put(DocumentKind.HealthInsurance, card.InsuranceNumber);
        if (CardFill.PhoneOf(card) is { } telephone && Phones.TrueForAll(phone => PhoneRules.Normal(phone.Number ?? "") != PhoneRules.Normal(telephone)) && Phones.Find(phone => string.IsNullOrWhiteSpace(phone.Number)) is { } row) row.Number = telephone;
        if (card.Address is null || Addresses.Find(address => address.Kind == AddressKind.Permanent) is not { AreaText: null, Line: null } permanent) return;
        (var area, permanent.AreaText, permanent.Line) = CardFill.AddressOf(card.Address, areas, today);
        permanent.Area = area ?? default;
    }

    public IEnumerable<string> Part(AreaStore areas, DateOnly today)
    {
        foreach (var address in Addresses.Where(address => address is { Whole: true, AreaText: null }))
        {
            (var area, address.AreaText, address.Line) = CardFill.AddressOf(address.Line, areas, today);
            (address.Area, address.Whole) = (area ?? default, false);
            yield return $"Addresses[{Addresses.IndexOf(address)}].";
        }
    }

    private void Put(DocumentKind? kind, string? number)
    {
        if (number is null || Documents.Exists(document => DocumentRules.Normal(document.Number ?? "") == number)) return;
        if (Documents.Find(document => string.IsNullOrWhiteSpace(document.Number)) is { } row) (row.Kind, row.Number) = (kind, number);
    }

    public sealed record Facts(PersonFacts Person, IReadOnlyList<DocumentFact> Documents, IReadOnlyList<PhoneFact> Phones, IReadOnlyList<AddressFact> Addresses);

    /// <param name="known">The birth that stands in the record: kept as it is where it was not changed.</param>
    public async Task<Outcome<Facts>> ReadAsync(Db db, AreaStore areas, BirthDate known, CancellationToken ct)
    {
        var faults = new List<Problem>();
        var today = db.Clock.Today();
        if (!TryBirth(Birth, known, today, out var birth)) faults.Add(PhongTuyen.People.Problems.BirthForm());
        var addresses = new List<AddressFact>();
        for (var i = 0; i < Addresses.Count; i++)
        {
            var (field, at) = (Addresses[i], $"addresses[{i}].");
            var area = AreaPick.ReadOrNone(areas, field.Area, field.AreaText, today, at + "AreaText");
            if (!area.Done) faults.AddRange(area.Problems);
            var keys = area.Done && area.Value is { } id ? areas.Book.Keys(id) : AreaKeys.Unknown;
            var hamlet = await HamletAsync(db, keys, field.Hamlet, ct);
            if (!hamlet.Done) faults.AddRange(hamlet.Problems.Select(problem => problem.At(at + "Hamlet")));
            else if (keys.Known || VietnameseText.Clean(field.Line) is not null) addresses.Add(new AddressFact(field.Kind, keys, hamlet.Value, field.Line));
        }
        if (faults.Count > 0) return faults;
        var person = new PersonFacts
        {
            Name = Name, Code = Code, Birth = birth, Sex = Sex, Nationality = Nationality, Occupation = Occupation, Pregnant = Pregnant, PregnancyWeeks = PregnancyWeeks, Chronic = Chronic, HouseholdHead = HouseholdHead,
        };
        return new Facts(person,
            [.. Filled(Documents, document => document.Number).Select(document => new DocumentFact(document.Kind ?? DocumentRules.Guess(DocumentRules.Normal(document.Number!)) ?? DocumentKind.Other, document.Number!) { AsOnPaper = document.AsOnPaper })],
            [.. Filled(Phones, phone => phone.Number).Select(phone => new PhoneFact(phone.Number!, phone.Whose))], addresses);
    }

    /// <summary>Refusals of the use-case name rows of facts (<c>documents.0.number</c>); the form has rows of its own.</summary>
    public IReadOnlyList<Problem> AtRows(IReadOnlyList<Problem> problems) => [.. problems.Select(problem => problem.Field?.Split('.') is [var list, var index, var part] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
        ? problem.At($"{list}[{RowOf(list, row)}].{char.ToUpperInvariant(part[0])}{part[1..]}") : problem)];

    private int RowOf(string list, int row) => list switch
    {
        "documents" => Documents.IndexOf(Filled(Documents, document => document.Number).ElementAt(row)),
        "phones" => Phones.IndexOf(Filled(Phones, phone => phone.Number).ElementAt(row)),
        _ => Addresses.IndexOf(Filled(Addresses, address => address.AreaText ?? address.Line).ElementAt(row)),
    };

    private static IEnumerable<T> Filled<T>(IEnumerable<T> rows, Func<T, string?> of) => rows.Where(row => VietnameseText.Clean(of(row)) is not null);

    private static bool TryBirth(string? text, BirthDate known, DateOnly today, out BirthDate birth)
    {
        birth = BirthDate.Unknown;
        if (VietnameseText.Clean(text) is not { } typed) return true;
        if (typed == known.ToString()) birth = known;
        else if (!DateInput.TryBirth(typed, today, out birth))
        {
            if (AgeRules.Birth(typed, today) is not { } reckoned) return false;
            birth = reckoned;
        }
        return true;
    }

    /// <summary>A hamlet of the commune's own list, however it is spelled.</summary>
    private static async Task<Outcome<int?>> HamletAsync(Db db, AreaKeys keys, string? text, CancellationToken ct)
    {
        if (VietnameseText.Clean(text) is not { } typed) return (int?)null;
        if (keys.Commune.Value == 0) return PhongTuyen.People.Problems.HamletWithoutCommune();
        var hamlets = (await new HamletsOfCommune(db).FindAsync(keys.Commune, ct)).Where(hamlet => hamlet.ValidTo is null);
        return hamlets.FirstOrDefault(hamlet => VietnameseText.Fold(hamlet.Name) == VietnameseText.Fold(Hamlet.FullName(hamlet.Kind, typed))) is { } found ? (int?)found.Id : PhongTuyen.People.Problems.HamletUnknown();
    }
}

/// <summary>A page with the form of a person.</summary>
public interface IPersonForm
{
    PersonFields Form { get; }

    /// <summary>An existing record: numbers that are there stay, sealed text is not shown.</summary>
    bool Existing { get; }
}
