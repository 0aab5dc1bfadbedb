using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>When a person was recorded, and every correction since.</summary>
public sealed class PersonTimeline(Db db) : ITimelinePart
{
    public async Task<IReadOnlyList<TimelineEntry>> OfAsync(PersonId person, CancellationToken ct)
    {
        var (at, by, unit) = await db.Connection.RowAsync("SELECT p.entered_at, coalesce(a.display_name, ''), coalesce(u.name, '') FROM pt.person p LEFT JOIN pt.account a ON a.id = p.entered_by LEFT JOIN pt.unit u ON u.id = p.entered_unit WHERE p.id = $1",
            r => (r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetString(2)), ct, person.Value);
        var changes = await db.ChangesOfAsync(person, "person", ct);
        return [new(at, "person.entered", "person", person.Value) { By = by, Details = [("unit", unit)] },
            .. changes.Select(change => new TimelineEntry(change.At, "person.corrected", "person", person.Value) { By = change.By, Details = [("unit", change.Unit)], Changes = change.Fields })];
    }
}
