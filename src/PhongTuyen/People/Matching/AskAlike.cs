using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Matching;

/// <summary>Who may be the same person as this one and waits to be decided, for the person's page.</summary>
public static class AskAlike
{
    public sealed record Alike(Guid Match, string Shown, BirthDate Birth, double Score);

    public static IReadOnlyList<Alike> AskAlikeOf(this Questions questions, IReadOnlyList<PersonId> records) => questions.Ask("""
        SELECT m.id, coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, m.score
        FROM (SELECT id, other_id, score FROM pt.person_match WHERE person_id = ANY ($1) AND state = 0 UNION ALL SELECT id, person_id, score FROM pt.person_match WHERE other_id = ANY ($1) AND state = 0) m JOIN pt.person p ON p.id = m.other_id
        ORDER BY m.score DESC, m.id LIMIT 5
        """, r => new Alike(r.GetGuid(0), r.GetString(1), new BirthDate(r.Maybe<DateOnly>(2), (BirthPrecision)r.GetInt16(3)), r.GetFloat(4)), records.Select(record => record.Value).ToArray());
}
