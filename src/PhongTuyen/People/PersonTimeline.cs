using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>When a person was recorded, every correction since, with whom the record was shared, and which others it was merged with.</summary>
public sealed class PersonTimeline : ITimelinePart
{
    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, IReadOnlyList<PersonId> records)
    {
        var ids = records.Select(record => record.Value).ToArray();
        var entered = questions.Ask("SELECT p.id, p.entered_at, coalesce(a.display_name, ''), coalesce(u.name, '') FROM pt.person p LEFT JOIN pt.account a ON a.id = p.entered_by LEFT JOIN pt.unit u ON u.id = p.entered_unit WHERE p.id = ANY ($1)",
            r => new TimelineEntry(r.GetFieldValue<DateTimeOffset>(1), "person.entered", "person", r.GetGuid(0)) { By = r.GetString(2), Details = [("unit", r.GetString(3))] }, ids);
        var changes = questions.AskChanges(records, "person");
        var shares = questions.Ask("""
            SELECT s.id, s.shared_at, coalesce(a.display_name, ''), f.name, t.name, s.ends_at, s.purpose, s.ended_at, coalesce(e.display_name, ''), s.returned
            FROM pt.person_share s JOIN pt.unit f ON f.id = s.unit_id JOIN pt.unit t ON t.id = s.to_unit_id LEFT JOIN pt.account a ON a.id = s.shared_by LEFT JOIN pt.account e ON e.id = s.ended_by
            WHERE s.person_id = ANY ($1) AND s.finding_id IS NULL ORDER BY s.shared_at DESC LIMIT 50
            """, r => new[]
        {
            new TimelineEntry(r.GetFieldValue<DateTimeOffset>(1), "share.given", "share", r.GetGuid(0)) { By = r.GetString(2), More = r.GetString(6), Details = [("from", r.GetString(3)), ("unit", r.GetString(4)), ("until", r.GetFieldValue<DateTimeOffset>(5).AddTicks(-1).LocalDay())] },
            r.Maybe<DateTimeOffset>(7) is { } at ? new TimelineEntry(at, r.GetBoolean(9) ? "share.returned" : "share.ended", "share", r.GetGuid(0)) { By = r.GetString(8), Details = [("unit", r.GetString(4))] } : null,
        }, ids);
        var merges = questions.Ask("""
            SELECT m.id, m.merged_at, coalesce(a.display_name, ''), coalesce(j.name, j.code, '?'), m.reason, m.split_at, coalesce(b.display_name, ''), m.split_reason
            FROM pt.person_merge m JOIN pt.person j ON j.id = m.joined_id LEFT JOIN pt.account a ON a.id = m.merged_by LEFT JOIN pt.account b ON b.id = m.split_by WHERE m.kept_id = ANY ($1) OR m.joined_id = ANY ($1)
            """, r => new[]
        {
            new TimelineEntry(r.GetFieldValue<DateTimeOffset>(1), "person.merged", "merge", r.GetGuid(0)) { By = r.GetString(2), More = r.Text(4), Details = [("name", r.GetString(3))] },
            r.Maybe<DateTimeOffset>(5) is { } at ? new TimelineEntry(at, "person.split", "merge", r.GetGuid(0)) { By = r.GetString(6), More = r.Text(7), Details = [("name", r.GetString(3))] } : null,
        }, ids);
        return () => [.. entered, .. shares.Concat(merges).SelectMany(pair => pair).OfType<TimelineEntry>(), .. changes().Select(change => new TimelineEntry(change.At, "person.corrected", "person", records[0].Value) { By = change.By, Details = [("unit", change.Unit)], Changes = change.Fields })];
    }
}
