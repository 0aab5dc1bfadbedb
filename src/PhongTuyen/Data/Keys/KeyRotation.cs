using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data.Keys;

/// <summary>The last change of the keys, as it stands: for the command line and the page of the operator.</summary>
/// <param name="Key">The number of the new key.</param>
/// <param name="CurrentAt">Since then new values are sealed with it; null: not yet.</param>
/// <param name="EndedAt">The old key is no longer used; null: under way.</param>
public sealed record KeyRotation(int Key, int Old, DateTimeOffset BegunAt, DateTimeOffset? CurrentAt, DateTimeOffset? EndedAt)
{
    /// <param name="Total">Rows that had a value under another key when it began.</param>
    /// <param name="Done">Sealed anew since; in the end it may be more, where others wrote meanwhile.</param>
    public sealed record Table(string Name, long Total, long Done, bool Ended);

    public IReadOnlyList<Table> Tables { get; init; } = [];

    public long Total => Tables.Sum(table => Math.Max(table.Total, table.Done));

    public long Done => Tables.Sum(table => table.Done);

    /// <summary>0 to 100; 100 only when nothing is left.</summary>
    public int Percent => Tables.Count > 0 && Tables.All(table => table.Ended) ? 100 : Total == 0 ? 0 : (int)Math.Min(99, 100 * Done / Total);

    /// <returns>Null: the keys were never changed.</returns>
    public static async Task<KeyRotation?> LastAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await connection.RowAsync("SELECT key, old, begun_at, current_at, ended_at FROM pt.key_rotation ORDER BY key DESC LIMIT 1",
            r => new KeyRotation(r.GetInt32(0), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3), r.Maybe<DateTimeOffset>(4)), ct) is not { } last) return null;
        return last with { Tables = await connection.RowsAsync("SELECT name, total, done, ended_at IS NOT NULL FROM pt.key_rotation_table WHERE key = $1 ORDER BY name", r => new Table(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetBoolean(3)), ct, last.Key) };
    }
}

/// <summary>A change of the keys of sealed fields began: there is a new key.</summary>
public sealed record KeyRotationBegun(int Key) : IEvent
{
    public static string Act => "keys.rotation-begun";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("key", $"{Key}");
}

/// <summary>Everything is sealed with the new key; the old one is no longer used.</summary>
public sealed record KeyRotationEnded(int Key, long Sealed) : IEvent
{
    public static string Act => "keys.rotation-ended";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("key", $"{Key}");
}
