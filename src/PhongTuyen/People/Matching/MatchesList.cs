using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People.Matching;

public enum MatchState
{
    Open = 0,
    /// <summary>One person: the records were merged.</summary>
    Same = 1,
    Different = 2,
    /// <summary>Something was corrected, and they are alike no longer.</summary>
    Gone = 3,
}

/// <summary>Pairs of records that may be one person (nghi trùng), of which the visitor sees both: the likeliest first, by key.</summary>
public sealed class MatchesList(Db db)
{
    public const int Page = 20;

    public sealed record Side(PersonId Id, PersonId Root, string Shown, BirthDate Birth, Sex Sex, AreaKeys Lives, DateTimeOffset EnteredAt, string Unit, bool Tied);

    public sealed record Row(Guid Id, Side One, Side Other, double Score, IReadOnlyList<string> Reasons, MatchState State, DateTimeOffset FoundAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason);

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="reason">Only those with this one among their reasons; null: of every kind.</param>
    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(MatchState state, MatchReason? reason, string? behind, CancellationToken ct, int page = Page)
    {
        var (score, last) = behind?.Split('_') is [var number, var id] && float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var at) && Guid.TryParse(id, out var guid) ? (at, guid) : (float.PositiveInfinity, Guid.AllBitsSet);
        var (scope, most) = (db.Scope, page + 1);
        var values = new List<object?> { (short)state, score, last, reason?.Word() };
        string Of(string column, IEnumerable<int> keys)
        {
            int[] all = [.. keys];
            values.Add(all);
            return ManyRoots.First(new RootKeys($"${values.Count}", all.Length), "score", false, "m", most, (columns, further, limit) => $"""
                (SELECT {columns ?? "m.*"} FROM pt.person_match m WHERE m.{column} = k.key{(column == "province_id" ? "" : $" AND m.{column} <> 0")} AND m.state = $1 AND (m.score, m.id) < ($2, $3) AND ($4::text IS NULL OR $4 = ANY (m.reasons)){further}
                 ORDER BY m.score DESC, m.id DESC LIMIT {limit})
                """);
        }
        var ranges = new List<string>();
        if (scope.Provinces.Count > 0) ranges.Add(Of("province_id", scope.Provinces.Select(area => area.Value)));
        if (scope.Districts.Count > 0) ranges.Add(Of("district_id", scope.Districts.Select(area => area.Value)));
        if (scope.Communes.Count > 0) ranges.Add(Of("commune_id", scope.Communes.Select(area => area.Value)));
        if (scope.Units.Count > 0) ranges.Add(Of("unit_id", scope.Units.Select(unit => unit.Value)));
        if (ranges.Count == 0) return new([], null);
        var rows = await db.Connection.RowsAsync($"""
            WITH found AS ({ManyRoots.Page(ranges, "score", false, most)})
            SELECT m.id, {Columns("p", "a", "u")}, {Columns("o", "b", "v")}, m.score, m.reasons, m.state, m.found_at, m.decided_at, (SELECT c.display_name FROM pt.account c WHERE c.id = m.decided_by), m.reason
            FROM found m {Joins("p", "a", "u", "person_id")} {Joins("o", "b", "v", "other_id")}
            ORDER BY m.score DESC, m.id DESC
            """, Read, ct, [.. values]);
        return new Found([.. rows.Take(page)], rows.Count > page ? Key(rows[page - 1]) : null);
    }

    /// <summary>One pair; null where the visitor does not see both.</summary>
    public Task<Row?> OfAsync(Guid id, CancellationToken ct) => db.Connection.RowAsync<Row?>($"""
        SELECT m.id, {Columns("p", "a", "u")}, {Columns("o", "b", "v")}, m.score, m.reasons, m.state, m.found_at, m.decided_at, (SELECT c.display_name FROM pt.account c WHERE c.id = m.decided_by), m.reason
        FROM pt.person_match m {Joins("p", "a", "u", "person_id")} {Joins("o", "b", "v", "other_id")} WHERE m.id = $1
        """, Read, ct, id);

    private static string Key(Row row) => $"{((float)row.Score).ToString("R", CultureInfo.InvariantCulture)}_{row.Id}";

    private static string Columns(string person, string area, string unit) =>
        $"{person}.id, coalesce({person}.same_as, {person}.id), coalesce({person}.name, {person}.code, '?'), {person}.birth, {person}.birth_precision, {person}.sex, coalesce({area}.province_id, 0), coalesce({area}.district_id, 0), coalesce({area}.commune_id, 0), {person}.entered_at, coalesce({unit}.name, ''), EXISTS (SELECT 1 FROM pt.person_scope t WHERE t.person_id = {person}.id AND t.until IS NULL AND t.because NOT IN {Ties.OnlySight})";

    private static string Joins(string person, string area, string unit, string column) => $"""
        JOIN pt.person {person} ON {person}.id = m.{column} LEFT JOIN pt.unit {unit} ON {unit}.id = {person}.entered_unit
        LEFT JOIN LATERAL (SELECT x.province_id, x.district_id, x.commune_id FROM pt.person_address x WHERE x.person_id = {person}.id AND x.until IS NULL AND x.province_id <> 0 ORDER BY x.kind DESC LIMIT 1) {area} ON true
        """;

    private static Row Read(Npgsql.NpgsqlDataReader r)
    {
        Side At(int c) => new(new(r.GetGuid(c)), new(r.GetGuid(c + 1)), r.GetString(c + 2), new BirthDate(r.Maybe<DateOnly>(c + 3), (BirthPrecision)r.GetInt16(c + 4)), (Sex)r.GetInt16(c + 5),
            new AreaKeys(new(r.GetInt32(c + 6)), new(r.GetInt32(c + 7)), new(r.GetInt32(c + 8))), r.GetFieldValue<DateTimeOffset>(c + 9), r.GetString(c + 10), r.GetBoolean(c + 11));
        return new Row(r.GetGuid(0), At(1), At(13), r.GetFloat(25), r.GetFieldValue<string[]>(26), (MatchState)r.GetInt16(27), r.GetFieldValue<DateTimeOffset>(28), r.Maybe<DateTimeOffset>(29), r.Text(30), r.Text(31));
    }
}
