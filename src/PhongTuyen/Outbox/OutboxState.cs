using PhongTuyen.Data;

namespace PhongTuyen.Outbox;

/// <summary>How the outbox stands, in numbers: no recipient, no text.</summary>
public sealed class OutboxState(Database database, OutboxSettings settings)
{
    /// <param name="On">Whether a mail server is set at all.</param>
    /// <param name="Unknown">Sent perhaps: the program stopped, or the mail server fell silent, in between. A person has to look.</param>
    /// <param name="Parked">Failed at every try.</param>
    /// <param name="Faults">The last fault of those that were not sent, with how many had it.</param>
    /// <param name="Oldest">Of those that wait for a person the oldest, at most <see cref="Most"/>.</param>
    public sealed record Found(bool On, int Waiting, DateTimeOffset? OldestWaiting, int Unknown, int Parked, IReadOnlyList<(string Fault, int Count)> Faults, IReadOnlyList<Row> Oldest);

    public const int Most = 50;

    /// <param name="Unknown">Perhaps it has arrived.</param>
    public sealed record Row(Guid Id, DateTimeOffset CreatedAt, bool Unknown, int Attempts, string? Fault);

    public async Task<Found> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var (waiting, oldest) = await connection.RowAsync("SELECT count(*)::int, min(created_at) FROM pt.outbox_message WHERE state = 0", r => (r.GetInt32(0), r.Maybe<DateTimeOffset>(1)), ct);
        var (unknown, parked) = await connection.RowAsync("SELECT count(*) FILTER (WHERE state = 2)::int, count(*) FILTER (WHERE state = 3)::int FROM pt.outbox_message WHERE state IN (2, 3)", r => (r.GetInt32(0), r.GetInt32(1)), ct);
        var faults = await connection.RowsAsync("SELECT fault, count(*)::int FROM pt.outbox_message WHERE state IN (0, 2, 3) AND fault IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10", r => (r.GetString(0), r.GetInt32(1)), ct);
        var rows = await connection.RowsAsync($"SELECT id, created_at, state = 2, attempts, fault FROM pt.outbox_message WHERE state IN (2, 3) ORDER BY created_at, id LIMIT {Most}",
            r => new Row(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetBoolean(2), r.GetInt16(3), r.Text(4)), ct);
        return new Found(settings.On, waiting, oldest, unknown, parked, faults, rows);
    }
}
