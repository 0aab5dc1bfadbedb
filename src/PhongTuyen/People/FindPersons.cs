using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>
/// One box: a name in any spelling, a whole document number, a telephone, a patient code; a year beside a name narrows to that year of birth.
/// Within the visitor's scope, at most 20 rows.
/// Names go through the token table with equality and prefix only, because nothing else may use an index under a row policy.
/// </summary>
public sealed class FindPersons(Db db, PersonSeals seals)
{
    public const int Most = 20;

    /// <summary>So many are put in order (name, then birth) before the first are shown; who asks for a name that more people bear is asked to narrow.</summary>
    public const int Sorted = 200;

    public sealed record Row(PersonId Id, string Shown, BirthDate Birth, Sex Sex, string? Code, AreaKeys Lives);

    public sealed record Found(IReadOnlyList<Row> Rows, bool More, bool ByNumber);

    public async Task<Outcome<Found>> RunAsync(string? text, CancellationToken ct)
    {
        var query = VietnameseText.Clean(text) ?? "";
        var normal = DocumentRules.Normal(query);
        var byNumber = normal.Length >= 8 && normal.Any(char.IsAsciiDigit) && query.Count(char.IsAsciiDigit) >= 6;
        if (!byNumber && VietnameseText.Fold(query).Replace(" ", "", StringComparison.Ordinal).Length < 2) return Problems.SearchTooShort();
        var rows = byNumber ? await ByNumberAsync(query, normal, ct) : [];
        if (rows.Count == 0) (rows, byNumber) = (await ByNameAsync(query, ct), false);
        var found = new Found([.. rows.Take(Most)], rows.Count > Most, byNumber);
        db.Tell(new PersonsSearched([.. found.Rows.Select(row => row.Id)], byNumber));
        await db.SaveChangesAsync(ct);
        return found;
    }

    private Task<List<Row>> ByNumberAsync(string query, string normal, CancellationToken ct)
    {
        var indexes = new List<byte[]>();
        foreach (var kind in Enum.GetValues<DocumentKind>().Where(kind => kind != DocumentKind.BirthNumber && DocumentRules.Fault(kind, normal, "q") is null)) indexes.AddRange(seals.IndexOf(kind, normal));
        if (PhoneRules.Normal(query) is { } phone) indexes.AddRange(seals.IndexOfPhone(phone));
        return db.Connection.RowsAsync($"""
            SELECT {Columns} FROM pt.person p {Lives} WHERE p.id IN (
              SELECT person_id FROM pt.person_document WHERE number_index = ANY ($1) UNION SELECT person_id FROM pt.person_phone WHERE number_index = ANY ($1))
            ORDER BY p.name_key, p.birth, p.id LIMIT {Most + 1}
            """, Read, ct, indexes.ToArray());
    }

    private const string Columns = "p.id, coalesce(p.name, p.code), p.birth, p.birth_precision, p.sex, p.code, coalesce(lives.province_id, 0), coalesce(lives.district_id, 0), coalesce(lives.commune_id, 0)";

    /// <summary>The present address, else where they are registered.</summary>
    private const string Lives = "LEFT JOIN LATERAL (SELECT a.province_id, a.district_id, a.commune_id FROM pt.person_address a WHERE a.person_id = p.id AND a.until IS NULL AND a.province_id <> 0 ORDER BY a.kind DESC LIMIT 1) lives ON true";

    private static Row Read(Npgsql.NpgsqlDataReader r) =>
        new(new PersonId(r.GetGuid(0)), r.GetString(1), new BirthDate(r.Maybe<DateOnly>(2), (BirthPrecision)r.GetInt16(3)), (Sex)r.GetInt16(4), r.Text(5), new AreaKeys(new(r.GetInt32(6)), new(r.GetInt32(7)), new(r.GetInt32(8))));

