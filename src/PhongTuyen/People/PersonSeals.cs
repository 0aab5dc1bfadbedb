using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Seals and opens the numbers of a person; the one place that knows how they are bound to their rows.</summary>
public sealed class PersonSeals(FieldCipher cipher, BlindIndex index) : ISealedTables
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

    /// <summary>The index of a sealed number under the current key, whatever it was sealed with.</summary>
    public byte[] CurrentIndex(DocumentKind kind, Guid id, byte[] number) => IndexOf(kind, OpenDocument(id, number))[0];

    public byte[] CurrentIndexOfPhone(Guid id, byte[] number) => IndexOfPhone(OpenPhone(id, number))[0];

    /// <summary>Two keys are in use: an index that was read tells nothing about one under the other.</summary>
    public bool Rotating => index.Rotating;

    /// <summary>Under which index the number may stand already, besides its own: while two keys are in use.</summary>
    internal byte[] OtherIndex(PersonDocument one) => Rotating ? IndexOf(one.Kind, OpenDocument(one.Id, one.Number))[^1] : one.NumberIndex;

    internal byte[] OtherIndex(PersonPhone one) => Rotating ? IndexOfPhone(OpenPhone(one.Id, one.Number))[^1] : one.NumberIndex;

    /// <summary>The same document under the current key.</summary>
    internal PersonDocument Anew(PersonDocument one) => new()
    {
        PersonId = one.PersonId, Id = one.Id, Kind = one.Kind, Number = cipher.Anew(one.Number, "person_document", one.Id, "number")!, NumberIndex = CurrentIndex(one.Kind, one.Id, one.Number),
        IssuedOn = one.IssuedOn, ValidTo = one.ValidTo, ImportId = one.ImportId, EnteredAt = one.EnteredAt,
    };

    internal PersonPhone Anew(PersonPhone one) => new()
    {
        PersonId = one.PersonId, Id = one.Id, Number = cipher.Anew(one.Number, "person_phone", one.Id, "number")!, NumberIndex = CurrentIndexOfPhone(one.Id, one.Number), Whose = one.Whose, ImportId = one.ImportId, EnteredAt = one.EnteredAt,
    };

    /// <summary>What of a person is sealed, for a change of the keys.</summary>
    public IEnumerable<SealedTable> Tables() =>
    [
        new("person", [("id", "uuid")], ["chronic"], [], row => [cipher.Anew(row.Sealed[0], "person", row.Id(0), "chronic")]),
        new("person_document", [("person_id", "uuid"), ("id", "uuid")], ["number"], ["number_index"],
            row => [cipher.Anew(row.Sealed[0], "person_document", row.Id(1), "number"), CurrentIndex((DocumentKind)(short)row.Beside[0]!, row.Id(1), row.Sealed[0]!)]) { Beside = ["t.kind"] },
        new("person_phone", [("person_id", "uuid"), ("id", "uuid")], ["number"], ["number_index"],
            row => [cipher.Anew(row.Sealed[0], "person_phone", row.Id(1), "number"), CurrentIndexOfPhone(row.Id(1), row.Sealed[0]!)]),
    ];
}
