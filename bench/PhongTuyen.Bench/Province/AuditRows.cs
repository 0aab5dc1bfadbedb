using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>The audit of the entries: one act for each stay, sealed in portions as a running program would have done.</summary>
internal static class AuditRows
{
    private const int Portions = 20;

    public static async Task WriteAsync(NpgsqlConnection connection, AuditSealer sealer, CancellationToken ct)
    {
        for (var portion = 0; portion < Portions; portion++)
        {
            await connection.RunAsync("""
                INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id, persons, detail)
                SELECT gen_random_uuid(), s.entered_at, s.entered_by, s.entered_unit, 'stay.admitted', 'stay', s.id::text, ARRAY[s.person_id], '{}'
                  FROM pt.quarantine_stay s WHERE abs(hashtext(s.id::text) % $1) = $2
                """, ct, Portions, portion);
            await sealer.SealAsync(ct);
        }
    }
}