    /// <summary>
    /// Every word must occur, the last one as a beginning. The rarest word drives: each tree of the scope gives its first rows from one
    /// range of the primary key of the token table, and the other words are looked up for those persons only.
    /// </summary>
    private async Task<List<Row>> ByNameAsync(string query, CancellationToken ct)
    {
        var all = VietnameseText.Tokens(query).ToArray();
        var year = all.Length > 1 ? all.Select(BirthYear).FirstOrDefault(year => year is not null) : null;
        var words = all.Where(word => year is null || BirthYear(word) != year).Take(6).ToArray();
        var endsOpen = query.Length > 0 && char.IsLetterOrDigit(query[^1]) && BirthYear(all[^1]) is null;
        var driver = await RarestAsync(words, ct);
        var others = words.Where((_, i) => i != driver).ToArray();
        var openOther = endsOpen && driver != words.Length - 1 ? words[^1] : null;
        var openDriver = endsOpen && driver == words.Length - 1 && words[driver].Length >= 2;
        var sql = $"""
            SELECT {Columns} FROM (
              SELECT p.* FROM (
                SELECT DISTINCT person_id FROM ({string.Join("\n UNION ALL ", Levels().Select(level => Branch(level, openDriver, year is not null)))}) hits
                LIMIT {Sorted}) found JOIN pt.person p ON p.id = found.person_id
              ORDER BY p.name_key, p.birth, p.id LIMIT {Most + 1}) p {Lives}
            ORDER BY p.name_key, p.birth, p.id
            """;
        return await db.Connection.RowsAsync(sql, Read, ct, words[driver], openDriver ? After(words[driver]) : words[driver], others.Where(word => word != openOther).ToArray(), openOther ?? "", openOther is null ? "" : After(openOther), year is { } from ? new DateOnly(from, 1, 1) : DateOnly.MinValue);
    }

    /// <summary>The columns of the scope that hold anything.</summary>
    private IEnumerable<(string Column, string Setting)> Levels()
    {
        if (db.Scope.Provinces.Count > 0) yield return ("province_id", "pt.provinces");
        if (db.Scope.Districts.Count > 0) yield return ("district_id", "pt.districts");
        if (db.Scope.Communes.Count > 0) yield return ("commune_id", "pt.communes");
        if (db.Scope.Units.Count > 0) yield return ("unit_id", "pt.units");
    }

    private static string Branch((string Column, string Setting) level, bool open, bool ofYear) => $"""
        (SELECT t.person_id FROM pt.person_token t
          WHERE {(open ? "t.token >= $1 AND t.token < $2" : "t.token = $1 AND $2 = $2")} AND t.{level.Column} = ANY ((SELECT pt.ints('{level.Setting}'))::int[]){Above(level.Column, level.Setting)}
            AND NOT EXISTS (SELECT 1 FROM unnest($3) w(word) WHERE NOT EXISTS (
              SELECT 1 FROM pt.person_token o WHERE o.token = w.word AND o.province_id = t.province_id AND o.district_id = t.district_id AND o.commune_id = t.commune_id AND o.unit_id = t.unit_id AND o.person_id = t.person_id))
            AND ($4 = '' OR EXISTS (SELECT 1 FROM pt.person_token o WHERE o.person_id = t.person_id AND o.token >= $4 AND o.token < $5))
            AND {(ofYear ? "EXISTS (SELECT 1 FROM pt.person b WHERE b.id = t.person_id AND b.birth >= $6 AND b.birth < $6 + interval '1 year')" : "$6 = $6")}
          LIMIT {Sorted})
        """;

    /// <summary>The key of the token table begins with the province: who asks for a district or a commune says in which one it lies.</summary>
    private static string Above(string column, string setting) => column is "district_id" or "commune_id"
        ? $" AND t.province_id = ANY ((SELECT array_agg(DISTINCT a.province_id) FROM pt.area a WHERE a.id = ANY ((SELECT pt.ints('{setting}'))::int[]))::int[])" : "";

    /// <summary>A word of four digits that can be a year of birth.</summary>
    private int? BirthYear(string word) => word.Length == 4 && int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year) && year >= 1890 && year <= db.Clock.Today().Year ? year : null;

    /// <summary>The first text after all that begin with this one.</summary>
    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    private async Task<int> RarestAsync(string[] words, CancellationToken ct)
    {
        if (words.Length == 1) return 0;
        var common = await db.Connection.RowsAsync("SELECT token, often FROM pt.common_tokens() WHERE token = ANY ($1)", r => (r.GetString(0), r.GetFloat(1)), ct, words);
        var often = common.ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
        return Enumerable.Range(0, words.Length).MinBy(i => (often.GetValueOrDefault(words[i]), -words[i].Length, i));
    }
}
