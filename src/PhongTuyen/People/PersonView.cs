using Microsoft.EntityFrameworkCore;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>One person with all that the person's page shows. Numbers come masked; in full they are seen only through <see cref="SeeNumbers"/>.</summary>
public sealed class PersonView(Db db, PersonSeals seals, AreaStore areas)
{
    public sealed record DocumentPart(Guid Id, DocumentKind Kind, string Masked, DateOnly? IssuedOn, DateOnly? ValidTo);

    public sealed record PhonePart(Guid Id, string Masked, PhoneOwner Whose);

    /// <param name="Text">Line, hamlet and areas in one line.</param>
    public sealed record AddressPart(AddressKind Kind, AreaKeys Area, string? Hamlet, string? Line, string Text, DateOnly? Since);

    public sealed record Relative(PersonId Id, string Shown, BirthDate Birth, bool Head);

    public sealed record Full(Person Person, IReadOnlyList<DocumentPart> Documents, IReadOnlyList<PhonePart> Phones, IReadOnlyList<AddressPart> Addresses, IReadOnlyList<Relative> Household, IReadOnlyList<PersonFinding> Findings, string EnteredBy, string EnteredUnit)
    {
        public bool Chronic => Person.Chronic is not null;
    }

    /// <summary>Null where the visitor sees no such person.</summary>
    public async Task<Full?> OfAsync(PersonId id, CancellationToken ct)
    {
        if (await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person) return null;
        var documents = await db.Set<PersonDocument>().AsNoTracking().Where(d => d.PersonId == id).OrderBy(d => d.Kind).ThenBy(d => d.Id).ToListAsync(ct);
        var phones = await db.Set<PersonPhone>().AsNoTracking().Where(p => p.PersonId == id).OrderBy(p => p.Whose).ThenBy(p => p.Id).ToListAsync(ct);
        var findings = await db.Set<PersonFinding>().AsNoTracking().Where(f => f.PersonId == id && f.State == FindingState.Open).OrderBy(f => f.FoundAt).ThenBy(f => f.Id).ToListAsync(ct);
        var household = person.HouseholdId is not { } house ? [] : await db.Connection.RowsAsync("SELECT id, coalesce(name, code, '?'), birth, birth_precision, household_head FROM pt.person WHERE household_id = $1 AND id <> $2 ORDER BY household_head DESC, name_key LIMIT 50",
            r => new Relative(new PersonId(r.GetGuid(0)), r.GetString(1), new BirthDate(r.Maybe<DateOnly>(2), (BirthPrecision)r.GetInt16(3)), r.GetBoolean(4)), ct, house, id.Value);
        var (by, unit) = await db.Connection.RowAsync("SELECT coalesce((SELECT display_name FROM pt.account WHERE id = $1), ''), coalesce((SELECT name FROM pt.unit WHERE id = $2), '')",
            r => (r.GetString(0), r.GetString(1)), ct, person.EnteredBy.Value, person.EnteredUnit.Value);
        return new Full(person, [.. documents.Select(d => new DocumentPart(d.Id, d.Kind, DocumentRules.Mask(seals.OpenDocument(d.Id, d.Number)), d.IssuedOn, d.ValidTo))],
            [.. phones.Select(p => new PhonePart(p.Id, PhoneRules.Mask(seals.OpenPhone(p.Id, p.Number)), p.Whose))], await AddressesAsync(id, ct), household, findings, by, unit);
    }

    private Task<List<AddressPart>> AddressesAsync(PersonId id, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT a.kind, a.province_id, a.district_id, a.commune_id, (SELECT h.name FROM pt.area_hamlet h WHERE h.id = a.hamlet_id), a.line, a.since
        FROM pt.person_address a WHERE a.person_id = $1 AND a.until IS NULL ORDER BY a.kind DESC
        """, r =>
    {
        var (keys, hamlet, line) = (new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3))), r.Text(4), r.Text(5));
        return new AddressPart((AddressKind)r.GetInt16(0), keys, hamlet, line, string.Join(", ", new[] { line, hamlet, PathOf(keys) }.Where(part => !string.IsNullOrEmpty(part))), r.Maybe<DateOnly>(6));
    }, ct, id.Value);

    private string? PathOf(AreaKeys keys) => keys.Known ? areas.Book.Path(keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province) : null;
}
