using PhongTuyen.Data;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Data.Keys;

/// <summary>No sealed column is forgotten when keys are changed.</summary>
[Trait("Category", "Database")]
public sealed class SealedTablesTests(RotationHouse house) : IClassFixture<RotationHouse>
{
    /// <summary>Columns of bytes that no key has made, each with what it is.</summary>
    private static readonly IReadOnlyDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["account.telephone"] = "never written",
        ["account_key.hash"] = "SHA-256 of 256 random bits",
        ["account_passkey.credential_id"] = "of the authenticator",
        ["account_passkey.public_key"] = "public",
        ["account_passkey_spent.hash"] = "SHA-256 of a random challenge",
        ["account_session.token_hash"] = "SHA-256 of 256 random bits",
        ["area_edition.content"] = "SHA-256 of a public list",
        ["audit_seal.previous"] = "chain of hashes",
        ["audit_seal.root"] = "chain of hashes",
        ["audit_seal.row_hashes"] = "chain of hashes",
        ["audit_seal.seal"] = "chain of hashes",
        ["audit_value.salt"] = "random",
        ["import_run.fingerprint"] = "SHA-256 of the file",
        ["intent.content"] = "SHA-256 of what was sent",
        ["person.name_key"] = "sorts by name",
        ["person_scope.name_key"] = "sorts by name",
        ["unit_merge.facility_print"] = "SHA-256 of how a facility stood",
        ["unit_merge_row.print"] = "SHA-256 of how a row stood",
        ["schema_step.hash"] = "SHA-256 of the step",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<List<string>> ColumnsAsync()
    {
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        return await connection.RowsAsync("SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'pt' AND t.table_type = 'BASE TABLE' AND (c.data_type = 'bytea' OR c.udt_name = '_bytea') ORDER BY 1", r => r.GetString(0), Ct);
    }

    [Fact]
    public async Task Every_column_of_bytes_is_sealed_anew_or_no_key_has_made_it()
    {
        string[] known = [.. house.Tables().SelectMany(table => table.Sealed.Concat(table.Hashed).Select(column => $"{table.Name}.{column}")), .. Others.Keys];
        (await ColumnsAsync()).ShouldBe(known.Order(StringComparer.Ordinal), false, "a new sealed column needs its place in the module's Tables(); a new one that is not sealed a line here");
        // The guard finds a column that nobody named.
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        await connection.RunAsync("CREATE TABLE pt.planted (id int, secret bytea)", Ct);
        (await ColumnsAsync()).Except(known).ShouldBe(["planted.secret"]);
        await connection.RunAsync("DROP TABLE pt.planted", Ct);
    }

    [Fact]
    public async Task The_house_has_something_in_every_sealed_column()
    {
        await using var connection = await house.Direct.OpenConnectionAsync(Ct);
        foreach (var table in house.Tables())
        {
            foreach (var column in table.Sealed.Concat(table.Hashed))
                (await connection.ValueAsync<long>($"SELECT count(*) FROM pt.{table.Name} WHERE {column} <> ''", Ct)).ShouldBeGreaterThan(0, $"{table.Name}.{column}");
            (await connection.RowsAsync("SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = ('pt.' || $1)::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)", r => r.GetString(0), Ct, table.Name))
                .ShouldBe(table.Key.Select(part => part.Name), false, table.Name);
        }
    }
}
