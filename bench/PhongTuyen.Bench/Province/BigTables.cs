using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>What is done to the big tables as a whole.</summary>
internal static class BigTables
{
    private static readonly string[] Names =
        ["person", "person_scope", "person_token", "person_document", "person_phone", "person_address", "person_finding", "quarantine_stay", "quarantine_bed_use", "quarantine_transfer", "lab_result", "case_record", "correction_request", "correction_step", "worklist_item", "audit_event", "audit_value"];

    /// <summary>Takes the indexes that no key stands on away. Answers how they are made.</summary>
    public static async Task<List<string>> DropIndexesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var indexes = await connection.RowsAsync("""
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
            WHERE t.relnamespace = 'pt'::regnamespace AND t.relname = ANY ($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
            """, r => (Name: r.GetString(0), Sql: r.GetString(1)), ct, (object)Names);
        foreach (var (name, _) in indexes) await connection.RunAsync($"DROP INDEX {name}", ct);
        return [.. indexes.Select(index => index.Sql)];
    }

    public static async Task MakeIndexesAsync(NpgsqlConnection connection, IEnumerable<string> indexes, CancellationToken ct)
    {
        foreach (var index in indexes) await connection.RunAsync(index, ct);
    }

    /// <summary>What the triggers of the ties would have written, for all ties at once and in the order of the key.</summary>
    public static Task TokensAsync(NpgsqlConnection connection, CancellationToken ct) => connection.RunAsync("""
        INSERT INTO pt.person_token (token, province_id, district_id, commune_id, unit_id, person_id, words)
        SELECT DISTINCT t.token, s.province_id, s.district_id, s.commune_id, s.unit_id, s.person_id, pt.words_of(p.name_tokens)
          FROM pt.person_scope s JOIN pt.person p ON p.id = s.person_id CROSS JOIN LATERAL unnest(p.name_tokens) t(token)
        ORDER BY 1, 2, 3, 4, 5, 6
        """, ct);

    public static async Task AnalyseAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.RunAsync("VACUUM (ANALYZE)", ct);
        await connection.RunAsync("CHECKPOINT", ct);
    }
}
