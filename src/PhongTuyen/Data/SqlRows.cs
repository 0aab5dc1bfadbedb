using Npgsql;

namespace PhongTuyen.Data;

/// <summary>Plain SQL with positional parameters ($1, $2 …), for queries and hot paths. Values never become part of the text.</summary>
public static class SqlRows
{
    public static async Task<List<T>> RowsAsync<T>(this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>The first row, or the default where there is none.</summary>
    public static async Task<T?> RowAsync<T>(this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? read(reader) : default;
    }

    /// <summary>The first column of the first row; the default where there is no row or no value.</summary>
    public static async Task<T?> ValueAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] values) =>
        await connection.RowAsync(sql, r => r.IsDBNull(0) ? default : r.GetFieldValue<T>(0), ct, values);

    /// <summary>How many rows were changed.</summary>
    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params object?[] values)
    {
        // One array of texts or of bytes is one value; the language would take it for all values, because such arrays pass for arrays of objects.
        if (values.GetType() != typeof(object[])) values = [values];
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    internal static NpgsqlParameter Parameter(object? value) => value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value };

    public static T? Maybe<T>(this NpgsqlDataReader reader, int column) where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
