using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>When a person was recorded, every correction since, and with whom the record was shared.</summary>
public sealed class PersonTimeline : ITimelinePart
{
    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, PersonId person)
    {
        var entered = questions.Ask("SELECT p.entered_at, coalesce(a.display_name, ''), coalesce(u.name, '') FROM pt.person p LEFT JOIN pt.account a ON a.id = p.entered_by LEFT JOIN pt.unit u ON u.id = p.entered_unit WHERE p.id = $1",
            r => new TimelineEntry(r.GetFieldValue<DateTimeOffset>(0), "person.entered", "person", person.Value) { By = r.GetString(1), Details = [("unit", r.GetString(2))] }, person.Value);
        var changes = questions.AskChanges(person, "person");
        var shares = questions.Ask("""
            SELECT s.id, s.shared_at, coalesce(a.display_name, ''), f.name, t.name, s.ends_at, s.purpose, s.ended_at, coalesce(e.display_name, ''), s.returned
            FROM pt.person_share s JOIN pt.unit f ON f.id = s.unit_id JOIN pt.unit t ON t.id = s.to_unit_id LEFT JOIN pt.account a ON a.id = s.shared_by LEFT JOIN pt.account e ON e.id = s.ended_by
            WHERE s.person_id = $1 AND s.finding_id IS NULL ORDER BY s.shared_at DESC LIMIT 50
            """, r => new[]
        {
            new TimelineEntry(r.GetFieldValue<DateTimeOffset>(1), "share.given", "share", r.GetGuid(0)) { By = r.GetString(2), More = r.GetString(6), Details = [("from", r.GetString(3)), ("unit", r.GetString(4)), ("until", r.GetFieldValue<DateTimeOffset>(5).AddTicks(-1).LocalDay())] },
            r.Maybe<DateTimeOffset>(7) is { } at ? new TimelineEntry(at, r.GetBoolean(9) ? "share.returned" : "share.ended", "share", r.GetGuid(0)) { By = r.GetString(8), Details = [("unit", r.GetString(4))] } : null,
        }, person.Value);
        return () => [.. entered, .. shares.SelectMany(share => share).OfType<TimelineEntry>(), .. changes().Select(change => new TimelineEntry(change.At, "person.corrected", "person", person.Value) { By = change.By, Details = [("unit", change.Unit)], Changes = change.Fields })];
    }
}
