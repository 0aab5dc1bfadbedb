using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Admissions, absences, transfers, changes of the term, papers, corrections and ends of a person's stays, as far as they lie in the visitor's scope.</summary>
public sealed class StayTimeline : ITimelinePart
{
    private const string Subject = "stay";

    private sealed record StayPart(Guid Id, StayState State, StayClass Class, StayPlace Place, StayReason Reason, string? Note, DateTimeOffset? ExpectedAt, DateTimeOffset? ArrivedAt, DateTimeOffset? EndedAt, StayEnd? EndedAs, DateTimeOffset EnteredAt, string Unit, string By, string? EndNote);

    private sealed record TransferPart(Guid FromStay, TransferState State, DateTimeOffset SentAt, DateTimeOffset? ClosedAt, string Reason, string? Answer, string From, string To, string By);

    public Func<IEnumerable<TimelineEntry>> Ask(Questions questions, IReadOnlyList<PersonId> records)
    {
        var ids = records.Select(record => record.Value).ToArray();
        var stays = questions.Ask("""
            SELECT s.id, s.state, s.class, s.place, s.reason, s.reason_note, s.expected_at, s.arrived_at, s.ended_at, s.ended_as, s.entered_at, coalesce(pt.unit_name_on(s.unit_id, coalesce(s.ended_on, 'infinity')), ''), coalesce(a.display_name, ''), s.end_note
            FROM pt.quarantine_stay s LEFT JOIN pt.account a ON a.id = s.entered_by WHERE s.person_id = ANY ($1)
            """, r => new StayPart(r.GetGuid(0), (StayState)r.GetInt16(1), (StayClass)r.GetInt16(2), (StayPlace)r.GetInt16(3), (StayReason)r.GetInt16(4), r.Text(5), r.Maybe<DateTimeOffset>(6), r.Maybe<DateTimeOffset>(7),
                r.Maybe<DateTimeOffset>(8), (StayEnd?)r.Maybe<short>(9), r.GetFieldValue<DateTimeOffset>(10), r.GetString(11), r.GetString(12), r.Text(13)), ids);
        var transfers = questions.Ask("""
            SELECT t.from_stay, t.state, t.sent_at, t.closed_at, t.reason, t.answer, coalesce(pt.unit_name_on(t.unit_id, d.day), ''), coalesce(pt.unit_name_on(t.to_unit_id, d.day), ''), coalesce(a.display_name, '')
            FROM pt.quarantine_transfer t LEFT JOIN pt.account a ON a.id = t.entered_by CROSS JOIN LATERAL (SELECT coalesce((t.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 'infinity') AS day) d WHERE t.person_id = ANY ($1)
            """, r => new TransferPart(r.GetGuid(0), (TransferState)r.GetInt16(1), r.GetFieldValue<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3), r.GetString(4), r.Text(5), r.GetString(6), r.GetString(7), r.GetString(8)), ids);
        var plans = questions.Ask("""
            SELECT p.stay_id, p.before, p.after, p.reason, p.paper, p.entered_at, coalesce(a.display_name, '') FROM pt.quarantine_stay_plan p LEFT JOIN pt.account a ON a.id = p.entered_by WHERE p.person_id = ANY ($1)
            """, r => new TimelineEntry(r.GetFieldValue<DateTimeOffset>(5), "stay.replanned", Subject, r.GetGuid(0))
        {
            Details = [("before", r.Maybe<DateOnly>(1)), ("after", r.Maybe<DateOnly>(2))],
            More = r.Text(4) is { } paper ? $"{r.GetString(3)} ({paper})" : r.GetString(3),
            By = r.GetString(6),
        }, ids);
        var decisions = questions.Ask("""
            SELECT d.id, d.kind, d.sign, d.signed_on, d.signer, coalesce(a.display_name, '') FROM pt.quarantine_decision d LEFT JOIN pt.account a ON a.id = d.entered_by WHERE d.person_id = ANY ($1)
            """, r => new TimelineEntry(r.GetFieldValue<DateOnly>(3).AtLocal(), "stay.decision", "decision", r.GetGuid(0))
        {
            WholeDay = true,
            Details = [("kind", (DecisionKind)r.GetInt16(1)), ("sign", r.GetString(2))],
            More = r.GetString(4),
            By = r.GetString(5),
        }, ids);
        var changes = questions.AskChanges(records, "quarantine_stay");
        return () => [.. stays.SelectMany(Entries), .. transfers.SelectMany(Entries), .. plans, .. decisions,
            .. changes().SelectMany(change => stays.Where(stay => change.Entity.EndsWith($",{stay.Id}", StringComparison.Ordinal)).Select(stay => new TimelineEntry(change.At, change.Act, Subject, stay.Id) { Details = [("unit", stay.Unit)], By = change.By, Changes = change.Fields }))];
    }

    private static IEnumerable<TimelineEntry> Entries(StayPart stay)
    {
        IReadOnlyList<(string, object?)> details = [("class", stay.Class), ("place", stay.Place), ("unit", stay.Unit), ("reason", stay.Reason)];
        if (stay.State is StayState.Expected or StayState.Withdrawn) yield return new(stay.ExpectedAt ?? stay.EnteredAt, "stay.expected", Subject, stay.Id) { Details = details, More = stay.EndNote, By = stay.By, Undone = stay.State == StayState.Withdrawn };
        else yield return new(stay.ArrivedAt ?? stay.EnteredAt, stay.Place == StayPlace.Facility ? "stay.arrived" : "stay.arrived-home", Subject, stay.Id) { DayUnknown = stay.ArrivedAt is null, Details = details, More = stay.Note, By = stay.By };
        if (stay.State == StayState.Ended && stay.EndedAs is { } how)
            yield return new(stay.EndedAt ?? stay.EnteredAt, "stay.ended", Subject, stay.Id)
            {
                DayUnknown = stay.EndedAt is null,
                Tone = how is StayEnd.Died or StayEnd.Lost ? Tone.Urgent : Tone.Ok,
                Details = [("how", how), ("unit", stay.Unit)],
                More = stay.EndNote,
            };
    }

    private static IEnumerable<TimelineEntry> Entries(TransferPart transfer)
    {
        IReadOnlyList<(string, object?)> details = [("from", transfer.From), ("to", transfer.To)];
        var undone = transfer.State is TransferState.Refused or TransferState.Withdrawn;
        yield return new(transfer.SentAt, "transfer.sent", Subject, transfer.FromStay) { Tone = transfer.State is TransferState.Sent or TransferState.OnTheWay ? Tone.Watch : Tone.Info, Details = details, More = transfer.Reason, By = transfer.By, Undone = undone };
        if (undone && transfer.ClosedAt is { } closed) yield return new(closed, transfer.State == TransferState.Refused ? "transfer.refused" : "transfer.withdrawn", Subject, transfer.FromStay) { Tone = Tone.Watch, Details = details, More = transfer.Answer };
    }
}
