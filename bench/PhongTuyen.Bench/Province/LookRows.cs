using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>A month of looks of every account, counted by day: most days are ordinary, on some there is a sign.</summary>
internal static class LookRows
{
    private const int Days = 31;

    public static Task WriteAsync(NpgsqlConnection connection, DateOnly today, CancellationToken ct) => connection.RunAsync("""
        INSERT INTO pt.supervision_day (unit_id, account_id, day, opened, persons, most, searches, numbers, lists, listed, files, file_rows, hours, last_at, based, usual, usual_days, median, median_days, unit_hours, judged_version, signs, score)
        SELECT x.unit_id, x.id, x.day, x.n, x.n, 1 + x.n / 9, x.n * 2, x.n / 4, x.n, x.n * 30, x.n / 20, x.n * 5, array_fill(x.n / 8, ARRAY[24]), x.day + interval '8 hours', true, ARRAY[13, 26, 3, 390, 0, 65], 20, ARRAY[12, 24, 3, 360, 0, 60], 60, array_fill(40, ARRAY[24]), 1,
          CASE WHEN x.odd THEN '[{"Kind":0,"N":' || x.n || ',"Bound":39,"Usual":13,"Median":12}]' ELSE '[]' END, CASE WHEN x.odd THEN x.n * 100 / 39 ELSE 0 END
        FROM (SELECT a.unit_id, a.id, d.day, d.odd, CASE WHEN d.odd THEN 60 + d.roll % 40 ELSE 6 + d.roll % 15 END AS n FROM pt.account a
          CROSS JOIN LATERAL (SELECT $1::date - i AS day, r.roll, r.roll % 200 = 0 AS odd FROM generate_series(0, $2 - 1) i CROSS JOIN LATERAL (SELECT abs(hashtext(a.id::text || i)) AS roll) r) d) x
        """, ct, today, Days);
}
