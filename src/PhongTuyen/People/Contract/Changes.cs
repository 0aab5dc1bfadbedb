using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People.Contract;

/// <param name="Field">Column of the record.</param>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>One correction of one record, with every field that it changed.</summary>
/// <param name="Act">What was done, as the audit names it: <c>stay.corrected</c>.</param>
/// <param name="Entity">The record's key as the audit writes it.</param>
public sealed record RecordChange(DateTimeOffset At, string Act, string By, string Unit, string Entity, IReadOnlyList<FieldChange> Fields);

public static class Changes
{
    /// <summary>Corrections of a person's records of one table, newest first, for whoever sees the person. Sealed values stay sealed.</summary>
    public static async Task<IReadOnlyList<RecordChange>> ChangesOfAsync(this Db db, PersonId person, string table, CancellationToken ct)
    {
        var questions = new Questions(db.Connection);
        var changes = questions.AskChanges([person], table);
        await questions.AnswerAsync(ct);
        return changes();
    }

    /// <summary>The same among other questions.</summary>
    public static Func<IReadOnlyList<RecordChange>> AskChanges(this Questions questions, IReadOnlyList<PersonId> records, string table)
    {
        var rows = questions.Ask("SELECT c.audit_id, c.at, c.act, c.by_name, c.by_unit, c.entity_id, c.field, c.before, c.after FROM unnest($1::uuid[]) x(id) CROSS JOIN LATERAL pt.changes_of_person(x.id, $2) c",
            r => (Audit: r.GetGuid(0), At: r.GetFieldValue<DateTimeOffset>(1), Act: r.GetString(2), By: r.GetString(3), Unit: r.GetString(4), Entity: r.GetString(5), Change: new FieldChange(r.GetString(6), r.Text(7), r.Text(8))), records.Select(record => record.Value).ToArray(), table);
        return () => [.. rows.GroupBy(row => (row.Audit, row.Entity)).Select(same => new RecordChange(same.First().At, same.First().Act, same.First().By, same.First().Unit, same.Key.Entity, [.. same.Select(row => row.Change)]))];
    }
}
