using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>Data that the department asks of every station and of every camp each day, with an officer for nine units of ten, supplied by four of five on the days before today.</summary>
internal static class Duties
{
    public static readonly Guid OfStations = Guid.Parse("0191e2a0-0000-7000-8000-00000000d001");

    private static readonly Guid OfCamps = Guid.Parse("0191e2a0-0000-7000-8000-00000000d002");

    /// <param name="today">As people in Viet Nam count it.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, DateOnly today, CancellationToken ct)
    {
        foreach (var (id, kind, name) in new[] { (OfStations, 9, "Địa chỉ F0 đến thôn, tổ dân phố"), (OfCamps, 14, "Người rời khu cách ly trong ngày") })
        {
            await connection.RunAsync("""
                INSERT INTO pt.oversight_duty (id, unit_id, kind, name, paper, rhythm, since, due_at, entered_at, entered_by)
                SELECT $1, u.id, $2, $3, '15/SYT-NVY', 2, $4, '16:00', now(), a.id FROM pt.account a JOIN pt.unit u ON u.id = a.unit_id WHERE a.user_name = 'bd-tinh'
                """, ct, id, (short)kind, name, today.AddDays(-5));
            await connection.RunAsync("""
                INSERT INTO pt.oversight_officer (id, duty_id, unit_id, province_id, district_id, commune_id, account_id, named_at, named_by)
                SELECT gen_random_uuid(), $1, u.id, u.province_id, u.district_id, u.commune_id, a.id, now(), a.id FROM pt.unit u JOIN pt.account a ON a.user_name = 'nl-' || lower(u.code) WHERE u.kind = $2 AND u.id % 10 <> 0
                """, ct, id, (short)kind);
            await connection.RunAsync("""
                INSERT INTO pt.oversight_delivery (id, duty_id, unit_id, province_id, district_id, commune_id, due, nothing, delivered_at, delivered_by)
                SELECT gen_random_uuid(), $1, o.unit_id, o.province_id, o.district_id, o.commune_id, d.day::date, o.unit_id % 7 = 0, d.day + interval '9 hours', o.account_id
                FROM pt.oversight_officer o CROSS JOIN generate_series($2::date, $3::date, interval '1 day') d (day) WHERE o.duty_id = $1 AND (o.unit_id + extract(day FROM d.day)::int) % 5 <> 0
                """, ct, id, today.AddDays(-5), today.AddDays(-1));
        }
    }
}
