using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Cases;

/// <summary>A person's cases: onset, report, each classification with the facts that decided it, outcome, and corrections.</summary>
public sealed class CaseTimeline : ITimelinePart
{
    private sealed record Part(Guid Id, string Disease, CaseClass Class, DateOnly? ClassifiedOn, string? Deciding, DateOnly? OnsetOn, DateOnly? ReportedOn, CaseOutcome Outcome, DateOnly? OutcomeOn, DateTimeOffset EnteredAt, string By);

    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, IReadOnlyList<PersonId> records)
    {
        var cases = questions.Ask("""
            SELECT c.id, c.disease, c.classification, c.classified_on, c.deciding, c.onset_on, c.reported_on, c.outcome, c.outcome_on, c.entered_at, coalesce(a.display_name, '')
            FROM pt.case_record c LEFT JOIN pt.account a ON a.id = c.entered_by WHERE c.person_id = ANY ($1)
            """, r => new Part(r.GetGuid(0), r.GetString(1), (CaseClass)r.GetInt16(2), r.Maybe<DateOnly>(3), r.Text(4), r.Maybe<DateOnly>(5), r.Maybe<DateOnly>(6), (CaseOutcome)r.GetInt16(7), r.Maybe<DateOnly>(8), r.GetFieldValue<DateTimeOffset>(9), r.GetString(10)), records.Select(record => record.Value).ToArray());
        var changes = questions.AskChanges(records, "case_record");
        return () => [.. cases.SelectMany(Entries), .. changes().SelectMany(change => cases.Where(part => change.Entity.EndsWith($",{part.Id}", StringComparison.Ordinal)).Select(part => new TimelineEntry(change.At, "case.corrected", "case", part.Id) { Details = Of(part), By = change.By, Changes = change.Fields }))];
    }

    private static IEnumerable<TimelineEntry> Entries(Part part)
    {
        if (part.OnsetOn is { } onset) yield return Day(part, onset, "case.onset");
        yield return new(part.ReportedOn?.AtLocal() ?? part.EnteredAt, "case.reported", "case", part.Id) { WholeDay = part.ReportedOn is not null, DayUnknown = part.ReportedOn is null, Details = Of(part), By = part.By };
        yield return new(part.ClassifiedOn?.AtLocal() ?? part.EnteredAt, "case.classified", "case", part.Id)
        {
            WholeDay = part.ClassifiedOn is not null,
            DayUnknown = part.ClassifiedOn is null,
            Tone = part.Class switch { CaseClass.Confirmed => Tone.Urgent, CaseClass.Discarded => Tone.Ok, _ => Tone.Watch },
            Details = Of(part),
            More = part.Deciding,
        };
        if (part.Outcome is CaseOutcome.Recovered or CaseOutcome.Died or CaseOutcome.Other)
            yield return new(part.OutcomeOn?.AtLocal() ?? part.EnteredAt, "case.outcome", "case", part.Id) { WholeDay = part.OutcomeOn is not null, DayUnknown = part.OutcomeOn is null, Tone = part.Outcome == CaseOutcome.Died ? Tone.Urgent : Tone.Ok, Details = Of(part) };
    }

    private static TimelineEntry Day(Part part, DateOnly day, string kind) => new(day.AtLocal(), kind, "case", part.Id) { WholeDay = true, Details = Of(part) };

    private static IReadOnlyList<(string, object?)> Of(Part part) => [("disease", new TextKey("disease." + part.Disease)), ("class", part.Class), ("outcome", part.Outcome)];
}
