using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Writes documents, telephones, addresses, ties and findings of many rows with one statement each.</summary>
internal sealed class PersonImportParts(ImportContext context, PersonSeals seals)
{
    private Db Db => context.Db;

    /// <summary>Addresses are of new persons only: a list does not overwrite what people entered for somebody who is known.</summary>
    private sealed record Address(PersonId Person, Guid Id, AddressFact Fact, string? Hamlet);

    /// <param name="fresh">The rows for which a person was made just now.</param>
    public async Task WriteAsync(IReadOnlyList<ImportedRow> rows, IReadOnlyList<ImportedRow> fresh, CancellationToken ct)
    {
        var now = Db.Clock.GetUtcNow();
        List<Address> addresses = [.. fresh.Select(row => (row.Person, Part: row.Part<PeopleImport.Part>()!)).Where(a => a.Part.Address is not null).Select(a => new Address(a.Person, Db.Clock.NewGuid(), a.Part.Address!, a.Part.Hamlet))];
        await TieAsync(fresh, addresses.FindAll(address => address.Fact.Area.Known), now, ct);
        await AddressesAsync(addresses, now, ct);
        // While keys are being changed the same number may stand there under the other key.
        var documents = rows.SelectMany(row => row.Part<PeopleImport.Part>()!.Documents.Select(document => seals.Document(row.Person, Db.Clock.NewGuid(), document.Fact, document.Normal, context.Id, now))).DistinctBy(document => (document.PersonId, Convert.ToHexString(document.NumberIndex))).ToList();
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_document (person_id, id, kind, number, number_index, import_id, entered_at)
            SELECT x.p, x.id, x.kind, x.number, x.index, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bytea[], $5::bytea[], $8::bytea[]) x(p, id, kind, number, index, other)
            WHERE NOT EXISTS (SELECT 1 FROM pt.person_document d WHERE d.person_id = x.p AND d.number_index IN (x.index, x.other))
            """, ct, documents.Select(d => d.PersonId.Value).ToArray(), documents.Select(d => d.Id).ToArray(), documents.Select(d => (short)d.Kind).ToArray(), documents.Select(d => d.Number).ToArray(), documents.Select(d => d.NumberIndex).ToArray(), context.Id.Value, now, documents.Select(seals.OtherIndex).ToArray());
        var phones = rows.Where(row => row.Part<PeopleImport.Part>()!.Phone is not null).Select(row => seals.Phone(row.Person, Db.Clock.NewGuid(), row.Part<PeopleImport.Part>()!.Phone!, PhoneOwner.Own, context.Id, now)).DistinctBy(phone => (phone.PersonId, Convert.ToHexString(phone.NumberIndex))).ToList();
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_phone (person_id, id, number, number_index, whose, import_id, entered_at)
            SELECT x.p, x.id, x.number, x.index, 1, $5, $6 FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[], $7::bytea[]) x(p, id, number, index, other)
            WHERE NOT EXISTS (SELECT 1 FROM pt.person_phone h WHERE h.person_id = x.p AND h.number_index IN (x.index, x.other))
            """, ct, phones.Select(p => p.PersonId.Value).ToArray(), phones.Select(p => p.Id).ToArray(), phones.Select(p => p.Number).ToArray(), phones.Select(p => p.NumberIndex).ToArray(), context.Id.Value, now, phones.Select(seals.OtherIndex).ToArray());
        await FindingsAsync(rows, now, ct);
    }

    private Task<int> TieAsync(IReadOnlyList<ImportedRow> fresh, List<Address> known, DateTimeOffset now, CancellationToken ct) => fresh.Count == 0 ? Task.FromResult(0)
        : Db.Connection.RunAsync("SELECT pt.tie_new($1, $2, $3, $4, $5, $6, $7, $8)", ct, [fresh.Select(row => row.Person.Value).ToArray(), context.Unit.Value, .. Keys(known), now]);

    private async Task AddressesAsync(List<Address> addresses, DateTimeOffset now, CancellationToken ct)
    {
        if (addresses.Count == 0) return;
        // A hamlet is found by its name within the commune; where two bear the name, or none, it stays in the line.
        await Db.Connection.RunAsync("""
            INSERT INTO pt.person_address (person_id, id, kind, province_id, district_id, commune_id, hamlet_id, line, since, import_id, entered_at)
            SELECT p, x.id, 3, province, district, commune, h.id, CASE WHEN h.id IS NULL THEN nullif(concat_ws(', ', nullif(line, ''), hamlet_text), '') ELSE line END, $9, $10, $11
            FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[]) x(p, id, province, district, commune, line, hamlet, hamlet_text)
              LEFT JOIN LATERAL (SELECT min(h.id) AS id FROM pt.area_hamlet h WHERE h.commune_id = x.commune AND h.name_folded = x.hamlet AND h.valid_to IS NULL HAVING count(*) = 1) h ON x.hamlet <> '' AND x.commune <> 0
            """, ct, [.. Keys(addresses), addresses.Select(a => a.Fact.Line).ToArray(), addresses.Select(a => VietnameseText.Fold(a.Hamlet)).ToArray(), addresses.Select(a => a.Hamlet).ToArray(), context.AsOf, context.Id.Value, now]);
    }

    /// <summary>Person, id and area of each.</summary>
    private static object[] Keys(List<Address> addresses) =>
        [addresses.Select(a => a.Person.Value).ToArray(), addresses.Select(a => a.Id).ToArray(), addresses.Select(a => a.Fact.Area.Province.Value).ToArray(), addresses.Select(a => a.Fact.Area.District.Value).ToArray(), addresses.Select(a => a.Fact.Area.Commune.Value).ToArray()];

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
