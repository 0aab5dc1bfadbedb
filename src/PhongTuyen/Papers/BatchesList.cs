using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>Batches of papers with how far they are: those of the visitor's units, and the queue of who types.</summary>
public sealed class BatchesList(Db db, PaperSeals seals)
{
    public const int Page = 30;

    /// <param name="Waiting">Typed = taken + duplicate + unclear + waiting.</param>
    public sealed record Counts(int Typed, int Taken, int Duplicate, int Unclear, int Waiting)
    {
        public int Of(PaperState state) => state switch { PaperState.Waiting => Waiting, PaperState.Unclear => Unclear, PaperState.Duplicate => Duplicate, _ => Taken };
    }

    public sealed record Row(Guid Id, string Title, string UnitName, string? Place, int Papers, DateOnly? Due, string Volunteer, DateTimeOffset GivenAt, DateTimeOffset? ClosedAt, Counts Counts);

    /// <param name="More">Where the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, (DateTimeOffset At, Guid Id)? More);

    /// <param name="Unclear">Of the visitor's own: sent back, or not to be read.</param>
    /// <param name="FilesLeft">From which nobody typed.</param>
    public sealed record Queued(Guid Id, string Title, string UnitName, string? Place, string? Note, int Papers, DateOnly? Due, int Typed, int Unclear, int Files, int FilesLeft);

    /// <param name="Until">When the role ends.</param>
    public sealed record Volunteer(AccountId Id, string Name, string UserName, DateTimeOffset Until);

    /// <param name="Paper">Opened.</param>
    public sealed record Entry(Guid Id, int No, PaperState State, PaperContent Paper, DateTimeOffset TypedAt, PersonId? Person, int Version);

    private const string Counted = """
        (SELECT ARRAY[count(*), count(*) FILTER (WHERE e.state = 4), count(*) FILTER (WHERE e.state = 3), count(*) FILTER (WHERE e.state = 2), count(*) FILTER (WHERE e.state = 1)]::int[] FROM pt.paper_entry e WHERE e.batch_id = b.id)
        """;

    private static readonly string Scoped = "(SELECT pt.sees_names()) AND " + Scope.Test("b.unit_id", "b.");

    /// <summary>Of the visitor's units, the newest first: open ones, or those that were closed.</summary>
    public async Task<Found> OfUnitsAsync(bool closed, (DateTimeOffset At, Guid Id)? behind, CancellationToken ct, int page = Page)
    {
        var rows = await db.Connection.RowsAsync($"""
            SELECT b.id, b.title, b.unit_name, b.place, b.papers, b.due, b.account_name, b.given_at, b.closed_at, {Counted} FROM pt.paper_batch b
            WHERE {Scoped} AND (b.closed_at IS NOT NULL) = $1 AND (b.given_at, b.id) < ($2, $3) ORDER BY b.given_at DESC, b.id DESC LIMIT {page + 1}
            """, r => new Row(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Text(3), r.GetInt32(4), r.Maybe<DateOnly>(5), r.GetString(6), r.GetFieldValue<DateTimeOffset>(7), r.Maybe<DateTimeOffset>(8), ReadCounts(r, 9)), ct,
            closed, behind?.At ?? DateTimeOffset.MaxValue, behind?.Id ?? Guid.AllBitsSet);
        return new Found([.. rows.Take(page)], rows.Count > page ? (rows[page - 1].GivenAt, rows[page - 1].Id) : null);
    }

    /// <summary>What is the visitor's own to type, the most urgent first. A volunteer has few.</summary>
    public Task<List<Queued>> QueueAsync(CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT b.id, b.title, b.unit_name, b.place, b.note, b.papers, b.due, (SELECT p.typed FROM pt.paper_progress(b.id) p), (SELECT count(*)::int FROM pt.paper_entry e WHERE e.batch_id = b.id AND e.account_id = $1 AND e.state = 2),
          (SELECT ARRAY[count(*), count(*) FILTER (WHERE f.papers = 0 AND f.print IS NOT NULL)]::int[] FROM pt.paper_file f WHERE f.batch_id = b.id)
        FROM pt.paper_batch b WHERE b.account_id = $1 AND b.closed_at IS NULL ORDER BY b.due NULLS LAST, b.given_at, b.id LIMIT 50
        """, r => new Queued(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Text(3), r.Text(4), r.GetInt32(5), r.Maybe<DateOnly>(6), r.Maybe<int>(7) ?? 0, r.GetInt32(8), r.GetFieldValue<int[]>(9)[0], r.GetFieldValue<int[]>(9)[1]), ct, db.Visitor!.Account.Value);

    /// <param name="Left">Papers of the sample that are to be typed again now.</param>
    public sealed record Again(Guid Id, string Title, string UnitName, string? Place, string? Note, DateOnly? Due, int Left);

    /// <summary>What the visitor is to type a second time, where there is some. Papers come into the sample while the first one types.</summary>
    public Task<List<Again>> AgainAsync(CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT b.id, b.title, b.unit_name, b.place, b.note, b.due, (SELECT count(*)::int FROM pt.papers_again(b.id)) FROM pt.paper_batch b
        WHERE b.second_account_id = $1 AND b.closed_at IS NULL ORDER BY b.due NULLS LAST, b.given_at, b.id LIMIT 50
        """, r => new Again(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Text(3), r.Text(4), r.Maybe<DateOnly>(5), r.GetInt32(6)), ct, db.Visitor!.Account.Value);

