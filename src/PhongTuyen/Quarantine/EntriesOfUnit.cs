using System.Globalization;
using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Who entered what, when, with how many corrections: for the head of a unit, out of the audit.</summary>
public sealed class EntriesOfUnit(Db db)
{
    /// <param name="Others">0; in the last row, where more people entered something than are shown one by one: how many they are, with their acts together.</param>
    public sealed record Row(AccountId Account, string Name, int Entered, int Moved, int Corrected, int Withdrawn, int Opened, DateTimeOffset Last, int Others);

    /// <summary>So many people are shown one by one.</summary>
    public const int MostPeople = 100;

    /// <summary>So many acts are on a page.</summary>
    public const int Page = 100;

    private const string Enters = "('stay.admitted', 'stay.expected', 'person.entered', 'case.opened', 'result.recorded', 'import.committed')";
    private const string Moves = "('stay.bed-assigned', 'stay.ended', 'transfer.moved', 'stay.absence', 'stay.replanned', 'decision.issued', 'case.handed-over')";
    private const string Corrects = "('stay.corrected', 'person.corrected', 'case.changed', 'stay.reopened', 'stay.severity', 'case.taken-back', 'person.household-changed')";

    // Most of the audit: who looked at what, and at such looks. It is in the trail and at each person, and stands in no sum; the index of what was done leaves it out.
    private const string Looks = "('person.seen', 'person.listed', 'person.searched', 'person.looks-seen', 'papers.seen', 'import.rows-seen', 'asked.not-shown', 'account.signed-in')";

    /// <summary>Of how many units the entries are summed at once. An officer of a province holds hundreds, and chooses one.</summary>
    public const int MostUnits = 40;

    /// <summary>Per person who works for these units of the visitor's, over some days.</summary>
    public Task<List<Row>> SumAsync(IReadOnlyCollection<UnitId> units, DateOnly first, DateOnly last, CancellationToken ct) => db.Connection.RowsAsync($"""
        WITH sums AS (
          SELECT e.account_id, coalesce(a.display_name, '?') AS name, count(*) FILTER (WHERE e.act IN {Enters})::int AS entered, count(*) FILTER (WHERE e.act IN {Moves})::int AS moved, count(*) FILTER (WHERE e.act IN {Corrects})::int AS corrected,
            count(*) FILTER (WHERE e.act IN ('stay.withdrawn', 'result.withdrawn', 'import.undone'))::int AS withdrawn, count(*) FILTER (WHERE e.act IN ('person.unmasked', 'list.taken'))::int AS opened, max(e.at) AS last
          FROM pt.audit_event e LEFT JOIN pt.account a ON a.id = e.account_id
          WHERE e.unit_id = ANY ($3) AND e.at >= $1 AND e.at < $2 AND e.act NOT IN {Looks} AND e.account_id IS NOT NULL GROUP BY 1, 2),
        ranked AS (SELECT s.*, least(row_number() OVER (ORDER BY entered DESC, name, account_id), {MostPeople + 1}) AS place FROM sums s)
        SELECT (array_agg(account_id))[1], min(name), sum(entered)::int, sum(moved)::int, sum(corrected)::int, sum(withdrawn)::int, sum(opened)::int, max(last), CASE WHEN place > {MostPeople} THEN count(*)::int ELSE 0 END
        FROM ranked GROUP BY place ORDER BY place
        """, r => new Row(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetFieldValue<DateTimeOffset>(7), r.GetInt32(8)), ct, first.AtLocal(), last.AddDays(1).AtLocal(), Numbers(units));

    /// <param name="Named">Whose values stand in the changes: who reads them has seen these persons.</param>
    public sealed record Act(Guid Id, DateTimeOffset At, string Name, string What, string SubjectKind, string SubjectId, int Persons, IReadOnlyList<FieldChange> Changes, IReadOnlyList<PersonId> Named);

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Act> Acts, string? More);

    /// <summary>The acts of those days, newest first, with what was changed from what to what.</summary>
    /// <param name="behind">Key of the last act of the page before: its moment and its id, since all acts of one save have the same moment.</param>
    public async Task<Found> ActsAsync(IReadOnlyCollection<UnitId> units, DateOnly first, DateOnly last, AccountId? account, string? behind, CancellationToken ct)
    {
        var end = last.AddDays(1).AtLocal();
        var (before, id) = behind?.Split('_') is [var ticks, var key] && Clock.OfTicks(ticks) is { } moment && moment < end && Guid.TryParse(key, out var guid) ? (moment, guid) : (end, Guid.Empty);
        var acts = await db.Connection.RowsAsync($"""
            SELECT e.id, e.at, coalesce(a.display_name, '?'), e.act, e.subject_kind, e.subject_id, cardinality(e.persons), coalesce(v.changes, '[]')::text, coalesce(v.named, '{Empty}')
            FROM unnest($4) k(unit) CROSS JOIN LATERAL
              (SELECT e.* FROM pt.audit_event e WHERE e.unit_id = k.unit AND e.at >= $1 AND (e.at, e.id) < ($2, $5) AND ($3::uuid IS NULL OR e.account_id = $3)
                 AND e.act NOT IN {Looks} ORDER BY e.at DESC, e.id DESC LIMIT {Page + 1}) e
              LEFT JOIN pt.account a ON a.id = e.account_id
              LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('Field', v.field, 'Before', v.before, 'After', v.after) ORDER BY v.field) AS changes, array_agg(DISTINCT v.person_id) FILTER (WHERE v.person_id IS NOT NULL) AS named
                FROM pt.audit_value v WHERE v.audit_id = e.id AND v.field NOT IN ('name_key', 'name_tokens', 'chronic', 'number', 'telephone')) v ON true
            ORDER BY e.at DESC, e.id DESC LIMIT {Page + 1}
            """, r => new Act(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6), JsonSerializer.Deserialize<List<FieldChange>>(r.GetString(7))!,
                [.. r.GetFieldValue<Guid[]>(8).Select(person => new PersonId(person))]), ct, first.AtLocal(), before, account?.Value, Numbers(units), id);
        return new Found([.. acts.Take(Page)], acts.Count > Page ? string.Create(CultureInfo.InvariantCulture, $"{acts[Page - 1].At.UtcTicks}_{acts[Page - 1].Id}") : null);
    }

    private const string Empty = "{}";

    private static int[] Numbers(IEnumerable<UnitId> units) => [.. units.Select(unit => unit.Value)];
}
