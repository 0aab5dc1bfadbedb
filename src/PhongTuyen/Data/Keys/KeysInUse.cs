using System.Text.Json;
using Npgsql;

namespace PhongTuyen.Data.Keys;

/// <summary>Which keys are in use, as the database says.</summary>
/// <param name="Prints">Each key with the first bytes of its hash: <c>s1</c> seals, <c>i1</c> is of the index.</param>
/// <param name="Current">New values are sealed with it; null: as the key file says.</param>
/// <param name="Edition">Grows with every change.</param>
internal sealed record KeysInUse(IReadOnlyDictionary<string, string> Prints, int? Current, int Edition)
{
    public static async Task<KeysInUse> ReadAsync(NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.RowAsync("SELECT key_prints::text, key_current, key_edition FROM pt.installation", r => new KeysInUse(JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(0))!, r.Maybe<int>(1), r.GetInt32(2)), ct))!;

    /// <summary>Says the change to all programs that run on this database, by the role that owns it.</summary>
    public async Task<KeysInUse> PublishAsync(NpgsqlConnection owner, IReadOnlyDictionary<string, string> prints, int current, CancellationToken ct)
    {
        if (current == Current && prints.Count == Prints.Count && prints.All(print => Prints.GetValueOrDefault(print.Key) == print.Value)) return this;
        await owner.RunAsync("UPDATE pt.installation SET key_prints = $1::jsonb, key_current = $2, key_edition = key_edition + 1", ct, JsonSerializer.Serialize(prints), current);
        return await ReadAsync(owner, ct);
    }
}
