using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.People;

namespace PhongTuyen.Bench.Pages;

/// <summary>Who and what there is to ask for in a loaded province.</summary>
internal sealed record Samples(
    IReadOnlyList<(int Unit, string Code)> Camps, IReadOnlyList<(int Unit, string Code)> Hospitals, IReadOnlyList<(int Area, string Code)> Districts, IReadOnlyList<(int Area, string Code)> Stations,
    IReadOnlyList<Guid> Persons, IReadOnlyList<Guid> Stays, IReadOnlyList<Guid> Cases, IReadOnlyList<Guid> Corrections, IReadOnlyList<Guid> Matches, IReadOnlyList<string> Names, IReadOnlyList<string> Numbers)
{
    public static async Task<Samples> ReadAsync(string folder, CancellationToken ct)
    {
        await using var cluster = (await EmbeddedPostgres.AttachAsync(folder, null, ct)).Value;
        return await ReadAsync(cluster.SuperuserConnectionString(Installation.DatabaseName), KeyRing.Read(folder + "-keys"), ct);
    }

    /// <param name="admin">Connection string of a superuser.</param>
    public static async Task<Samples> ReadAsync(string admin, KeyRing keys, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync(ct);
        Task<List<(int, string)>> UnitsAsync(string where, string id = "id") => connection.RowsAsync($"SELECT {id}, lower(code) FROM pt.unit WHERE {where} ORDER BY id", r => (r.GetInt32(0), r.GetString(1)), ct);
        Task<List<Guid>> IdsAsync(string table, string where = "true") => connection.RowsAsync($"SELECT id FROM pt.{table} TABLESAMPLE BERNOULLI (1) WHERE {where} LIMIT 400", r => r.GetGuid(0), ct);
        var seals = new PersonSeals(new FieldCipher(keys), new BlindIndex(keys));
        return new Samples(
            await UnitsAsync($"kind = 14 AND id % 11 = 3 AND code LIKE 'CS-%'"), await UnitsAsync("kind IN (10, 12, 13) AND code LIKE 'CS-%'"), await UnitsAsync("kind = 7 AND id >= 1000", "covers_area_id"), await UnitsAsync("kind = 9 AND id >= 1000 AND id % 9 = 3", "covers_area_id"),
            await IdsAsync("person"), await IdsAsync("quarantine_stay"), await IdsAsync("case_record"), await IdsAsync("correction_request", "state = 1"), await IdsAsync("person_match", "state = 0"),
            await connection.RowsAsync("SELECT name FROM pt.person TABLESAMPLE BERNOULLI (1) LIMIT 400", r => r.GetString(0), ct),
            await connection.RowsAsync("SELECT id, number FROM pt.person_document TABLESAMPLE BERNOULLI (1) LIMIT 400", r => seals.OpenDocument(r.GetGuid(0), r.GetFieldValue<byte[]>(1)), ct));
    }
}
