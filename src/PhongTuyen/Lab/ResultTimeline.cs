using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Lab.Contract;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Lab;

/// <summary>A person's results, the withdrawn ones struck out with the reason.</summary>
public sealed class ResultTimeline : ITimelinePart
{
    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, IReadOnlyList<PersonId> records)
    {
        var results = questions.Ask("""
            SELECT l.id, l.disease, l.kind, l.result, l.ct, l.taken_on, l.said_by, l.withdrawn_at, l.withdrawn_why, l.entered_at, coalesce(a.display_name, ''), pt.in_scope(l.unit_id, l.province_id, l.district_id, l.commune_id)
            FROM pt.lab_result l LEFT JOIN pt.account a ON a.id = l.entered_by WHERE l.person_id = ANY ($1)
            """, r =>
        {
            var (result, taken, withdrawn, entered) = ((TestOutcome)r.GetInt16(3), r.Maybe<DateOnly>(5), r.Maybe<DateTimeOffset>(7), r.GetFieldValue<DateTimeOffset>(9));
            return new TimelineEntry(taken?.AtLocal() ?? entered, r.IsDBNull(4) ? "result" : "result-ct", "result", r.GetGuid(0))
            {
                WholeDay = taken is not null,
                DayUnknown = taken is null,
                Tone = result switch { TestOutcome.Positive => Tone.Urgent, TestOutcome.Negative => Tone.Ok, _ => Tone.Watch },
                Details = [("kind", (TestKind)r.GetInt16(2)), ("result", result), ("ct", r.Maybe<decimal>(4)), ("disease", new TextKey("disease." + r.GetString(1)))],
                More = withdrawn is null ? r.Text(6) : r.Text(8),
                By = r.GetString(10),
                Mine = r.GetBoolean(11),
                Undone = withdrawn is not null,
            };
        }, records.Select(record => record.Value).ToArray());
        return () => results;
    }
}
