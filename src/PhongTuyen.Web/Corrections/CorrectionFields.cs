using PhongTuyen.Areas;
using PhongTuyen.Corrections;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.People;

namespace PhongTuyen.Web.Corrections;

/// <summary>The form of a request: filled with what the record says, so that whoever asks changes only what is wrong.</summary>
public sealed class CorrectionFields
{
    /// <summary>A number or a telephone: one of the record, or one that is missing.</summary>
    public sealed class PartField
    {
        public Guid? Part { get; set; }
        public DocumentKind? Kind { get; set; }
        public PhoneOwner Whose { get; set; } = PhoneOwner.Own;
        /// <summary>As it should be; empty: it is right.</summary>
        public string? Number { get; set; }
        public bool Remove { get; set; }
    }

    public string? Name { get; set; }
    public string? Birth { get; set; }
    public PhongTuyen.People.Contract.Sex Sex { get; set; }
    public string? Nationality { get; set; }
    public List<PartField> Documents { get; set; } = [];
    public List<PartField> Phones { get; set; } = [];
    public List<PersonFields.AddressField> Addresses { get; set; } = [new() { Kind = AddressKind.Present }, new() { Kind = AddressKind.Permanent }, new() { Kind = AddressKind.Temporary }];
    public string? Other { get; set; }
    public CorrectionHaste Haste { get; set; }
    public string? Why { get; set; }
    public string? Paper { get; set; }
    public List<IFormFile> Files { get; set; } = [];

    public static CorrectionFields Of(PersonView.Full full, AreaStore areas, Language language)
    {
        var form = new CorrectionFields
        {
            Name = full.Person.Name, Birth = full.Person.BirthDate.ToString(), Sex = full.Person.Sex, Nationality = Countries.Name(full.Person.Nationality, language),
            Documents = [.. full.Documents.Select(part => new PartField { Part = part.Id, Kind = part.Kind }), new PartField()], Phones = [.. full.Phones.Select(part => new PartField { Part = part.Id, Whose = part.Whose }), new PartField()],
        };
        foreach (var address in full.Addresses)
            if (form.Addresses.Find(field => field.Kind == address.Kind) is { } field) PersonForms.Fill(field, address, areas);
        return form;
    }

    /// <summary>What differs from the record, and of each the field of the form that it comes from.</summary>
    public async Task<Outcome<(IReadOnlyList<AskCorrection.Wish> Wishes, IReadOnlyList<string> Fields)>> ReadAsync(Db db, AreaStore areas, PersonView.Full full, Language language, CancellationToken ct)
    {
        var facts = await new PersonFields { Addresses = Addresses, Documents = [], Phones = [] }.ReadAsync(db, areas, BirthDate.Unknown, ct);
        if (!facts.Done) return facts.As<(IReadOnlyList<AskCorrection.Wish>, IReadOnlyList<string>)>();
        var was = Of(full, areas, language);
        var (wishes, fields) = (new List<AskCorrection.Wish>(), new List<string>());
        void Wish(AskCorrection.Wish wish, string field)
        {
            wishes.Add(wish);
            fields.Add(field);
        }
        void Differing(CorrectedField field, string? before, string? typed, string name)
        {
            if (VietnameseText.Clean(typed) is { } value && value != VietnameseText.Clean(before)) Wish(new(field, null, value), name);
        }
        Differing(CorrectedField.Name, was.Name, Name, "name");
        Differing(CorrectedField.Birth, was.Birth, Birth, "birth");
        if (Sex != was.Sex) Wish(new(CorrectedField.Sex, null, Sex.ToString()), "sex");
        Differing(CorrectedField.Nationality, was.Nationality, Nationality, "nationality");
        for (var i = 0; i < Documents.Count; i++)
            if (Documents[i] is var part && (part.Remove || VietnameseText.Clean(part.Number) is not null))
                Wish(new(CorrectedField.Document, part.Part, part.Number, part.Remove) { Kind = part.Kind ?? (part.Number is null ? null : DocumentRules.Guess(DocumentRules.Normal(part.Number))) }, $"documents[{i}].Number");
        for (var i = 0; i < Phones.Count; i++)
            if (Phones[i] is var part && (part.Remove || VietnameseText.Clean(part.Number) is not null)) Wish(new(CorrectedField.Phone, part.Part, part.Number, part.Remove) { Whose = part.Whose }, $"phones[{i}].Number");
        foreach (var address in facts.Value.Addresses)
            Wish(new(address.Kind switch { AddressKind.Permanent => CorrectedField.PermanentAddress, AddressKind.Temporary => CorrectedField.TemporaryAddress, _ => CorrectedField.PresentAddress }, null, address.Line) { Area = address.Area, Hamlet = address.Hamlet }, $"addresses[{Addresses.FindIndex(field => field.Kind == address.Kind)}].AreaText");
        if (VietnameseText.Clean(Other) is { } other) Wish(new(CorrectedField.Other, null, other), "other");
        return (wishes, fields);
    }
}
