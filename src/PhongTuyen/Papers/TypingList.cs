using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>How the typing goes: for who types, of themselves; for the unit, of each who typed a batch, with what two people typed differently.</summary>
public sealed class TypingList(Db db, PaperSeals seals, PaperSettings settings)
{
    /// <param name="Typed">Papers.</param>
    /// <param name="AnHour">Papers an hour without pauses; null before there is anything to reckon from.</param>
    /// <param name="Unclear">Said to be unreadable.</param>
    /// <param name="Returned">Sent back by the unit.</param>
    /// <param name="Compared">Fields in which two typed the same paper.</param>
    /// <param name="Against">Of these decided against them.</param>
    /// <param name="Undecided">Differing, and not decided.</param>
    public sealed record Pace(int Typed, double? AnHour, int Unclear, int Returned, int Compared, int Against, int Undecided)
    {
        /// <summary>Share of the fields that were wrong: 0 to 1; null where nothing was compared.</summary>
        public double? Disagreement => Compared > 0 ? (double)Against / Compared : null;
    }

    public sealed record Operator(AccountId Account, string? Name, Pace Pace);

    /// <param name="Decided">Null: not yet.</param>
    public sealed record Difference(PaperCompare.Part Part, PaperHolds? Decided);

    /// <param name="Unread">The second one could not read it.</param>
    /// <param name="File">From which both typed; null: from the paper.</param>
    public sealed record Twice(Guid Entry, int No, PaperState State, PersonId? Person, bool Unread, PaperContent First, PaperContent Second, IReadOnlyList<Difference> Differences, Guid? File);

    private TimeSpan Pause => TimeSpan.FromMinutes(settings.PauseMinutes);

