using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// Seals the rows of one table anew, a few in each transaction, in the order of the primary key. How far it is stands in the same transaction, so that whoever goes on begins there. A row that
/// somebody works on now is left for the next round; no version, history or list takes notice.
/// </summary>
internal sealed class ResealTable(NpgsqlConnection owner, SealedTable table, int key, int rows)
{
    private readonly string keys = string.Join(", ", table.Key.Select(part => "t." + part.Name));

    private string Old(string column) => $"(t.{column} <> ''::bytea AND substring(t.{column} FROM 1 FOR 5) <> $1)";

    private string AnyOld => "(" + string.Join(" OR ", table.Sealed.Select(Old)) + ")";

    /// <summary>Rows that have a value under another key.</summary>
    public Task<long> LeftAsync(CancellationToken ct) => owner.ValueAsync<long>($"SELECT count(*) FROM pt.{table.Name} t WHERE {AnyOld}", ct, FieldCipher.HeadOf(key));

    /// <summary>The next rows.</summary>
    /// <param name="broken">What cannot be opened, by its key: it stays as it is, and so does the old key.</param>
    /// <returns>How many were sealed; null behind the last one.</returns>
    public async Task<int?> NextAsync(Action<string> broken, CancellationToken ct)
    {
        await using var transaction = await owner.BeginTransactionAsync(ct);
        await owner.RunAsync("SELECT set_config('pt.resealing', 'on', true)", ct);
        var position = await owner.ValueAsync<string[]>("SELECT position FROM pt.key_rotation_table WHERE key = $1 AND name = $2 FOR UPDATE", ct, key, table.Name);
        var found = await ReadAsync(position, ct);
        var done = new List<(SealedRow Row, IReadOnlyList<byte[]?> Anew)>();
        foreach (var row in found)
            try
            {
                done.Add((row, table.Anew(row)));
            }
            catch (Exception fault) when (fault is CryptographicException or JsonException or FormatException or KeyNotFoundException)
            {
                broken($"{table.Name} {string.Join('/', row.Key)}");
            }
        if (done.Any(one => one.Anew.Take(table.Sealed.Count).Any(value => value is { Length: > 0 } && !value.AsSpan().StartsWith(FieldCipher.HeadOf(key))))) throw new InvalidOperationException($"{table.Name} was not sealed with key {key}.");
        if (done.Count > 0) await WriteAsync(done, ct);
        await owner.RunAsync("UPDATE pt.key_rotation_table SET position = $3::text[], done = done + $4 WHERE key = $1 AND name = $2", ct, key, table.Name,
            found.Count == 0 ? null : found[^1].Key.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)).ToArray(), (long)done.Count);
        await transaction.CommitAsync(ct);
        return found.Count == 0 ? null : done.Count;
    }

    private async Task<List<SealedRow>> ReadAsync(string[]? position, CancellationToken ct)
    {
        var columns = string.Join(", ", new[] { keys }.Concat(table.Sealed.Select(column => "t." + column)).Concat(table.Beside));
        var behind = position is null ? "" : $" AND ({keys}) > ({string.Join(", ", table.Key.Select((part, n) => string.Create(CultureInfo.InvariantCulture, $"($2::text[])[{n + 1}]::{part.Type}")))})";
        var (head, first, beside) = (FieldCipher.HeadOf(key), table.Key.Count, table.Key.Count + table.Sealed.Count);
        return await owner.RowsAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT {columns} FROM pt.{table.Name} t WHERE {AnyOld}{behind} ORDER BY {keys} LIMIT {Math.Min(rows, table.RowsMost)} FOR NO KEY UPDATE OF t SKIP LOCKED"),
            r => new SealedRow([.. Enumerable.Range(0, first).Select(r.GetValue)], [.. Enumerable.Range(first, table.Sealed.Count).Select(n => r.IsDBNull(n) ? null : r.GetFieldValue<byte[]>(n))],
                [.. Enumerable.Range(beside, table.Beside.Count).Select(n => r.IsDBNull(n) ? null : r.GetValue(n))]), ct, position is null ? [head] : [head, position]);
    }

    private Task<int> WriteAsync(List<(SealedRow Row, IReadOnlyList<byte[]?> Anew)> done, CancellationToken ct)
    {
        string[] columns = [.. table.Sealed, .. table.Hashed];
        var sql = $"UPDATE pt.{table.Name} t SET {string.Join(", ", columns.Select(column => $"{column} = x.{column}"))} FROM unnest("
            + string.Join(", ", table.Key.Select(part => part.Type).Concat(columns.Select(_ => "bytea")).Select((type, n) => string.Create(CultureInfo.InvariantCulture, $"${n + 1}::{type}[]")))
            + $") x({string.Join(", ", table.Key.Select(part => part.Name).Concat(columns))}) WHERE {string.Join(" AND ", table.Key.Select(part => $"t.{part.Name} = x.{part.Name}"))}";
        var values = table.Key.Select((part, n) => part.Type == "int" ? (object)done.Select(one => (int)one.Row.Key[n]).ToArray() : done.Select(one => (Guid)one.Row.Key[n]).ToArray())
            .Concat(columns.Select((_, n) => (object)done.Select(one => one.Anew[n]).ToArray())).ToArray();
        return owner.RunAsync(sql, ct, values);
    }
}
