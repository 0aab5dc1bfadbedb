using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Corrections;

/// <summary>A person as the record stands, with the parts that can be corrected: to be compared with what was asked for, and to be changed.</summary>
internal sealed record PersonNow(Person Person, List<PersonDocument> Documents, List<PersonPhone> Phones, List<PersonAddress> Addresses)
{
    /// <summary>Those whom the visitor sees, tracked.</summary>
    public static async Task<Dictionary<PersonId, PersonNow>> ReadAsync(Db db, IReadOnlyCollection<PersonId> ids, CancellationToken ct)
    {
        var persons = await db.Set<Person>().Where(person => ids.Contains(person.Id)).ToListAsync(ct);
        // Of somebody whose records were merged the parts of all are theirs.
        var records = persons.ToDictionary(person => person.Id, person => new List<PersonId> { person.Id });
        if (persons.FindAll(person => person.Joined || person.SameAs is not null) is { Count: > 0 } merged)
            foreach (var (one, record) in await db.Connection.RowsAsync("SELECT x.id, r FROM unnest($1::uuid[]) x(id) CROSS JOIN LATERAL unnest(pt.records_of(x.id)) r WHERE r <> x.id", r => (new PersonId(r.GetGuid(0)), new PersonId(r.GetGuid(1))), ct, merged.Select(person => person.Id.Value).ToArray())) records[one].Add(record);
        var all = records.Values.SelectMany(of => of).ToHashSet();
        var documents = (await db.Set<PersonDocument>().Where(part => all.Contains(part.PersonId)).OrderBy(part => part.Id).ToListAsync(ct)).ToLookup(part => part.PersonId);
        var phones = (await db.Set<PersonPhone>().Where(part => all.Contains(part.PersonId)).OrderBy(part => part.Id).ToListAsync(ct)).ToLookup(part => part.PersonId);
        var addresses = (await db.Set<PersonAddress>().Where(part => all.Contains(part.PersonId)).OrderByDescending(part => part.EnteredAt).ThenBy(part => part.Id).ToListAsync(ct)).ToLookup(part => part.PersonId);
        return persons.ToDictionary(person => person.Id, person => new PersonNow(person, [.. records[person.Id].SelectMany(of => documents[of])], [.. records[person.Id].SelectMany(of => phones[of])], [.. records[person.Id].SelectMany(of => addresses[of]).OrderByDescending(address => address.EnteredAt)]));
    }

    public static async Task<PersonNow?> ReadAsync(Db db, PersonId id, CancellationToken ct) => (await ReadAsync(db, [id], ct)).GetValueOrDefault(id);

    /// <summary>What the record says where something is to be corrected, as it is written in a <see cref="FieldCorrection"/>.</summary>
    public string? ValueOf(FieldCorrection field, PersonSeals seals) => field.Field switch
    {
        CorrectedField.Name => Person.Name,
        CorrectedField.Birth => BirthText(Person.BirthDate),
        CorrectedField.Sex => Number((int)Person.Sex),
        CorrectedField.Nationality => Person.Nationality,
        CorrectedField.Document => Documents.Where(part => field.Part is not { } id || part.Id == id).Select(part => TextOf(part, seals)).FirstOrDefault(text => field.Part is not null || text == field.After),
        CorrectedField.Phone => Phones.Where(part => field.Part is not { } id || part.Id == id).Select(part => TextOf(part, seals)).FirstOrDefault(text => field.Part is not null || text == field.After),
        CorrectedField.Other => null,
        _ => Current(field.Address!.Value) is { } address ? AddressText(address.Area, address.HamletId, address.Line) : null,
    };

    public PersonAddress? Current(AddressKind kind) => Addresses.FirstOrDefault(address => address.Kind == kind && address.Until is null);

    public static string TextOf(PersonDocument part, PersonSeals seals) => $"{(int)part.Kind}:{seals.OpenDocument(part.Id, part.Number)}";

    public static string TextOf(PersonPhone part, PersonSeals seals) => $"{(int)part.Whose}:{seals.OpenPhone(part.Id, part.Number)}";

    public static string AddressText(AreaKeys area, int? hamlet, string? line) => $"{area.Province}/{area.District}/{area.Commune}/{hamlet}/{line}";

    public static string? BirthText(BirthDate birth) => birth.From is { } from ? string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}/{(int)birth.Precision}") : null;

    public static BirthDate Birth(string? text) => text?.Split('/') is [var day, var precision] ? new BirthDate(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), (BirthPrecision)int.Parse(precision, CultureInfo.InvariantCulture)) : BirthDate.Unknown;

    public static Sex Sex(string? text) => text is null ? People.Contract.Sex.Unknown : (Sex)int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The kind of a number, or whose a telephone is, and the number itself.</summary>
    public static (int Kind, string Number) Part(string text) => text.Split(':', 2) is [var kind, var number] ? (int.Parse(kind, CultureInfo.InvariantCulture), number) : (0, text);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
