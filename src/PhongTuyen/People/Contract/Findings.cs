using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

public static class Findings
{
    /// <summary>Writes down something that a person has to mend; the sentence stands in the texts under <c>finding.</c> + <paramref name="kind"/>. An open one of the same kind and record is enough, however many find it at once: the index <c>person_finding_once</c> keeps it.</summary>
    /// <param name="unit">Sees it, beside the area.</param>
    public static Task FindAsync(this Db db, PersonId person, string kind, string subjectKind, Guid subject, UnitId unit, AreaKeys area, CancellationToken ct) => db.Connection.RunAsync("""
        INSERT INTO pt.person_finding (person_id, id, unit_id, province_id, district_id, commune_id, kind, subject_kind, subject_id, found_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
        """, ct, person.Value, db.Clock.NewGuid(), unit.Value, area.Province.Value, area.District.Value, area.Commune.Value, kind, subjectKind, subject, db.Clock.GetUtcNow());

    /// <summary>What was found is so no longer: the open ones of a kind are mended.</summary>
    public static Task MendAsync(this Db db, IReadOnlyList<PersonId> persons, string kind, string why, CancellationToken ct) => db.Connection.RunAsync(
        "UPDATE pt.person_finding SET state = 1, closed_at = $3, closed_by = $4, reason = $5 WHERE person_id = ANY ($1) AND kind = $2 AND state = 0", ct, persons.Select(person => person.Value).ToArray(), kind, db.Clock.GetUtcNow(), db.Visitor!.Account.Value, why);
}
