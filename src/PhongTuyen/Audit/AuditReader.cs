using System.Runtime.CompilerServices;
using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Audit;

/// <summary>A value before and after a change, and of its audit row the time and the detail; both null where there is no such row.</summary>
internal sealed record ValueBeside(ChangedValue Value, DateTimeOffset? At, string? Detail);

/// <summary>Reads audit rows and seals back, as the sealer and the verification both see them.</summary>
internal static class AuditReader
{
    public static Task<List<SealedRow>> RowsAsync(NpgsqlConnection connection, ulong from, ulong to, CancellationToken ct) => connection.RowsAsync("""
        SELECT id, xact, at, account_id, session_id, unit_id, act, subject_kind, subject_id, persons, purpose, detail
        FROM pt.audit_event WHERE xact >= $1 AND xact < $2 ORDER BY id
        """, r => new SealedRow(r.GetGuid(0), r.GetFieldValue<ulong>(1), r.GetFieldValue<DateTimeOffset>(2), r.Maybe<Guid>(3), r.Maybe<Guid>(4), r.GetInt32(5), r.GetString(6), r.GetString(7), r.GetString(8),
            r.GetFieldValue<Guid[]>(9), r.Text(10), r.GetString(11)), ct, Xid(from), Xid(to));

    // So many are held at once.
    private const int Page = 500;

    /// <summary>All seals in order of their numbers.</summary>
    public static async IAsyncEnumerable<AuditSeal> SealsAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = long.MinValue; ;)
        {
            var page = await connection.RowsAsync($"SELECT no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal FROM pt.audit_seal WHERE no > $1 ORDER BY no LIMIT {Page}", Seal, ct, after);
            foreach (var seal in page) yield return seal;
            if (page.Count < Page) yield break;
            after = page[^1].No;
        }
    }

    /// <summary>All values before and after, in the order of their audit rows, each with what its row says of it.</summary>
    public static async IAsyncEnumerable<ValueBeside> ValuesAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = new ChangedValue(Guid.Empty, "", "", "", null, [], null, null); ;)
        {
            var page = await connection.RowsAsync($"""
                SELECT v.audit_id, v.entity, v.entity_id, v.field, v.person_id, v.salt, v.before, v.after, e.at, e.detail
                FROM (SELECT * FROM pt.audit_value WHERE (audit_id, entity, entity_id, field) > ($1, $2, $3, $4) ORDER BY audit_id, entity, entity_id, field LIMIT {Page}) v LEFT JOIN pt.audit_event e ON e.id = v.audit_id
                ORDER BY v.audit_id, v.entity, v.entity_id, v.field
                """, r => new ValueBeside(new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Maybe<Guid>(4), r.GetFieldValue<byte[]>(5), r.Text(6), r.Text(7)), r.Maybe<DateTimeOffset>(8), r.Text(9)),
                ct, after.Audit, after.Entity, after.EntityId, after.Field);
            foreach (var value in page) yield return value;
            if (page.Count < Page) yield break;
            after = page[^1].Value;
        }
    }

    public static async Task<AuditSeal?> LastAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.RowAsync<AuditSeal?>("SELECT no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal FROM pt.audit_seal ORDER BY no DESC LIMIT 1", Seal, ct);

    public static NpgsqlParameter Xid(ulong value) => new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 };

    private static AuditSeal Seal(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<ulong>(2), r.GetFieldValue<ulong>(3), r.GetInt32(4),
        r.GetFieldValue<byte[]>(5), r.GetFieldValue<byte[]>(6), r.GetFieldValue<byte[]>(7), r.GetFieldValue<byte[]>(8));
}
