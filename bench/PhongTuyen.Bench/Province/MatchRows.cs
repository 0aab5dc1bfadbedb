using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Bench.Province;

/// <summary>Pairs of records that may be one person and that nobody has decided: one of fifty persons stands in one, most with somebody of the same commune, the others with somebody elsewhere in the district or province.</summary>
internal static class MatchRows
{
    public static Task WriteAsync(NpgsqlConnection connection, CancellationToken ct) => connection.RunAsync("""
        WITH living AS (
          SELECT s.person_id, s.province_id, s.district_id, s.commune_id, row_number() OVER (ORDER BY s.person_id) AS n FROM pt.person_scope s WHERE s.because = 2 AND s.commune_id <> 0),
        taken AS (
          SELECT *, n / 25 % 10 AS kind, row_number() OVER (PARTITION BY CASE WHEN n / 25 % 10 = 9 THEN province_id WHEN n / 25 % 10 = 8 THEN district_id ELSE commune_id END, n / 25 % 10 >= 8, n / 25 % 10 = 9 ORDER BY n) AS place FROM living WHERE n % 25 = 0),
        pairs AS (
          SELECT a.person_id AS one, b.person_id AS other, a.province_id, CASE WHEN a.kind < 9 THEN a.district_id ELSE 0 END AS district_id, CASE WHEN a.kind < 8 THEN a.commune_id ELSE 0 END AS commune_id, a.n
            FROM taken a JOIN taken b ON b.place = a.place + 1 AND (b.kind >= 8) = (a.kind >= 8) AND (b.kind = 9) = (a.kind = 9) AND b.province_id = a.province_id AND (a.kind = 9 OR b.district_id = a.district_id) AND (a.kind >= 8 OR b.commune_id = a.commune_id)
           WHERE a.place % 2 = 1)
        INSERT INTO pt.person_match (id, person_id, other_id, province_id, district_id, commune_id, score, reasons, rules, found_at)
        SELECT gen_random_uuid(), least(one, other), greatest(one, other), province_id, district_id, commune_id, 18 + n % 160 / 10.0, '{name-same,birth-year,sex-same}', 'bàn đo', now() - n % 1000 * interval '1 minute' FROM pairs
        """, ct);
}
