using System.Text.Json;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Who entered what, when, with how many corrections: for the head of a unit, out of the audit.</summary>
public sealed class EntriesOfUnit(Db db)
{
    public sealed record Row(AccountId Account, string Name, int Entered, int Moved, int Corrected, int Withdrawn, int Opened, DateTimeOffset Last);

    private const string Enters = "('stay.admitted', 'stay.expected', 'person.entered', 'case.opened', 'result.recorded', 'import.committed')";
    private const string Moves = "('stay.bed-assigned', 'stay.ended', 'transfer.moved', 'stay.absence', 'stay.replanned', 'decision.issued', 'case.handed-over')";
    private const string Corrects = "('stay.corrected', 'person.corrected', 'case.changed', 'stay.reopened', 'stay.severity', 'case.taken-back', 'person.household-changed')";

    // Most of the audit: who looked at what. It is in the trail and at each person, and stands in no sum; the index of what was done leaves it out.
    private const string Looks = "('person.seen', 'person.listed', 'person.searched', 'asked.not-shown', 'account.signed-in')";

    /// <summary>Of how many units the entries are summed at once. An officer of a province holds hundreds, and chooses one.</summary>
    public const int MostUnits = 40;

    /// <summary>Per person who works for these units of the visitor's, over some days.</summary>
    public Task<List<Row>> SumAsync(IReadOnlyCollection<UnitId> units, DateOnly first, DateOnly last, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT e.account_id, coalesce(a.display_name, '?'), count(*) FILTER (WHERE e.act IN {Enters})::int, count(*) FILTER (WHERE e.act IN {Moves})::int, count(*) FILTER (WHERE e.act IN {Corrects})::int,
          count(*) FILTER (WHERE e.act IN ('stay.withdrawn', 'result.withdrawn', 'import.undone'))::int, count(*) FILTER (WHERE e.act IN ('person.unmasked', 'list.taken'))::int, max(e.at)
        FROM pt.audit_event e LEFT JOIN pt.account a ON a.id = e.account_id
        WHERE e.unit_id = ANY ($3) AND e.at >= $1 AND e.at < $2 AND e.act NOT IN {Looks} AND e.account_id IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 100
        """, r => new Row(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetFieldValue<DateTimeOffset>(7)), ct, first.AtLocal(), last.AddDays(1).AtLocal(), Numbers(units));

    public sealed record Act(Guid Id, DateTimeOffset At, string Name, string What, string SubjectKind, string SubjectId, int Persons, IReadOnlyList<FieldChange> Changes);

    /// <summary>The acts of those days, newest first, with what was changed from what to what.</summary>
    public Task<List<Act>> ActsAsync(IReadOnlyCollection<UnitId> units, DateOnly first, DateOnly last, AccountId? account, DateTimeOffset? before, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT e.id, e.at, coalesce(a.display_name, '?'), e.act, e.subject_kind, e.subject_id, cardinality(e.persons),
          coalesce((SELECT jsonb_agg(jsonb_build_object('Field', v.field, 'Before', v.before, 'After', v.after) ORDER BY v.field) FROM pt.audit_value v
                    WHERE v.audit_id = e.id AND v.field NOT IN ('name_key', 'name_tokens', 'chronic', 'number', 'telephone')), '[]')::text
        FROM unnest($4) k(unit) CROSS JOIN LATERAL
          (SELECT e.* FROM pt.audit_event e WHERE e.unit_id = k.unit AND e.at >= $1 AND e.at < $2 AND ($3::uuid IS NULL OR e.account_id = $3)
             AND e.act NOT IN {Looks} ORDER BY e.at DESC, e.id DESC LIMIT 101) e LEFT JOIN pt.account a ON a.id = e.account_id
        ORDER BY e.at DESC, e.id DESC LIMIT 101
        """, r => new Act(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6), JsonSerializer.Deserialize<List<FieldChange>>(r.GetString(7))!), ct,
        first.AtLocal(), before ?? last.AddDays(1).AtLocal(), account?.Value, Numbers(units));

    private static int[] Numbers(IEnumerable<UnitId> units) => [.. units.Select(unit => unit.Value)];
}
