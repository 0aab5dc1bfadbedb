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
    /// <param name="Tied">The visitor has to do with the person still, and may share it.</param>
    public sealed record Row(Guid Id, PersonId Person, string Shown, BirthDate Birth, Sex Sex, string Kind, string SubjectKind, Guid SubjectId, string UnitName, AreaKeys Area, DateTimeOffset FoundAt, bool Tied);

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="kind">Null: of every kind.</param>
    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(string? kind, string? behind, CancellationToken ct, int page = Page)
    {
        var (moment, last) = behind?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Guid.TryParse(id, out var guid)
            ? (new DateTimeOffset(Math.Min(at, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero), guid) : (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var scope = db.Scope;
        var most = page + 1;
        var values = new List<object?> { kind, moment, last };
        RootKeys Keys(int[] keys)
        {
            values.Add(keys);
            return new($"${values.Count}", keys.Length);
        }
        string Select(string test, int? limit = null, string? columns = null) => $"""
            SELECT {columns ?? "f.*"} FROM pt.person_finding f WHERE {test} AND f.state = 0 AND ($1::text IS NULL OR f.kind = $1) AND (f.found_at, f.id) < ($2, $3) ORDER BY f.found_at DESC, f.id DESC LIMIT {limit ?? most}
            """;
        string Of(string column, RootKeys keys) => ManyRoots.First(keys, "found_at", false, "f", most, (columns, further, limit) => $"({Select($"f.{column} = k.key{(column == "unit_id" ? "" : $" AND f.{column} <> 0")}{further}", limit, columns)})");
        var areas = new List<string>();
        if (scope.Provinces.Count > 0) areas.Add(Of("province_id", Keys([.. scope.Provinces.Select(id => id.Value)])));
        if (scope.Districts.Count > 0) areas.Add(Of("district_id", Keys([.. scope.Districts.Select(id => id.Value)])));
        if (scope.Communes.Count > 0) areas.Add(Of("commune_id", Keys([.. scope.Communes.Select(id => id.Value)])));
        var units = Keys([.. scope.Units.Select(id => id.Value)]);
        string? near = null;
        var early = ManyRoots.Page(areas.Count == 0 ? [Of("unit_id", units)] : areas, "found_at", false, most);
        if (areas.Count == 0 && scope.ManyUnits)
        {
            values.Add(ManyRoots.Since(moment, db.Clock.GetUtcNow()));
            near = Sql(Select($"(f.unit_id = ANY ({units.Value}::int[])) IS TRUE AND f.found_at >= ${values.Count}"), "");
        }
        // The units of a scope with areas add only what those do not hold already: they are asked only for what comes before the end of the areas' page.
        var rest = Select($"""
            f.unit_id = ANY ({units.Value}::int[]) AND (f.found_at, f.id) >= {ManyRoots.Bound("early", "found_at", false, most)}
            """);
        // Behind a full page of a province lie so few, of all units together, that hundreds of units are not asked one by one.
        var late = areas.Count == 0 ? "" : !scope.ManyUnits ? $"UNION ALL ({rest})" : $"""
            UNION ALL ({Select($"""
              f.unit_id + 0 = ANY ({units.Value}::int[]) AND (SELECT count(*) FROM early) > {page} AND (f.found_at, f.id) >= (SELECT found_at, id FROM early ORDER BY found_at DESC, id DESC OFFSET {page} LIMIT 1)
              """)})
            UNION ALL (SELECT * FROM ({rest}) f WHERE (SELECT count(*) FROM early) <= {page})
            """;
        string Sql(string early, string late) => $"""
            WITH early AS MATERIALIZED ({early}),
            found AS (SELECT DISTINCT ON (found_at, id) * FROM (SELECT * FROM early {late}) every ORDER BY found_at DESC, id DESC LIMIT {most})
            SELECT f.id, f.person_id, coalesce(p.name, p.code, '?'), p.birth, p.birth_precision, p.sex, f.kind, f.subject_kind, f.subject_id, coalesce(u.name, ''), f.province_id, f.district_id, f.commune_id, f.found_at,
              EXISTS (SELECT 1 FROM pt.person_scope t WHERE t.person_id = f.person_id AND t.until IS NULL AND t.because NOT IN {Ties.OnlySight})
            FROM found f JOIN pt.person p ON p.id = f.person_id LEFT JOIN pt.unit u ON u.id = f.unit_id ORDER BY f.found_at DESC, f.id DESC
            """;
        var rows = await ManyRoots.RowsAsync(db, near, Sql(early, late), most, Read, values, ct);
        return new Found([.. rows.Take(page)], rows.Count > page ? $"{rows[page - 1].FoundAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{rows[page - 1].Id}" : null);
    }

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), new PersonId(r.GetGuid(1)), r.GetString(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5), r.GetString(6), r.GetString(7), r.GetGuid(8), r.GetString(9),
        new AreaKeys(new(r.GetInt32(10)), new(r.GetInt32(11)), new(r.GetInt32(12))), r.GetFieldValue<DateTimeOffset>(13), r.GetBoolean(14));
}
