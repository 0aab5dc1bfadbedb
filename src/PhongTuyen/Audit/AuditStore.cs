using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>The audit (nhật ký truy cập) could not be written. Whatever the request had begun is undone with its transaction, and nobody is shown.</summary>
public sealed class AuditUnavailableException(Exception inner) : Exception("The audit cannot be written: nothing was shown and nothing was kept.", inner);

/// <summary>
/// The one way by which rows get into the audit. They are written in the transaction of the act, so where they cannot be written (no right, no
/// table, no room, a lock that is not given back) there is no act and no page: <see cref="AuditUnavailableException"/>. Knows whether rows get in.
/// </summary>
public sealed class AuditStore(Database database, AuditSettings settings, TimeProvider clock, ILogger<AuditStore> log)
{
    // A row that got in so short a time ago says enough; older than that it is tried.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    internal const string Events = "audit_event", Values = "audit_value";

    private readonly Lock gate = new();
    private long? written;
    private readonly HashSet<string> closed = new(StringComparer.Ordinal);
    private Task<bool>? trying;

    /// <summary>Writes rows of the audit in the transaction of the act.</summary>
    /// <returns>What the statement answers; null: nothing.</returns>
    /// <param name="table">Into which of its tables: each may be open while the other is not.</param>
    /// <exception cref="AuditUnavailableException">They cannot be written, or not within <see cref="AuditSettings.WriteSeconds"/>.</exception>
    /// <exception cref="PostgresException">This row is at fault.</exception>
    internal async Task<object?> WriteAsync(NpgsqlConnection connection, string table, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        command.CommandTimeout = settings.WriteSeconds;
        object? answer;
        try
        {
            answer = await command.ExecuteScalarAsync(ct);
        }
        catch (NpgsqlException fault) when (!IsOfTheRow(fault))
        {
            Say(table, fault);
            throw new AuditUnavailableException(fault);
        }
        Say(table, null);
        return answer;
    }

    /// <summary>
    /// Such a row would not get in anywhere (a value that does not fit, a rule that it breaks), or two acts met: the others do get in, and nobody has to be told that the audit is closed.
    /// </summary>
    private static bool IsOfTheRow(NpgsqlException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } or PostgresException { SqlState: ['2', '1' or '2' or '3', ..] or ['5', '4', ..] };

    /// <summary>Whether rows get in: a row did within the last second, or one that is tried now does. It is taken out again and never seen.</summary>
    /// <param name="now">Whatever got in a moment ago: it is tried.</param>
    public Task<bool> TakesAsync(bool now = false)
    {
        lock (gate)
        {
            if (!now && closed.Count == 0 && written is { } at && clock.GetElapsedTime(at) < Fresh) return Task.FromResult(true);
            // Whoever asks meanwhile gets the answer of the same try.
            return trying is { IsCompleted: false } ? trying : trying = TryAsync();
        }
    }

    private async Task<bool> TryAsync()
    {
        try
        {
            await using var connection = await database.App.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var id = clock.NewGuid();
            await WriteAsync(connection, Events, "INSERT INTO pt.audit_event (id, at, act, subject_kind, subject_id) VALUES ($1, $2, 'audit.tried', 'audit', '')", CancellationToken.None, id, clock.GetUtcNow());
            await WriteAsync(connection, Values, "INSERT INTO pt.audit_value (audit_id, entity, entity_id, field, salt) VALUES ($1, '', '', '', '')", CancellationToken.None, id);
            return true; // the transaction ends here, and the rows with it
        }
        catch (Exception fault) when (fault is NpgsqlException or AuditUnavailableException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The log tells when it closed and when it opened again, and not each request in between.</summary>
    private void Say(string table, NpgsqlException? fault)
    {
        bool changed;
        lock (gate)
        {
            var before = closed.Count;
            if (fault is null) closed.Remove(table);
            else closed.Add(table);
            if (closed.Count == 0) written = clock.GetTimestamp();
            changed = before == 0 != (closed.Count == 0);
        }
        if (!changed) return;
        if (fault is null) log.LogWarning("The audit can be written again.");
        else log.LogError(fault, "The audit cannot be written: persons are not shown and nothing is kept until it can.");
    }
}
