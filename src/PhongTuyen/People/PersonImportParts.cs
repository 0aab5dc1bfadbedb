using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;


namespace PhongTuyen.People;

/// <summary>Writes documents, telephones, addresses, ties and findings of many rows with one statement each.</summary>
internal sealed class PersonImportParts(ImportContext context, PersonSeals seals)
{
    private Db Db => context.Db;

    public static Task TieAsync(ImportContext context, IEnumerable<PersonId> persons, CancellationToken ct) => context.Db.Connection.RunAsync("""
        INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, name_key, since) SELECT p, 1, p, $2, '', $3 FROM unnest($1::uuid[]) p
        """, ct, persons.Select(person => person.Value).ToArray(), context.Unit.Value, context.Db.Clock.GetUtcNow());

    public async Task WriteAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var now = Db.Clock.GetUtcNow();
        await AddressesAsync(rows, now, ct);
        var documents = rows.SelectMany(row => row.Part<PeopleImport.Part>()!.Documents.Select(document => seals.Document(row.Person, Db.Clock.NewGuid(), document.Fact, document.Normal, context.Id, now))).ToList();
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_document (person_id, id, kind, number, number_index, import_id, entered_at)
            SELECT x.p, x.id, x.kind, x.number, x.index, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bytea[], $5::bytea[]) x(p, id, kind, number, index)
            WHERE NOT EXISTS (SELECT 1 FROM pt.person_document d WHERE d.person_id = x.p AND d.number_index = x.index)
            """, ct, documents.Select(d => d.PersonId.Value).ToArray(), documents.Select(d => d.Id).ToArray(), documents.Select(d => (short)d.Kind).ToArray(), documents.Select(d => d.Number).ToArray(), documents.Select(d => d.NumberIndex).ToArray(), context.Id.Value, now);
        var phones = rows.Where(row => row.Part<PeopleImport.Part>()!.Phone is not null).Select(row => seals.Phone(row.Person, Db.Clock.NewGuid(), row.Part<PeopleImport.Part>()!.Phone!, PhoneOwner.Own, context.Id, now)).ToList();
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_phone (person_id, id, number, number_index, whose, import_id, entered_at)
            SELECT x.p, x.id, x.number, x.index, 1, $5, $6 FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) x(p, id, number, index)
            WHERE NOT EXISTS (SELECT 1 FROM pt.person_phone h WHERE h.person_id = x.p AND h.number_index = x.index)
            """, ct, phones.Select(p => p.PersonId.Value).ToArray(), phones.Select(p => p.Id).ToArray(), phones.Select(p => p.Number).ToArray(), phones.Select(p => p.NumberIndex).ToArray(), context.Id.Value, now);
        await FindingsAsync(rows, now, ct);
    }

    private async Task AddressesAsync(IReadOnlyList<ImportedRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        // An address of a person who was known before is kept beside the one that stands: a list does not overwrite what people entered.
        var addresses = rows.Where(row => !row.PersonKnown && row.Part<PeopleImport.Part>()!.Address is not null).Select(row => (row.Person, Id: Db.Clock.NewGuid(), Fact: row.Part<PeopleImport.Part>()!.Address!)).ToList();
        if (addresses.Count == 0) return;
        object[] keys = [addresses.Select(a => a.Person.Value).ToArray(), addresses.Select(a => a.Id).ToArray(), addresses.Select(a => a.Fact.Area.Province.Value).ToArray(), addresses.Select(a => a.Fact.Area.District.Value).ToArray(), addresses.Select(a => a.Fact.Area.Commune.Value).ToArray()];
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_address (person_id, id, kind, province_id, district_id, commune_id, line, since, import_id, entered_at)
            SELECT p, id, 3, province, district, commune, line, $7, $8, $9 FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::text[]) x(p, id, province, district, commune, line)
            """, ct, [.. keys, addresses.Select(a => a.Fact.Line).ToArray(), context.AsOf, context.Id.Value, now]);
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_scope (person_id, because, source_id, province_id, district_id, commune_id, name_key, since)
            SELECT p, 2, id, province, district, commune, '', $6 FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[]) x(p, id, province, district, commune) WHERE province <> 0
            """, ct, [.. keys, now]);
    }

    private Task FindingsAsync(IReadOnlyList<ImportedRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var findings = rows.SelectMany(row => row.Findings.Select(kind => (Id: Db.Clock.NewGuid(), row.Person, Kind: kind))).ToList();
        return Db.Connection.RunAsync("""
            INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at, import_id)
            SELECT p, id, $4, $5, $6, $7, kind, 'import', $8, $9, $8 FROM unnest($1::uuid[], $2::uuid[], $3::text[]) x(p, id, kind)
            """, ct, findings.Select(f => f.Person.Value).ToArray(), findings.Select(f => f.Id).ToArray(), findings.Select(f => f.Kind).ToArray(), context.Unit.Value,
            context.UnitArea.Province.Value, context.UnitArea.District.Value, context.UnitArea.Commune.Value, context.Id.Value, now);
    }
}
