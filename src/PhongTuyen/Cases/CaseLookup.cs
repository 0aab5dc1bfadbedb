using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

internal static class CaseLookup
{
    /// <summary>Until this transaction ends nobody else opens a case of these persons. Always in the same order, so that two lists never wait for each other crosswise.</summary>
    public static Task HoldAsync(Db db, IEnumerable<PersonId> persons, CancellationToken ct) =>
        db.Connection.RunAsync("SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(person::text, 2) AS key FROM unnest($1::uuid[]) person ORDER BY key) keys", ct, persons.Select(person => person.Value).ToArray());

    /// <summary>The person's case of this disease that has no outcome yet; seen by whoever sees the person, so the row policy decides and not the area filter. Nobody else opens one until this transaction ends.</summary>
    public static async Task<CaseRecord?> OpenOfAsync(Db db, PersonId person, string disease, CancellationToken ct)
    {
        var records = await db.RecordsOfAsync(person, ct);
        await HoldAsync(db, records, ct);
        return await db.Set<CaseRecord>().IgnoreQueryFilters([AreaGuard.Filter])
            .FirstOrDefaultAsync(c => records.Contains(c.PersonId) && c.Disease == disease && c.Classification != CaseClass.Discarded && (c.Outcome == CaseOutcome.Unknown || c.Outcome == CaseOutcome.InTreatment), ct);
    }

    /// <summary>All open cases of a person, of whatever disease.</summary>
    public static async Task<List<CaseRecord>> OpenOfAsync(Db db, PersonId person, CancellationToken ct)
    {
        var records = await db.RecordsOfAsync(person, ct);
        return await db.Set<CaseRecord>().IgnoreQueryFilters([AreaGuard.Filter])
            .Where(c => records.Contains(c.PersonId) && c.Classification != CaseClass.Discarded && (c.Outcome == CaseOutcome.Unknown || c.Outcome == CaseOutcome.InTreatment)).ToListAsync(ct);
    }

    /// <summary>The cases of a person that ended in this way on this day.</summary>
    public static async Task<List<CaseRecord>> EndedOfAsync(Db db, PersonId person, CaseOutcome outcome, DateOnly? on, CancellationToken ct)
    {
        var records = await db.RecordsOfAsync(person, ct);
        return await db.Set<CaseRecord>().IgnoreQueryFilters([AreaGuard.Filter]).Where(c => records.Contains(c.PersonId) && c.Classification != CaseClass.Discarded && c.Outcome == outcome && c.OutcomeOn == on).ToListAsync(ct);
    }

    /// <summary>Where a case is counted when nobody says: where the person lives, else where they stay, else at the unit that reports.</summary>
    public static async Task<AreaKeys> AreaOfAsync(Db db, PersonId person, CancellationToken ct) => await db.Connection.RowAsync("""
        SELECT province_id, district_id, commune_id FROM (
          SELECT province_id, district_id, commune_id, CASE kind WHEN 3 THEN 0 WHEN 2 THEN 1 ELSE 2 END AS rank, entered_at FROM pt.person_address WHERE person_id = ANY (pt.records_of($1)) AND until IS NULL AND province_id <> 0
          UNION ALL SELECT province_id, district_id, commune_id, 3, entered_at FROM pt.quarantine_stay WHERE person_id = ANY (pt.records_of($1)) AND state IN (2, 3, 4)
          UNION ALL SELECT province_id, district_id, commune_id, 4, now() FROM pt.unit WHERE id = $2) places ORDER BY rank, entered_at DESC LIMIT 1
        """, r => new AreaKeys(new(r.GetInt32(0)), new(r.GetInt32(1)), new(r.GetInt32(2))), ct, person.Value, db.Visitor!.Unit.Value);
}
