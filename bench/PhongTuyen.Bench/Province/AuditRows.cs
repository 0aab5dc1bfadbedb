using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>The audit of the entries: one act for each stay, some of them corrections, sealed in portions as a running program would have done.</summary>
internal static class AuditRows
{
    private const int Portions = 20;

    public static async Task WriteAsync(NpgsqlConnection connection, AuditSealer sealer, CancellationToken ct)
    {
        for (var portion = 0; portion < Portions; portion++)
        {
            await connection.RunAsync("""
                WITH told AS (
                  INSERT INTO pt.audit_event (id, at, account_id, unit_id, act, subject_kind, subject_id, persons, detail)
                  SELECT gen_random_uuid(), s.entered_at, s.entered_by, s.entered_unit, CASE WHEN get_byte(uuid_send(s.id), 15) < 40 THEN 'stay.corrected' ELSE 'stay.admitted' END, 'stay', s.id::text, ARRAY[s.person_id], '{}'
                    FROM pt.quarantine_stay s WHERE abs(hashtext(s.id::text) % $1) = $2 RETURNING *)
                INSERT INTO pt.audit_value (audit_id, entity, entity_id, field, person_id, salt, before, after)
                SELECT id, 'quarantine_stay', subject_id, 'planned_end', persons[1], uuid_send(id), '2021-08-20', '2021-08-27' FROM told WHERE act = 'stay.corrected'
                """, ct, Portions, portion);
            await sealer.SealAsync(ct);
        }
    }
}