    /// <summary>How many papers of the batch were typed, and the number of the next.</summary>
    public Task<(int Typed, int Next)> ProgressAsync(Guid batch, CancellationToken ct) => db.Connection.RowAsync("SELECT typed, next FROM pt.paper_progress($1)", r => (r.GetInt32(0), r.GetInt32(1)), ct, batch);

    public async Task<Counts> CountsAsync(Guid batch, CancellationToken ct) =>
        (await db.Connection.RowAsync($"SELECT {Counted} FROM pt.paper_batch b WHERE b.id = $1", r => ReadCounts(r, 0), ct, batch))!;

    /// <summary>Entries of a batch in the order of their numbers; of one state, or all.</summary>
    /// <param name="behind">The number of the last one of the page before.</param>
    public async Task<(IReadOnlyList<Entry> Rows, int? More)> EntriesAsync(Guid batch, PaperState? state, int behind, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync($"SELECT e.id, e.no, e.state, e.content, e.typed_at, e.person_id, e.version FROM pt.paper_entry e WHERE e.batch_id = $1 AND ($2 = 0 OR e.state = $2) AND e.no > $3 ORDER BY e.no LIMIT {Page + 1}", Read, ct, batch, (int)(state ?? 0), behind);
        return ([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].No : null);
    }

    /// <summary>The visitor's own that they may still correct, or are to look at again: those first, then the newest.</summary>
    public Task<List<Entry>> OwnAsync(Guid batch, CancellationToken ct) => db.Connection.RowsAsync(
        $"SELECT e.id, e.no, e.state, e.content, e.typed_at, e.person_id, e.version FROM pt.paper_entry e WHERE e.batch_id = $1 AND e.account_id = $2 AND e.state <= 2 AND NOT pt.paper_compared(e.id) ORDER BY e.state DESC, e.no DESC LIMIT {Page}", Read, ct, batch, db.Visitor!.Account.Value);

    /// <summary>Who can type for a unit now.</summary>
    public Task<List<Volunteer>> VolunteersAsync(UnitId unit, CancellationToken ct) => db.Connection.RowsAsync("SELECT id, name, user_name, until FROM pt.volunteers_for($1, $2) ORDER BY name, user_name",
        r => new Volunteer(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3)), ct, unit.Value, db.Clock.GetUtcNow());

    /// <summary>A batch of the visitor's units; one that is theirs to type is not therefore theirs to settle.</summary>
    public async Task<PaperBatch?> OfUnitAsync(Guid id, CancellationToken ct) =>
        db.Scope.Names && await db.FindAsync<PaperBatch>([id], ct) is { } batch && db.Scope.Covers(batch.UnitId, batch.Area) ? batch : null;

    public async Task<PaperEntry?> EntryOfUnitAsync(Guid id, CancellationToken ct) =>
        await db.FindAsync<PaperEntry>([id], ct) is { } entry && await OfUnitAsync(entry.BatchId, ct) is not null ? entry : null;

    private Entry Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetInt32(1), (PaperState)r.GetInt16(2), seals.Open(r.GetGuid(0), r.GetFieldValue<byte[]>(3)), r.GetFieldValue<DateTimeOffset>(4), r.Maybe<Guid>(5) is { } person ? new PersonId(person) : null, r.GetInt32(6));

    private static Counts ReadCounts(NpgsqlDataReader r, int column) => r.GetFieldValue<int[]>(column) is [var typed, var taken, var duplicate, var unclear, var waiting] ? new Counts(typed, taken, duplicate, unclear, waiting) : new Counts(0, 0, 0, 0, 0);
}
