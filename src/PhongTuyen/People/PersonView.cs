using Microsoft.EntityFrameworkCore;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>One person with all that the person's page shows. Numbers come masked; in full they are seen only through <see cref="SeeNumbers"/>.</summary>
public sealed class PersonView(Db db, PersonSeals seals, AreaStore areas)
{
    public sealed record DocumentPart(Guid Id, DocumentKind Kind, string Masked, DateOnly? IssuedOn, DateOnly? ValidTo);

    public sealed record PhonePart(Guid Id, string Masked, PhoneOwner Whose);

    /// <param name="Text">Line, hamlet and areas in one line.</param>
    public sealed record AddressPart(AddressKind Kind, AreaKeys Area, string? Hamlet, string? Line, string Text, DateOnly? Since);

    public sealed record Relative(PersonId Id, string Shown, BirthDate Birth, bool Head);

    /// <param name="Records">All records of the person, this one among them; papers, telephones and addresses are those of all.</param>
    /// <param name="Findings">Kinds of what is open.</param>
    /// <param name="OpenUntil">The visitor's unit opened the person in an emergency and sees them until then.</param>
    /// <param name="Shared">Another unit shared the record with the visitor's: which, until when, what for.</param>
    /// <param name="Sealed">Only those who are named for the record see it.</param>
    /// <param name="Mine">Whether the visitor has to do with the person now and may change the record.</param>
    public sealed record Full(Person Person, IReadOnlyList<PersonId> Records, IReadOnlyList<DocumentPart> Documents, IReadOnlyList<PhonePart> Phones, IReadOnlyList<AddressPart> Addresses, IReadOnlyList<Relative> Household, IReadOnlyList<string> Findings, string EnteredBy, string EnteredUnit, bool Mine, DateTimeOffset? OpenUntil, bool Sealed, (string Unit, DateTimeOffset Ends, string Purpose)? Shared)
    {
        public bool Chronic => Person.Chronic is not null;
    }

    /// <param name="Answer">Once the questions are answered.</param>
    public sealed record Asked(IReadOnlyList<PersonId> Records, Func<Full> Answer);

    /// <summary>Null where the visitor sees no such person.</summary>
    public async Task<Full?> OfAsync(PersonId id, CancellationToken ct)
    {
        var questions = new Questions(db.Connection);
        var full = await AskAsync(questions, id, ct);
        await questions.AnswerAsync(ct);
        return full?.Answer();
    }

    /// <summary>The same among other questions; null where the visitor sees no such person.</summary>
    /// <param name="only">Of these records alone; else of all that are this person.</param>
    public async Task<Asked?> AskAsync(Questions questions, PersonId id, CancellationToken ct, IReadOnlyList<PersonId>? only = null)
    {
        if (await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person) return null;
        var records = only ?? (person.Joined || person.SameAs is not null ? await db.RecordsOfAsync(id, ct) : [id]);
        var ids = records.Select(record => record.Value).ToArray();
        var documents = questions.Ask("SELECT id, kind, number, issued_on, valid_to FROM pt.person_document WHERE person_id = ANY ($1) ORDER BY kind, id",
            r => new DocumentPart(r.GetGuid(0), (DocumentKind)r.GetInt16(1), DocumentRules.Mask(seals.OpenDocument(r.GetGuid(0), r.GetFieldValue<byte[]>(2))), r.Maybe<DateOnly>(3), r.Maybe<DateOnly>(4)), ids);
        var phones = questions.Ask("SELECT id, number, whose FROM pt.person_phone WHERE person_id = ANY ($1) ORDER BY whose, id",
            r => new PhonePart(r.GetGuid(0), PhoneRules.Mask(seals.OpenPhone(r.GetGuid(0), r.GetFieldValue<byte[]>(1))), (PhoneOwner)r.GetInt16(2)), ids);
        var addresses = questions.Ask("""
            SELECT DISTINCT ON (a.kind) a.kind, a.province_id, a.district_id, a.commune_id, (SELECT h.name FROM pt.area_hamlet h WHERE h.id = a.hamlet_id), a.line, a.since
            FROM pt.person_address a WHERE a.person_id = ANY ($1) AND a.until IS NULL ORDER BY a.kind DESC, a.entered_at DESC, a.id
            """, r =>
        {
            var (keys, hamlet, line) = (new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3))), r.Text(4), r.Text(5));
            return new AddressPart((AddressKind)r.GetInt16(0), keys, hamlet, line, string.Join(", ", new[] { line, hamlet, PathOf(keys) }.Where(part => !string.IsNullOrEmpty(part))), r.Maybe<DateOnly>(6));
        }, ids);
        var findings = questions.Ask("SELECT kind FROM pt.person_finding WHERE person_id = ANY ($1) AND state = 0 ORDER BY found_at, id", r => r.GetString(0), ids);
        var household = person.HouseholdId is not { } house ? [] : questions.Ask("SELECT id, coalesce(name, code, '?'), birth, birth_precision, household_head FROM pt.person WHERE household_id = $1 AND id <> $2 ORDER BY household_head DESC, name_key LIMIT 50",
            r => new Relative(new PersonId(r.GetGuid(0)), r.GetString(1), new BirthDate(r.Maybe<DateOnly>(2), (BirthPrecision)r.GetInt16(3)), r.GetBoolean(4)), house, id.Value);
        var entered = questions.Ask($"SELECT coalesce((SELECT display_name FROM pt.account WHERE id = $1), ''), coalesce((SELECT name FROM pt.unit WHERE id = $2), ''), EXISTS (SELECT 1 FROM pt.person_scope WHERE person_id = $3 AND until IS NULL AND because NOT IN {Ties.OnlySight}), (SELECT max(ends_at) FROM pt.person_opening WHERE person_id = $3 AND NOT ended), EXISTS (SELECT 1 FROM pt.person_seal WHERE person_id = $3 AND lifted_at IS NULL)",
            r => (By: r.GetString(0), Unit: r.GetString(1), Mine: r.GetBoolean(2), Opened: r.Maybe<DateTimeOffset>(3), Sealed: r.GetBoolean(4)), person.EnteredBy.Value, person.EnteredUnit.Value, id.Value);
        var shared = questions.Ask("SELECT u.name, s.ends_at, s.purpose FROM pt.person_share s JOIN pt.unit u ON u.id = s.unit_id WHERE s.person_id = ANY ($1) AND s.finding_id IS NULL AND NOT s.ended AND s.to_unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) ORDER BY s.ends_at DESC LIMIT 1",
            r => (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2)), ids);
        return new(records, () => new Full(person, records, documents, phones, addresses, household, findings, entered[0].By, entered[0].Unit, entered[0].Mine, entered[0].Opened, entered[0].Sealed, shared.Count > 0 ? shared[0] : null));
    }

    private string? PathOf(AreaKeys keys) => keys.Known ? areas.Book.Path(keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province) : null;
}
