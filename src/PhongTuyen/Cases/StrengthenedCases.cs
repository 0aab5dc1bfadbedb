using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Cases;

/// <summary>Cases of before that the positive results of a list have strengthened: changed as by any later result, and put back when the list is undone. A few statements however many there are.</summary>
public sealed class StrengthenedCases(Db db, TimeProvider clock) : IHear<ImportWasUndone>
{
    /// <summary>What a positive result changes of a case.</summary>
    public sealed record State(CaseClass Class, DateOnly? ClassifiedOn, string? Deciding, DateOnly? FirstPositiveOn);

    /// <param name="Import">The list that opened it; null where somebody did.</param>
    public sealed record Found(PersonId Person, CaseId Id, ImportId? Import, CaseOutcome Outcome, State State);

    /// <summary>Four columns: classification, classified_on, deciding, first_positive_on.</summary>
    internal static State Read(NpgsqlDataReader r, int column) => new((CaseClass)r.GetInt16(column), r.Maybe<DateOnly>(column + 1), r.Text(column + 2), r.Maybe<DateOnly>(column + 3));

    /// <param name="cases">Locked, as they are and as they become.</param>
    internal async Task StrengthenAsync(ImportId import, UnitId unit, AreaKeys unitArea, IReadOnlyList<(Found Case, State To)> cases, CancellationToken ct)
    {
        var changed = cases.Where(c => c.To != c.Case.State).ToList();
        if (changed.Count == 0) return;
        object[] keys = [changed.Select(c => c.Case.Person.Value).ToArray(), changed.Select(c => c.Case.Id.Value).ToArray()];
        // A second batch of the same list keeps what was before the first; not where somebody worked on the case in between.
        await db.Connection.RunAsync("""
            INSERT INTO pt.case_strengthened AS s (import_id, person_id, case_id, unit_id, province_id, district_id, commune_id, classification, classified_on, deciding, first_positive_on, standing_before, standing, entered_at)
            SELECT $3, c.person_id, c.id, $4, $5, $6, $7, c.classification, c.classified_on, c.deciding, c.first_positive_on, c.version - c.undone, c.version - c.undone + 1, $8
            FROM pt.case_record c JOIN unnest($1::uuid[], $2::uuid[]) x(p, id) ON c.person_id = x.p AND c.id = x.id
            ON CONFLICT (import_id, case_id) DO UPDATE SET standing = excluded.standing WHERE s.standing = excluded.standing_before
            """, ct, [.. keys, import.Value, unit.Value, unitArea.Province.Value, unitArea.District.Value, unitArea.Commune.Value, clock.GetUtcNow()]);
        await db.Connection.RunAsync("""
            UPDATE pt.case_record c SET classification = x.class, classified_on = x.classified, deciding = x.deciding, first_positive_on = x.positive, version = c.version + 1
            FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::date[], $5::text[], $6::date[]) x(p, id, class, classified, deciding, positive) WHERE c.person_id = x.p AND c.id = x.id
            """, ct, [.. keys, changed.Select(c => (short)c.To.Class).ToArray(), changed.Select(c => c.To.ClassifiedOn).ToArray(), changed.Select(c => c.To.Deciding).ToArray(), changed.Select(c => c.To.FirstPositiveOn).ToArray()]);
        foreach (var (of, to) in changed) Tell(of, to);
    }

    /// <summary>Those of the import $1 on which somebody has worked since, or that have another positive result since.</summary>
    internal const string WorkedOn = """
        SELECT s.person_id FROM pt.case_strengthened s LEFT JOIN pt.case_record c ON c.person_id = s.person_id AND c.id = s.case_id
        WHERE s.import_id = $1 AND (c.id IS NULL OR c.version - c.undone <> s.standing
          OR EXISTS (SELECT 1 FROM pt.lab_result l WHERE l.person_id = s.person_id AND l.disease = c.disease AND l.result = 2 AND l.withdrawn_at IS NULL AND l.import_id IS DISTINCT FROM $1 AND l.entered_at > s.entered_at))
        """;

    /// <summary>Puts them back as they were.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody works on one of them in this very moment.</exception>
    public async Task HearAsync(ImportWasUndone told, CancellationToken ct)
    {
        var many = await db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.case_strengthened WHERE import_id = $1", ct, told.Import.Value);
        if (many == 0) return;
        var cases = await db.Connection.RowsAsync("""
            SELECT c.person_id, c.id, c.import_id, c.outcome, c.classification, c.classified_on, c.deciding, c.first_positive_on, s.classification, s.classified_on, s.deciding, s.first_positive_on
            FROM pt.case_strengthened s JOIN pt.case_record c ON c.person_id = s.person_id AND c.id = s.case_id WHERE s.import_id = $1 AND c.version - c.undone = s.standing ORDER BY c.person_id, c.id FOR UPDATE OF c
            """, r => (Case: new Found(new PersonId(r.GetGuid(0)), new CaseId(r.GetGuid(1)), r.Maybe<Guid>(2) is { } import ? new ImportId(import) : null, (CaseOutcome)r.GetInt16(3), Read(r, 4)), To: Read(r, 8)), ct, told.Import.Value);
        if (cases.Count != many) throw new DbUpdateConcurrencyException("A case was worked on while the list was undone.");
        await db.Connection.RunAsync("""
            UPDATE pt.case_record c SET classification = s.classification, classified_on = s.classified_on, deciding = s.deciding, first_positive_on = s.first_positive_on, version = c.version + 1, undone = c.version + 1 - s.standing_before
            FROM pt.case_strengthened s WHERE s.import_id = $1 AND c.person_id = s.person_id AND c.id = s.case_id
            """, ct, told.Import.Value);
        await db.Connection.RunAsync("DELETE FROM pt.case_strengthened WHERE import_id = $1", ct, told.Import.Value);
        foreach (var (of, to) in cases) Tell(of, to);
    }

    private void Tell(Found of, State to) => db.Tell(new CaseChanged(of.Person, of.Id, to.Class, of.Outcome), null, new RowChange("case_record", $"{of.Person},{of.Id}", of.Person,
        ("classification", of.State.Class, to.Class), ("classified_on", of.State.ClassifiedOn, to.ClassifiedOn), ("deciding", of.State.Deciding, to.Deciding), ("first_positive_on", of.State.FirstPositiveOn, to.FirstPositiveOn)));
}
