using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Audit;

/// <summary>Reads audit rows and seals back, as the sealer and the verification both see them.</summary>
internal static class AuditReader
{
    public static Task<List<SealedRow>> RowsAsync(NpgsqlConnection connection, ulong from, ulong to, CancellationToken ct) => connection.RowsAsync("""
        SELECT id, xact, at, account_id, session_id, unit_id, act, subject_kind, subject_id, persons, purpose, detail
        FROM pt.audit_event WHERE xact >= $1 AND xact < $2 ORDER BY id
        """, r => new SealedRow(r.GetGuid(0), r.GetFieldValue<ulong>(1), r.GetFieldValue<DateTimeOffset>(2), r.Maybe<Guid>(3), r.Maybe<Guid>(4), r.GetInt32(5), r.GetString(6), r.GetString(7), r.GetString(8),
            r.GetFieldValue<Guid[]>(9), r.Text(10), r.GetString(11)), ct, Xid(from), Xid(to));

    public static Task<List<AuditSeal>> SealsAsync(NpgsqlConnection connection, long after, int most, CancellationToken ct) =>
        connection.RowsAsync($"SELECT no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal FROM pt.audit_seal WHERE no > $1 ORDER BY no LIMIT {most}", Seal, ct, after);

    public static async Task<AuditSeal?> LastAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.RowAsync<AuditSeal?>("SELECT no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal FROM pt.audit_seal ORDER BY no DESC LIMIT 1", Seal, ct);

    public static NpgsqlParameter Xid(ulong value) => new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 };

    private static AuditSeal Seal(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<ulong>(2), r.GetFieldValue<ulong>(3), r.GetInt32(4),
        r.GetFieldValue<byte[]>(5), r.GetFieldValue<byte[]>(6), r.GetFieldValue<byte[]>(7), r.GetFieldValue<byte[]>(8));
}
