using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Seals and opens the numbers of a person; the one place that knows how they are bound to their rows.</summary>
public sealed class PersonSeals(FieldCipher cipher, BlindIndex index)
{
    /// <param name="normal">See <see cref="DocumentRules.Normal"/>.</param>
    public PersonDocument Document(PersonId person, Guid id, DocumentFact fact, string normal, ImportId? import, DateTimeOffset now)
    {
        var (purpose, form) = DocumentRules.IndexForm(fact.Kind, normal);
        return new PersonDocument
        {
            PersonId = person,
            Id = id,
            Kind = fact.Kind,
            Number = cipher.Seal(normal, "person_document", id, "number"),
            NumberIndex = index.Of(purpose, form),
            IssuedOn = fact.IssuedOn,
            ValidTo = fact.ValidTo,
            ImportId = import,
            EnteredAt = now,
        };
    }

    /// <param name="normal">See <see cref="PhoneRules.Normal"/>.</param>
    public PersonPhone Phone(PersonId person, Guid id, string normal, PhoneOwner whose, ImportId? import, DateTimeOffset now) => new()
    {
        PersonId = person,
        Id = id,
        Number = cipher.Seal(normal, "person_phone", id, "number"),
        NumberIndex = index.Of("phone", normal),
        Whose = whose,
        ImportId = import,
        EnteredAt = now,
    };

    public byte[]? Chronic(PersonId person, string? text) => text is null ? null : cipher.Seal(text, "person", person, "chronic");

    public string OpenDocument(Guid id, byte[] number) => cipher.Open(number, "person_document", id, "number");

    public string OpenPhone(Guid id, byte[] number) => cipher.Open(number, "person_phone", id, "number");

    public string? OpenChronic(PersonId person, byte[]? text) => cipher.OpenMaybe(text, "person", person, "chronic");

    /// <summary>What to look for to find a document by its number.</summary>
    public byte[][] IndexOf(DocumentKind kind, string normal)
    {
        var (purpose, form) = DocumentRules.IndexForm(kind, normal);
        return index.Any(purpose, form);
    }

    public byte[][] IndexOfPhone(string normal) => index.Any("phone", normal);

    /// <summary>A keyed hash that finds the same row of a list again; tells nothing without the key.</summary>
    public byte[] RowKey(string row) => index.Of("import-row", row);
}
