using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.Policies;

namespace PhongTuyen.Cases;

/// <summary>What <see cref="HearPositiveResult"/> does for one result, for a whole list with a few statements: a case is opened for whoever has none, an open one is strengthened.</summary>
public sealed class HearImportedPositives(Db db, StrengthenedCases strengthened, IPolicyBook policies, Words words, TimeProvider clock) : IHear<PositivesImported>
{
    public async Task HearAsync(PositivesImported told, CancellationToken ct)
    {
        // Of several results of one person, the one that decides most and first.
        var results = told.Results.Select(result => (Result: result, Class: ClassBy(told, result))).GroupBy(pair => (pair.Result.Person, pair.Result.Disease))
            .Select(same => same.OrderByDescending(pair => pair.Class.Gives).ThenBy(pair => pair.Result.TakenOn ?? DateOnly.MaxValue).First()).ToList();
        await CaseLookup.HoldAsync(db, told.Persons, ct);
        var open = await OpenAsync(told, ct);
        await AddAsync(told, [.. results.Where(pair => !open.ContainsKey((pair.Result.Person, pair.Result.Disease)))], ct);
        var there = results.Where(pair => open.ContainsKey((pair.Result.Person, pair.Result.Disease))).Select(pair => (pair.Result, pair.Class, Case: open[(pair.Result.Person, pair.Result.Disease)])).ToList();
        await DateAsync([.. there.Where(pair => pair.Case.Import == told.Import).Select(pair => (pair.Case.Person, pair.Case.Id, pair.Result.TakenOn))], ct);
        await strengthened.StrengthenAsync(told.Import, told.Unit, told.UnitArea, [.. there.Where(pair => pair.Case.Import != told.Import).Select(pair => (pair.Case, To(pair.Case.State, pair.Result, pair.Class)))], ct);
    }

    private StrengthenedCases.State To(StrengthenedCases.State before, ResultRecorded result, (CaseClass Gives, string Deciding) by)
    {
        var positive = before.FirstPositiveOn is null || result.TakenOn < before.FirstPositiveOn ? result.TakenOn : before.FirstPositiveOn;
        return CaseRules.Strengthens(before.Class, by.Gives) ? new(by.Gives, result.TakenOn ?? clock.Today(), by.Deciding, positive) : before with { FirstPositiveOn = positive };
    }

    private (CaseClass Gives, string Deciding) ClassBy(PositivesImported told, ResultRecorded result)
    {
        var area = told.UnitArea.Commune.Value != 0 ? told.UnitArea.Commune : told.UnitArea.Province;
        var definition = policies.For<CaseDefinition>(area, result.TakenOn ?? clock.Today(), result.Disease);
        return (definition?.ClassBy(result.Kind) ?? CaseClass.Suspected, CaseDefinition.Deciding(words, definition, result));
    }

    private async Task<Dictionary<(PersonId, string), StrengthenedCases.Found>> OpenAsync(PositivesImported told, CancellationToken ct) => (await db.Connection.RowsAsync("""
        WITH k AS MATERIALIZED (SELECT x.id, o.id AS record FROM unnest($1::uuid[]) x(id) CROSS JOIN LATERAL unnest(pt.records_of(x.id)) o(id))
        SELECT c.disease, c.person_id, c.id, c.import_id, c.outcome, c.classification, c.classified_on, c.deciding, c.first_positive_on, k.id FROM k JOIN pt.case_record c ON c.person_id = k.record
        WHERE c.classification <> 4 AND c.outcome IN (0, 1) ORDER BY c.entered_at FOR UPDATE OF c
        """, r => (Disease: r.GetString(0), Person: new PersonId(r.GetGuid(9)), Case: new StrengthenedCases.Found(new PersonId(r.GetGuid(1)), new CaseId(r.GetGuid(2)), r.Maybe<Guid>(3) is { } import ? new ImportId(import) : null, (CaseOutcome)r.GetInt16(4), StrengthenedCases.Read(r, 5))), ct, told.Persons.Select(person => person.Value).Distinct().ToArray()))
        .GroupBy(found => (found.Person, found.Disease)).ToDictionary(same => same.Key, same => same.Last().Case);

    private async Task AddAsync(PositivesImported told, IReadOnlyList<(ResultRecorded Result, (CaseClass Gives, string Deciding) Class)> results, CancellationToken ct)
    {
        if (results.Count == 0) return;
        var now = clock.GetUtcNow();
        // Counted where the person lives, else where they stay, else where the importing unit stands, as for one case.
        await db.Connection.RunAsync("""
            WITH opened AS (
              INSERT INTO pt.case_record (person_id, id, unit_id, province_id, district_id, commune_id, disease, classification, classified_on, deciding, reported_on, first_positive_on, outcome, import_id, entered_at, entered_by)
              SELECT x.p, x.id, $8, coalesce(a.province_id, $9), coalesce(a.district_id, $10), coalesce(a.commune_id, $11), x.disease, x.class, coalesce(x.taken, $12), x.deciding, $12, x.taken, 1, $7, $13, $14
              FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::date[]) x(p, id, disease, class, deciding, taken)
                LEFT JOIN LATERAL (SELECT province_id, district_id, commune_id FROM (
                  SELECT province_id, district_id, commune_id, CASE kind WHEN 3 THEN 0 WHEN 2 THEN 1 ELSE 2 END AS rank FROM pt.person_address WHERE person_id = x.p AND until IS NULL AND province_id <> 0
                  UNION ALL SELECT province_id, district_id, commune_id, 3 FROM pt.quarantine_stay WHERE person_id = x.p AND state IN (2, 3, 4)) places ORDER BY rank LIMIT 1) a ON true
              RETURNING person_id, id, unit_id, province_id, district_id, commune_id)
            INSERT INTO pt.person_scope (person_id, because, source_id, unit_id, province_id, district_id, commune_id, name_key, since) SELECT person_id, 5, id, unit_id, province_id, district_id, commune_id, '', $13 FROM opened
            """, ct, results.Select(r => r.Result.Person.Value).ToArray(), results.Select(_ => clock.NewGuid()).ToArray(), results.Select(r => r.Result.Disease).ToArray(), results.Select(r => (short)r.Class.Gives).ToArray(), results.Select(r => r.Class.Deciding).ToArray(),
            results.Select(r => r.Result.TakenOn).ToArray(), told.Import.Value, told.Unit.Value, told.UnitArea.Province.Value, told.UnitArea.District.Value, told.UnitArea.Commune.Value, clock.Today(), now, db.Visitor!.Account.Value);
    }

    /// <summary>A case of the same list is what the list says of it: it gets the day of its first positive sample and keeps its class.</summary>
    private async Task DateAsync(IReadOnlyList<(PersonId Person, CaseId Id, DateOnly? TakenOn)> own, CancellationToken ct)
    {
        if (own.Count == 0) return;
        await db.Connection.RunAsync("UPDATE pt.case_record c SET first_positive_on = least(c.first_positive_on, x.taken) FROM unnest($1::uuid[], $2::uuid[], $3::date[]) x(p, id, taken) WHERE c.person_id = x.p AND c.id = x.id",
            ct, own.Select(c => c.Person.Value).ToArray(), own.Select(c => c.Id.Value).ToArray(), own.Select(c => c.TakenOn).ToArray());
    }
}
