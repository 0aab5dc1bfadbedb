using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>When a person was recorded, and every correction since.</summary>
public sealed class PersonTimeline : ITimelinePart
{
    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, PersonId person)
    {
        var entered = questions.Ask("SELECT p.entered_at, coalesce(a.display_name, ''), coalesce(u.name, '') FROM pt.person p LEFT JOIN pt.account a ON a.id = p.entered_by LEFT JOIN pt.unit u ON u.id = p.entered_unit WHERE p.id = $1",
            r => new TimelineEntry(r.GetFieldValue<DateTimeOffset>(0), "person.entered", "person", person.Value) { By = r.GetString(1), Details = [("unit", r.GetString(2))] }, person.Value);
        var changes = questions.AskChanges(person, "person");
        return () => [.. entered, .. changes().Select(change => new TimelineEntry(change.At, "person.corrected", "person", person.Value) { By = change.By, Details = [("unit", change.Unit)], Changes = change.Fields })];
    }
}
