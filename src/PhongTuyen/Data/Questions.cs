using Npgsql;

namespace PhongTuyen.Data;

/// <summary>Several questions, asked in one way to the database and back: a page that needs twenty answers waits once for them.</summary>
public sealed class Questions(NpgsqlConnection connection)
{
    private readonly List<(NpgsqlBatchCommand Command, Action<NpgsqlDataReader> Take)> asked = [];

    /// <returns>Filled by <see cref="AnswerAsync"/>; empty before.</returns>
    public IReadOnlyList<T> Ask<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        var (rows, command) = (new List<T>(), new NpgsqlBatchCommand(sql));
        foreach (var value in values) command.Parameters.Add(SqlRows.Parameter(value));
        asked.Add((command, r => rows.Add(read(r))));
        return rows;
    }

    public async Task AnswerAsync(CancellationToken ct)
    {
        if (asked.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (command, _) in asked) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var (_, take) in asked)
        {
            while (await reader.ReadAsync(ct)) take(reader);
            await reader.NextResultAsync(ct);
        }
    }
}
