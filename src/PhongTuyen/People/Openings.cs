using System.Text.Json;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.People;

/// <summary>Openings in an emergency (mở khẩn cấp) of the visitor's units: what waits for review, and what was judged.</summary>
public sealed class Openings(Db db, OpeningSettings settings)
{
    public const int Page = 15;
    public const int NoteMost = 300;

    /// <param name="Person">Who was opened; whoever reviews need not see the person.</param>
    /// <param name="Looks">How often the record was looked at in that time, by anybody of the unit.</param>
    /// <param name="Unmasked">How often numbers were seen in full.</param>
    /// <param name="Mine">Opened by the visitor, who therefore does not judge it.</param>
    /// <param name="Waits">The record is sealed, and a second officer has not let it be opened.</param>
    /// <param name="Seen">Whether the visitor sees the person.</param>
    public sealed record Row(Guid Id, PersonId Person, string By, string Unit, string Reason, DateTimeOffset At, DateTimeOffset Ends, DateTimeOffset ReviewBy, long Looks, long Unmasked, bool Mine, bool Seen, DateTimeOffset? ReviewedAt, string? ReviewedBy, bool? Justified, string? Note, bool Waits, string? LetBy);

    /// <param name="More">The row behind which the next page begins.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, Guid? More);

    /// <summary>What waits: the one that is due first. What was judged: the newest first.</summary>
    public async Task<Found> FindAsync(bool judged, Guid? behind, CancellationToken ct)
    {
        // Ids are made in the order of time, as all openings are due the same while after.
        var (wanted, order) = judged ? ("o.reviewed_at IS NOT NULL AND ($1::uuid IS NULL OR o.id < $1)", "o.id DESC") : ("o.reviewed_at IS NULL AND ($1::uuid IS NULL OR o.id > $1)", "o.id");
        var rows = await db.Connection.RowsAsync($"{Columns} WHERE {wanted} ORDER BY {order} LIMIT {Page + 1}", Read, ct, behind, db.Visitor!.Account.Value);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null);
    }

    /// <summary>How many wait and how many of them are overdue.</summary>
    public Task<(int Waiting, int Overdue)> CountsAsync(CancellationToken ct) => db.Connection.RowAsync("SELECT count(*)::int, (count(*) FILTER (WHERE review_by < $1))::int FROM pt.person_opening WHERE reviewed_at IS NULL",
        r => (r.GetInt32(0), r.GetInt32(1)), ct, db.Clock.GetUtcNow());

    public Task<Outcome<Nothing>> ReviewAsync(Guid id, bool? justified, string? note, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        var opening = await db.Connection.RowAsync<(AccountId By, bool Reviewed, bool Waits)?>("SELECT account_id, reviewed_at IS NOT NULL, waits FROM pt.person_opening WHERE id = $1", r => (new AccountId(r.GetGuid(0)), r.GetBoolean(1), r.GetBoolean(2)), ct, id);
        if (opening is not { } one) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, one.By, ct) is { } fault) return fault;
        if (one.Reviewed) return Refusals.Changed();
        // What waits is let happen, not judged; or it is refused.
        if (one.Waits && justified == true) return Refusals.Changed();
        if (justified is not { } verdict) return Refusals.Required("justified");
        var words = VietnameseText.Clean(note);
        if (!verdict && words is not { Length: >= 3 }) return Problems.NoteToReview();
        if (words is not null && Inputs.TooLong("note", words, NoteMost) is { } tooLong) return tooLong;
        if (await db.Connection.RunAsync("UPDATE pt.person_opening SET reviewed_at = $2, reviewed_by = $3, justified = $4, note = $5, waits = false WHERE id = $1", ct, id, db.Clock.GetUtcNow(), db.Visitor!.Account.Value, verdict, words) == 0) return Refusals.Changed();
        db.Tell(new OpeningReviewed(id, verdict), words);
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>The second officer lets a sealed record be opened: its hours run from now.</summary>
    public Task<Outcome<Nothing>> LetAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        var opening = await db.Connection.RowAsync<(AccountId By, bool Waits)?>("SELECT account_id, waits FROM pt.person_opening WHERE id = $1", r => (new AccountId(r.GetGuid(0)), r.GetBoolean(1)), ct, id);
        if (opening is not { } one) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, one.By, ct) is { } fault) return fault;
        var now = db.Clock.GetUtcNow();
        var ends = now.AddHours(settings.Hours);
        var details = JsonSerializer.Serialize(new Dictionary<string, string> { ["until"] = Words.Show(ends) });
        if (!one.Waits || !await db.Connection.ValueAsync<bool>("SELECT pt.let_open($1, $2, $3, $4, 'notice.opening-let', $5, '/desk/people/person/')", ct, id, now, ends, $"opening-let/{id}", details)) return Refusals.Changed();
        db.Tell(new OpeningLet(id, ends));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    // Looks at the person by anybody of the unit while it was open, out of the index of subjects.
    private const string Columns = """
        SELECT o.id, o.person_id, coalesce(a.display_name, '?'), u.name, o.reason, o.opened_at, o.ends_at, o.review_by, l.looks, l.unmasked, o.account_id = $2, EXISTS (SELECT 1 FROM pt.person p WHERE p.id = o.person_id),
          o.reviewed_at, b.display_name, o.justified, o.note, o.waits, l2.display_name
        FROM pt.person_opening o JOIN pt.unit u ON u.id = o.unit_id LEFT JOIN pt.account a ON a.id = o.account_id LEFT JOIN pt.account b ON b.id = o.reviewed_by LEFT JOIN pt.account l2 ON l2.id = o.let_by
          CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE e.act = 'person.seen') AS looks, count(*) FILTER (WHERE e.act = 'person.unmasked') AS unmasked FROM pt.audit_event e
            WHERE e.subject_kind = 'person' AND e.subject_id = o.person_id::text AND e.at >= o.opened_at AND e.at < o.ends_at AND e.unit_id = o.unit_id) l
        """;

    private static Row Read(NpgsqlDataReader r) => new(r.GetGuid(0), new PersonId(r.GetGuid(1)), r.GetString(2), r.GetString(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5), r.GetFieldValue<DateTimeOffset>(6), r.GetFieldValue<DateTimeOffset>(7),
        r.GetInt64(8), r.GetInt64(9), r.GetBoolean(10), r.GetBoolean(11), r.Maybe<DateTimeOffset>(12), r.Text(13), r.Maybe<bool>(14), r.Text(15), r.GetBoolean(16), r.Text(17));
}
