using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.People;

/// <summary>More persons in a file than one officer may take out alone (người duyệt thứ hai): asked for, allowed or refused by another, taken once.</summary>
public sealed class ListRequests(Db db, INotify notify, ListSettings settings)
{
    public const int Page = 20;
    public const int NoteMost = 300;

    public enum Standing { Waiting, Allowed, Refused, Lapsed, Taken }

    /// <param name="Persons">Rows of the list, when it was asked for.</param>
    /// <param name="Mine">Asked for by the visitor, who therefore does not decide.</param>
    public sealed record Row(Guid Id, string By, string Unit, string List, string Address, int Persons, string Purpose, DateTimeOffset At, DateTimeOffset? DecidedAt, string? DecidedBy, bool? Allowed, string? Note, DateTimeOffset? Ends, DateTimeOffset? TakenAt, bool Mine)
    {
        public Standing StandingAt(DateTimeOffset now) => Allowed switch { null => Standing.Waiting, false => Standing.Refused, _ => TakenAt is not null ? Standing.Taken : Ends > now ? Standing.Allowed : Standing.Lapsed };
    }

    /// <param name="More">The row behind which the next page begins.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, Guid? More);

    /// <param name="rows">All rows of the list, in the visitor's scope.</param>
    /// <param name="persons">How many persons stand in a row; null: one in each.</param>
    public async Task<Outcome<Guid>> AskAsync<TRow>(Guid intent, string list, string address, string? purpose, IAsyncEnumerable<TRow> rows, CancellationToken ct, Func<TRow, int>? persons = null)
    {
        // Whoever would allow it answers for the inspector's own organisation, not for the place that is looked at.
        if (db.Visitor!.Roles.Contains((int)Accounts.Role.Inspector)) return Problems.LongListsNotForInspectors();
        if (TakeList.Purpose(purpose) is not { } why) return Problems.PurposeOfList();
        var n = 0;
        await foreach (var row in rows.WithCancellation(ct)) if ((n += Math.Max(1, persons?.Invoke(row) ?? 1)) > settings.MostWithSecond) return Problems.TooManyToTake(settings.MostWithSecond);
        if (n <= settings.MostPersons) return Problems.NoSecondNeeded(n);
        return await db.OnceAsync(intent, "list.ask", new { list, address, why }, async () =>
        {
            var me = db.Visitor!;
            if (await db.Connection.RunAsync("INSERT INTO pt.list_request (id, asked_by, unit_id, list, address, persons, purpose, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (asked_by, list, address) WHERE decided_at IS NULL DO NOTHING", ct,
                intent, me.Account.Value, me.Unit.Value, list, address, n, why, db.Clock.GetUtcNow()) == 0) return Problems.AskedAlready();
            db.Tell(new ListAsked(intent, list, n), why);
            await db.SaveChangesAsync(ct);
            await notify.MyManagersAsync("notice.list-asked", new Dictionary<string, string> { ["name"] = me.DisplayName, ["n"] = Words.Show(n) }, "/desk/people/lists", $"list-asked/{intent}", ct);
            return (Outcome<Guid>)intent;
        }, ct);
    }

    /// <summary>The visitor's last request for a list as it is narrowed; null: none.</summary>
    public Task<Row?> MineAsync(string list, string address, CancellationToken ct) =>
        db.Connection.RowAsync<Row?>($"{Columns} WHERE r.asked_by = $1 AND r.list = $2 AND r.address = $3 ORDER BY r.asked_at DESC LIMIT 1", Read, ct, db.Visitor!.Account.Value, list, address);

    /// <summary>What waits: the oldest first. What was decided: the newest first.</summary>
    public async Task<Found> FindAsync(bool decided, Guid? behind, CancellationToken ct)
    {
        // Ids are made in the order of time.
        var (wanted, order) = decided ? ("r.decided_at IS NOT NULL AND ($2::uuid IS NULL OR r.id < $2)", "r.id DESC") : ("r.decided_at IS NULL AND ($2::uuid IS NULL OR r.id > $2)", "r.id");
        var rows = await db.Connection.RowsAsync($"{Columns} WHERE {wanted} ORDER BY {order} LIMIT {Page + 1}", Read, ct, db.Visitor!.Account.Value, behind);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null);
    }

    public Task<long> WaitingAsync(CancellationToken ct) => db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.list_request WHERE decided_at IS NULL", ct);

    public Task<Outcome<Nothing>> DecideAsync(Guid id, bool? allowed, string? note, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        var request = await db.Connection.RowAsync<(Guid By, bool Decided, bool Below)?>("SELECT asked_by, decided_at IS NOT NULL, unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]) FROM pt.list_request WHERE id = $1", r => (r.GetGuid(0), r.GetBoolean(1), r.GetBoolean(2)), ct, id);
        if (request is not { } one) return Refusals.NotFound();
        if (one.By == db.Visitor!.Account.Value || !one.Below) return Problems.SecondIsAnother();
        if (one.Decided) return Refusals.Changed();
        if (allowed is not { } verdict) return Refusals.Required("allowed");
        var words = VietnameseText.Clean(note);
        if (!verdict && words is not { Length: >= 3 }) return Problems.NoteToRefuse();
        if (words is not null && Inputs.TooLong("note", words, NoteMost) is { } tooLong) return tooLong;
        var now = db.Clock.GetUtcNow();
        if (await db.Connection.RunAsync("UPDATE pt.list_request SET decided_at = $2, decided_by = $3, allowed = $4, note = $5, ends_at = $6 WHERE id = $1", ct,
            id, now, db.Visitor!.Account.Value, verdict, words, verdict ? now.AddHours(settings.AllowedHours) : null) == 0) return Refusals.Changed();
        db.Tell(new ListDecided(id, verdict), words);
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("SELECT pt.tell_list_asker($1, $2, $3, $4, $5)", ct, id, $"list-decided/{id}", verdict ? "notice.list-allowed" : "notice.list-refused", "{}", now);
        return Nothing.Value;
    }, ct);

    /// <summary>Whether it was not taken before.</summary>
    internal async Task<bool> TakenAsync(Guid id, CancellationToken ct) => await db.Connection.RunAsync("UPDATE pt.list_request SET taken_at = $2 WHERE id = $1 AND taken_at IS NULL", ct, id, db.Clock.GetUtcNow()) == 1;

    private const string Columns = """
        SELECT r.id, coalesce(a.display_name, '?'), u.name, r.list, r.address, r.persons, r.purpose, r.asked_at, r.decided_at, d.display_name, r.allowed, r.note, r.ends_at, r.taken_at, r.asked_by = $1
        FROM pt.list_request r JOIN pt.unit u ON u.id = r.unit_id LEFT JOIN pt.account a ON a.id = r.asked_by LEFT JOIN pt.account d ON d.id = r.decided_by
        """;

    private static Row Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), r.GetString(6), r.GetFieldValue<DateTimeOffset>(7), r.Maybe<DateTimeOffset>(8), r.Text(9), r.Maybe<bool>(10), r.Text(11), r.Maybe<DateTimeOffset>(12), r.Maybe<DateTimeOffset>(13), r.GetBoolean(14));
}