    /// <summary>The visitor's own, since that moment; what two typed differently of all their papers.</summary>
    public async Task<Pace> OwnAsync(DateTimeOffset since, CancellationToken ct) =>
        (await db.Connection.RowAsync("SELECT typed, steps, seconds, unclear, returned, compared, against, undecided FROM pt.own_typing($1, $2)",
            r => new Pace(r.GetInt32(0), AnHour(r.GetInt32(1), r.GetDouble(2)), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7)), ct, since, Pause))!;

    /// <summary>The visitor's own of this session: since they signed in.</summary>
    public async Task<(DateTimeOffset Since, Pace Pace)> OfSessionAsync(CancellationToken ct)
    {
        var since = await db.Connection.ValueAsync<DateTimeOffset?>("SELECT created_at FROM pt.account_session WHERE id = $1", ct, db.Visitor!.Session) ?? db.Clock.GetUtcNow();
        return (since, await OwnAsync(since, ct));
    }

    /// <summary>Of less than a minute nothing is reckoned.</summary>
    private static double? AnHour(int steps, double seconds) => seconds >= 60 ? steps * 3600 / seconds : null;

    /// <summary>Everybody who typed something of the batch, first or again.</summary>
    public async Task<IReadOnlyList<Operator>> OfBatchAsync(PaperBatch batch, CancellationToken ct) => await db.Connection.RowsAsync("""
        WITH work AS (
          SELECT e.account_id, e.typed_at, e.state = 2 AND e.settled_at IS NULL AS unclear, e.returns > 0 AS returned FROM pt.paper_entry e WHERE e.batch_id = $1
          UNION ALL SELECT d.account_id, d.typed_at, d.state = 3, false FROM pt.paper_double d WHERE d.batch_id = $1 AND d.state > 1),
        paced AS (SELECT *, typed_at - lag(typed_at) OVER (PARTITION BY account_id ORDER BY typed_at) AS gap FROM work),
        typing AS (SELECT account_id, count(*)::int AS typed, count(*) FILTER (WHERE gap <= $2)::int AS steps, coalesce(extract(epoch FROM sum(gap) FILTER (WHERE gap <= $2)), 0)::double precision AS seconds,
          count(*) FILTER (WHERE unclear)::int AS unclear, count(*) FILTER (WHERE returned)::int AS returned FROM paced GROUP BY account_id),
        twice AS (SELECT d.entry_id, d.compared, who.account, who.wrong FROM pt.paper_double d CROSS JOIN LATERAL (VALUES (d.first_account_id, 2), (d.account_id, 1)) who(account, wrong) WHERE d.batch_id = $1 AND d.state = 2),
        fields AS (SELECT account, sum(compared)::int AS compared FROM twice GROUP BY account),
        differ AS (SELECT t.account, count(*) FILTER (WHERE f.decided IN (3, t.wrong))::int AS against, count(*) FILTER (WHERE f.decided IS NULL)::int AS undecided FROM twice t JOIN pt.paper_difference f ON f.entry_id = t.entry_id GROUP BY t.account)
        SELECT t.account_id, (SELECT a.display_name FROM pt.account a WHERE a.id = t.account_id), t.typed, t.steps, t.seconds, t.unclear, t.returned, coalesce(f.compared, 0), coalesce(d.against, 0), coalesce(d.undecided, 0)
        FROM typing t LEFT JOIN fields f ON f.account = t.account_id LEFT JOIN differ d ON d.account = t.account_id ORDER BY t.typed DESC, t.account_id
        """, r => new Operator(new AccountId(r.GetGuid(0)), NameOf(batch, new AccountId(r.GetGuid(0))) ?? r.Text(1), new Pace(r.GetInt32(2), AnHour(r.GetInt32(3), r.GetDouble(4)), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), r.GetInt32(9))), ct, batch.Id, Pause);

    /// <summary>A volunteer may belong to a unit above, whose accounts the visitor does not see.</summary>
    private static string? NameOf(PaperBatch batch, AccountId account) => account == batch.AccountId ? batch.AccountName : account == batch.SecondAccountId ? batch.SecondName : null;

    /// <summary>How much of the sample is typed, and how many fields wait for a decision.</summary>
    public async Task<(int Typed, int Waiting, int Undecided)> SampleAsync(Guid batch, CancellationToken ct) => await db.Connection.RowAsync("""
        SELECT count(*) FILTER (WHERE d.state > 1)::int, count(*) FILTER (WHERE d.state = 1)::int, (SELECT count(*)::int FROM pt.paper_difference f JOIN pt.paper_double t ON t.entry_id = f.entry_id WHERE t.batch_id = $1 AND f.decided IS NULL)
        FROM pt.paper_double d WHERE d.batch_id = $1
        """, r => (r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), ct, batch);

    /// <summary>Papers of a batch that two have typed and that differ, or that the second one could not read; in the order of the pile.</summary>
    /// <param name="behind">The number of the last one of the page before.</param>
    public async Task<(IReadOnlyList<Twice> Rows, int? More)> TwiceAsync(Guid batch, int behind, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync($"""
            SELECT d.entry_id, d.no, e.state, e.person_id, d.state, d.first_content, d.content, (SELECT array_agg(f.field ORDER BY f.field) FROM pt.paper_difference f WHERE f.entry_id = d.entry_id), (SELECT array_agg(coalesce(f.decided, 0::smallint) ORDER BY f.field) FROM pt.paper_difference f WHERE f.entry_id = d.entry_id), e.file_id
            FROM pt.paper_double d JOIN pt.paper_entry e ON e.id = d.entry_id WHERE d.batch_id = $1 AND d.no > $2 AND (d.state = 3 OR d.state = 2 AND EXISTS (SELECT 1 FROM pt.paper_difference f WHERE f.entry_id = d.entry_id)) ORDER BY d.no LIMIT {BatchesList.Page + 1}
            """, r => new Twice(r.GetGuid(0), r.GetInt32(1), (PaperState)r.GetInt16(2), r.Maybe<Guid>(3) is { } person ? new PersonId(person) : null, r.GetInt16(4) == 3,
                seals.Open(r.GetGuid(0), r.GetFieldValue<byte[]>(5)), seals.OpenAgain(r.GetGuid(0), r.GetFieldValue<byte[]>(6)), r.IsDBNull(7) ? [] : Of(r.GetFieldValue<string[]>(7), r.GetFieldValue<short[]>(8)), r.Maybe<Guid>(9)), ct, batch, behind);
        return ([.. rows.Take(BatchesList.Page)], rows.Count > BatchesList.Page ? rows[BatchesList.Page - 1].No : null);
    }

    private static List<Difference> Of(string[] fields, short[] decided) =>
        [.. PaperCompare.Parts.Where(part => fields.Contains(part.Name)).Select(part => new Difference(part, decided[Array.IndexOf(fields, part.Name)] is > 0 and var holds ? (PaperHolds)holds : null))];
}
