using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>Open findings of the visitor's scope (cần bổ sung), newest first, by key: each subtree of the scope gives its first rows from one range of an index.</summary>
public sealed class FindingsList(Db db)
{
    public const int Page = 30;

    /// <param name="SubjectKind">What the finding is about: <c>person</c>, <c>case</c>, <c>stay</c>.</param>
    public sealed record Row(Guid Id, PersonId Person, string Shown, BirthDate Birth, Sex Sex, string Kind, string SubjectKind, Guid SubjectId, string UnitName, AreaKeys Area, DateTimeOffset FoundAt);

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="kind">Null: of every kind.</param>
    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(string? kind, string? behind, CancellationToken ct, int page = Page)
    {
        var (moment, last) = behind?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Guid.TryParse(id, out var guid)
            ? (new DateTimeOffset(Math.Min(at, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero), guid) : (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var scope = db.Scope;
        string[] columns = ["province_id", "district_id", "commune_id", "unit_id"];
        var branches = columns.Select((column, i) => $"""
            (SELECT x.* FROM unnest(${i + 4}::int[]) k(key) CROSS JOIN LATERAL
              (SELECT f.* FROM pt.person_finding f WHERE f.{column} = k.key{(column == "unit_id" ? "" : $" AND f.{column} <> 0")} AND f.state = 0 AND ($1::text IS NULL OR f.kind = $1) AND (f.found_at, f.id) < ($2, $3) ORDER BY f.found_at DESC, f.id DESC LIMIT {page + 1}) x)
            """);
        var rows = await db.Connection.RowsAsync($"""
            WITH found AS (SELECT DISTINCT ON (found_at, id) * FROM ({string.Join("\n UNION ALL ", branches)}) every ORDER BY found_at DESC, id DESC LIMIT {page + 1})
            SELECT f.id, f.person_id, coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex, f.kind, f.subject_kind, f.subject_id, coalesce(u.name, ''), f.province_id, f.district_id, f.commune_id, f.found_at
            FROM found f JOIN pt.person p ON p.id = f.person_id LEFT JOIN pt.unit u ON u.id = f.unit_id ORDER BY f.found_at DESC, f.id DESC
            """, Read, ct, kind, moment, last, Keys(scope.Provinces.Select(id => id.Value)), Keys(scope.Districts.Select(id => id.Value)), Keys(scope.Communes.Select(id => id.Value)), Keys(scope.Units.Select(id => id.Value)));
        return new Found([.. rows.Take(page)], rows.Count > page ? $"{rows[page - 1].FoundAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{rows[page - 1].Id}" : null);
    }

    private static int[] Keys(IEnumerable<int> keys) => [.. keys];

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), new PersonId(r.GetGuid(1)), r.GetString(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5), r.GetString(6), r.GetString(7), r.GetGuid(8), r.GetString(9),
        new AreaKeys(new(r.GetInt32(10)), new(r.GetInt32(11)), new(r.GetInt32(12))), r.GetFieldValue<DateTimeOffset>(13));
}
