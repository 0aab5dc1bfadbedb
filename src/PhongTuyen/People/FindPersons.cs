using System.Globalization;
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

    /// <summary>So many are found in each tree of the scope before they are put in order; a name that more people bear is answered with some of them, and the page asks to narrow. A person may be tied to a place more than once.</summary>
    private int Hits => db.Scope.Provinces.Count + db.Scope.Districts.Count > 0 ? Most + 6 : 200;

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

    /// <summary>Every word must occur, the last one as a beginning; those who bear it as it stands come first.</summary>
    private async Task<List<Row>> ByNameAsync(string query, CancellationToken ct)
    {
        var all = VietnameseText.Tokens(query).ToArray();
        var year = all.Length > 1 ? all.Select(BirthYear).FirstOrDefault(year => year is not null) : null;
        var words = all.Where(word => year is null || BirthYear(word) != year).Take(6).ToArray();
        var endsOpen = query.Length > 0 && char.IsLetterOrDigit(query[^1]) && BirthYear(all[^1]) is null;
        var often = await OftenAsync(words, ct);
        var (whole, begun) = (Whole(words, often), endsOpen ? Begun(words, often) : null);
        for (var most = Hits; ; most *= 8)
        {
            var hits = await HitsAsync(whole, begun, year, most, ct);
            var exact = hits.Where(hit => hit.Way == 0).Select(hit => hit.Id).Distinct().ToArray();
            var found = hits.Select(hit => hit.Id).Distinct().ToArray();
            if (found.Length <= Most && hits.CountBy(hit => hit.Part).Any(part => part.Value >= most)) continue; // few persons with many ties each have filled the page
            return await db.Connection.RowsAsync($"""
                SELECT {Columns} FROM (SELECT * FROM pt.person WHERE id = ANY ($1) ORDER BY id = ANY ($2) DESC, name_key, birth, id LIMIT {Most + 1}) p {Lives}
                ORDER BY p.id = ANY ($2) DESC, p.name_key, p.birth, p.id
                """, Read, ct, found, exact);
        }
    }

    /// <summary>How a name is looked for: through all who bear one word, reading the other words from the same entry of the index.</summary>
    /// <param name="To">The first text behind all that begin with the word, where it is a beginning.</param>
    /// <param name="Others">What else the name holds: a space, the word, and a space where the word is whole.</param>
    /// <param name="Not">What the name does not hold, because those were found before.</param>
    private sealed record Way(string From, string? To, IReadOnlyList<string> Others, string? Not);

    /// <summary>All words as they stand; the rarest one leads.</summary>
    private static Way Whole(string[] words, IReadOnlyList<(float Whole, float Begun)> often)
    {
        var lead = Rarest(words, often, words.Length);
        return new(words[lead], null, [.. words.Where((_, i) => i != lead).Select(word => $" {word} ")], null);
    }

    /// <summary>The last word as a beginning; it leads where it is alone, or rarer with all that it may become than any whole word.</summary>
    private static Way Begun(string[] words, IReadOnlyList<(float Whole, float Begun)> often)
    {
        var (last, lead) = (words.Length - 1, words.Length > 1 ? Rarest(words, often, words.Length - 1) : -1);
        if (lead < 0 || (words[last].Length > 1 && often[last].Begun < often[lead].Whole))
            return new(words[last], After(words[last]), [.. words.SkipLast(1).Select(word => $" {word} ")], $" {words[last]} ");
        return new(words[lead], null, [.. words.SkipLast(1).Where((_, i) => i != lead).Select(word => $" {word} "), $" {words[last]}"], $" {words[last]} ");
    }

    private static int Rarest(string[] words, IReadOnlyList<(float Whole, float Begun)> often, int of) => Enumerable.Range(0, of).MinBy(i => (often[i].Whole, -words[i].Length));

    /// <summary>
    /// First whole words in the areas of the scope, then the beginning there, then what own units see besides: each is asked only while the page is not full.
    /// </summary>
    private async Task<List<(Guid Id, int Part, int Way)>> HitsAsync(Way whole, Way? begun, int? year, int most, CancellationToken ct)
    {
        var values = new List<object?>();
        string Value(object value)
        {
            values.Add(value);
            return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
        }
        string Lead(Way way) => way.To is { } to ? $"t.token >= {Value(way.From)} AND t.token < {Value(to)}" : $"t.token = {Value(way.From)}";
        string Test(Way way) => string.Concat(way.Others.Select(other => $" AND strpos(t.words, {Value(other)}) > 0")) + (way.Not is { } not ? $" AND strpos(t.words, {Value(not)}) = 0" : "");
        string[] ways = [Lead(whole) + Test(whole), .. begun is null ? [] : new[] { Lead(begun) + Test(begun) }];
        var born = year is { } from ? $" AND EXISTS (SELECT 1 FROM pt.person b WHERE b.id = t.person_id AND b.birth >= {Value(new DateOnly(from, 1, 1))} AND b.birth < {Value(new DateOnly(from + 1, 1, 1))})" : "";
        var limit = Value(most);
        var levels = Levels(Value).ToList();
        var areas = levels.Count > 1 ? levels.Where(level => !level.OfUnits).ToList() : levels;
        string Branches(string way, IEnumerable<(string Test, bool OfUnits)> of, string also) =>
            string.Join(" UNION ALL ", of.Select(level => $"(SELECT t.person_id FROM pt.person_token t WHERE {way} AND {level.Test}{born}{also} LIMIT {limit})"));

        var parts = new List<string>();
        foreach (var of in areas.Count < levels.Count ? new[] { areas, [.. levels.Except(areas)] } : [areas])
            foreach (var way in ways)
            {
                var before = string.Join(" UNION ALL ", parts.Select((_, n) => $"SELECT person_id FROM part{n}"));
                parts.Add($"part{parts.Count} AS MATERIALIZED ({Branches(way, of, parts.Count == 0 ? "" : $" AND (SELECT count(DISTINCT person_id) FROM ({before}) f) <= {Most}")})");
            }
        var sql = $"WITH {string.Join(", ", parts)} {string.Join(" UNION ALL ", parts.Select((_, n) => $"SELECT person_id, {n} FROM part{n}"))}";
        return await db.Connection.RowsAsync(sql, r => (r.GetGuid(0), r.GetInt32(1), r.GetInt32(1) % ways.Length), ct, [.. values]);
    }

    /// <summary>The columns of the scope that hold anything. The key begins with the province: who asks for a district or a commune says in which one it lies.</summary>
    private IEnumerable<(string Test, bool OfUnits)> Levels(Func<object, string> value)
    {
        var scope = db.Scope;
        if (scope.Provinces.Count > 0) yield return (Key("province_id", value(Numbers(scope.Provinces)), scope.Provinces.Count), false);
        if (scope.Districts.Count > 0) yield return (Below("district_id", value(Numbers(scope.Districts)), scope.Districts.Count), false);
        if (scope.Communes.Count > 0) yield return (Below("commune_id", value(Numbers(scope.Communes)), scope.Communes.Count), false);
        if (scope.Units.Count > 0) yield return (Key("unit_id", value(scope.Units.Select(unit => unit.Value).ToArray()), scope.Units.Count) + " AND t.unit_id <> 0", true); // as the index of units says

        static int[] Numbers(IReadOnlyList<AreaId> areas) => [.. areas.Select(area => area.Value)];
        // One key keeps the order of the index; of many the planner is not sure.
        static string Key(string column, string keys, int count) => count == 1 ? $"t.{column} = ({keys}::int[])[1]" : $"t.{column} = ANY ({keys}::int[])";
        static string Below(string column, string keys, int count) => Key(column, keys, count) + (count == 1
            ? $" AND t.province_id = (SELECT a.province_id FROM pt.area a WHERE a.id = ({keys}::int[])[1])"
            : $" AND t.province_id = ANY ((SELECT array_agg(DISTINCT a.province_id) FROM pt.area a WHERE a.id = ANY ({keys}::int[]))::int[])");
    }

    /// <summary>A word of four digits that can be a year of birth.</summary>
    private int? BirthYear(string word) => word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1890 && year <= db.Clock.Today().Year ? year : null;

    /// <summary>The first text after all that begin with this one.</summary>
    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>What part of all words of names each is, where it is a common one; and all together that begin with it.</summary>
    private async Task<IReadOnlyList<(float Whole, float Begun)>> OftenAsync(string[] words, CancellationToken ct) => words.Length == 1 ? [(0, 0)] : await db.Connection.RowsAsync("""
        SELECT coalesce(sum(c.often) FILTER (WHERE c.token = w.word), 0)::real, coalesce(sum(c.often), 0)::real FROM unnest($1::text[], $2::text[]) WITH ORDINALITY w(word, behind, n)
        LEFT JOIN pt.common_tokens() c ON c.token >= w.word AND c.token < w.behind GROUP BY w.n ORDER BY w.n
        """, r => (r.GetFloat(0), r.GetFloat(1)), ct, words, words.Select(After).ToArray());
}
