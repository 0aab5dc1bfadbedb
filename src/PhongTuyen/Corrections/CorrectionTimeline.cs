using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Corrections;

/// <summary>In the course of a person: that a correction was asked for, and what became of it, for the units that asked and decide.</summary>
public sealed class CorrectionTimeline : ITimelinePart
{
    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, IReadOnlyList<PersonId> records)
    {
        var rows = questions.Ask("""
            SELECT s.at, s.kind, s.request_id, s.name, s.text, r.state FROM pt.correction_step s JOIN pt.correction_request r ON r.person_id = s.person_id AND r.id = s.request_id
            WHERE s.person_id = ANY ($1) AND s.kind IN (1, 4, 5, 7) ORDER BY s.at DESC, s.id LIMIT 100
            """, r => (At: r.GetFieldValue<DateTimeOffset>(0), Kind: (CorrectionStepKind)r.GetInt16(1), Id: r.GetGuid(2), By: r.GetString(3), Text: r.Text(4)), records.Select(record => record.Value).ToArray());
        return () => rows.Select(row => new TimelineEntry(row.At, row.Kind switch { CorrectionStepKind.Asked => "correction-asked", CorrectionStepKind.Approved => "correction-approved", CorrectionStepKind.Refused => "correction-refused", _ => "correction-undone" }, "correction", row.Id) { By = row.By, More = row.Text });
    }
}
