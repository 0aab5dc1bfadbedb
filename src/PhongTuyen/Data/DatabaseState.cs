using PhongTuyen.Data.Keys;

namespace PhongTuyen.Data;

/// <summary>How the database of this installation stands, for whoever operates it.</summary>
public sealed class DatabaseState(Database database, DatabaseSettings settings)
{
    /// <param name="Own">The program runs its own PostgreSQL; false: a server.</param>
    /// <param name="Step">The newest migration, with how many there are.</param>
    /// <param name="Rotation">The last change of the keys; null: never.</param>
    /// <param name="KeysCopied">When the operator last said that the keys were copied elsewhere; null: never.</param>
    public sealed record Found(Guid Installation, string Server, bool Own, long Bytes, int Connections, string Step, int Steps, DateTimeOffset StepAt, string KeyFolder, DateTimeOffset? KeysCopied, KeyRotation? Rotation);

    public async Task<Found> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var step = await connection.RowAsync("SELECT name, applied_at, (SELECT count(*)::int FROM pt.schema_step) FROM pt.schema_step ORDER BY number DESC LIMIT 1", r => (Name: r.GetString(0), At: r.GetFieldValue<DateTimeOffset>(1), Count: r.GetInt32(2)), ct);
        var rotation = await KeyRotation.LastAsync(connection, ct);
        return await connection.RowAsync("SELECT (SELECT id FROM pt.installation), current_setting('server_version'), pg_database_size(current_database()), (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database())",
            r => new Found(r.GetGuid(0), r.GetString(1), settings.Server.Length == 0, r.GetInt64(2), r.GetInt32(3), step.Name, step.Count, step.At, KeyCopy.Folder(settings), KeyCopy.At(settings), rotation), ct) ?? throw new DatabaseException("The database has no installation.");
    }
}
