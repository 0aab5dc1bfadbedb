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

    /// <summary>
    /// Every word must occur, the last one as a beginning; those who bear it as it stands come first. The rarest word drives: each tree of the
    /// scope gives its first rows from one range of the primary key of the token table, and the other words are gone through beside it or
    /// looked up for those persons only.
    /// </summary>
    private async Task<List<Row>> ByNameAsync(string query, CancellationToken ct)
    {
        var all = VietnameseText.Tokens(query).ToArray();
        var year = all.Length > 1 ? all.Select(BirthYear).FirstOrDefault(year => year is not null) : null;
        var words = all.Where(word => year is null || BirthYear(word) != year).Take(6).ToArray();
        var endsOpen = query.Length > 0 && char.IsLetterOrDigit(query[^1]) && BirthYear(all[^1]) is null;
        var often = await OftenAsync(words, ct);
        var found = endsOpen && words.Length > 1 ? await IdsAsync(words, [.. often.Select(one => one.Whole)], endsOpen: false, year, everywhere: false, ct) : [];
        if (found.Count <= Most) found = await IdsAsync(words, [.. often.Select((one, i) => endsOpen && i == words.Length - 1 ? one.Begun : one.Whole)], endsOpen, year, everywhere: true, ct);
        return await db.Connection.RowsAsync($"SELECT {Columns} FROM (SELECT * FROM pt.person WHERE id = ANY ($1) ORDER BY name_key, birth, id LIMIT {Most + 1}) p {Lives} ORDER BY p.name_key, p.birth, p.id", Read, ct, found.ToArray());
    }

    /// <param name="often">What part of all words each is.</param>
    /// <param name="endsOpen">The last word may go on.</param>
    /// <param name="everywhere">Also those whom own units see outside of the areas of the scope.</param>
    private async Task<List<Guid>> IdsAsync(string[] words, float[] often, bool endsOpen, int? year, bool everywhere, CancellationToken ct)
    {
        var order = Enumerable.Range(0, words.Length).OrderBy(i => (often[i], -words[i].Length, i)).ToList();
        var whole = order.Where(i => !endsOpen || i != words.Length - 1).ToList();
        var beside = Beside([.. whole.Select(i => often[i])], often[order[0]], words.Length);
        var driver = beside > 0 ? whole[0] : order[0];
        var openOther = endsOpen && driver != words.Length - 1 ? words[^1] : null;
        var openDriver = endsOpen && driver == words.Length - 1 && words[driver].Length >= 2;
        var others = order.Where(i => i != driver && words[i] != openOther).ToList();
        // The units of a scope that has areas add only those who are not in the areas: they are asked only where the areas do not fill the page.
        var levels = Levels().ToList();
        var areas = levels.Count > 1 ? levels.Where(level => level.Column != "unit_id").ToList() : levels;
        string Of((string Column, Func<string, string> Test) level, string only = "") => Branch(level, openDriver, year is not null, others.Count, beside, only);
        var late = everywhere && areas.Count < levels.Count ? $" UNION ALL {Of(levels[^1], $"AND (SELECT count(*) FROM early) <= {Most}")}" : "";
        var sql = $"""
            WITH early AS MATERIALIZED (SELECT DISTINCT person_id FROM ({string.Join("\n UNION ALL ", areas.Select(level => Of(level)))}) hits)
            SELECT DISTINCT person_id FROM (SELECT person_id FROM early{late}) hits LIMIT {Hits}
            """;
        object?[] values = [words[driver], openDriver ? After(words[driver]) : words[driver], others.Select(i => words[i]).ToArray(), openOther ?? "", openOther is null ? "" : After(openOther), year is { } from ? new DateOnly(from, 1, 1) : DateOnly.MinValue,
            Numbers(db.Scope.Provinces), Numbers(db.Scope.Districts), Numbers(db.Scope.Communes), db.Scope.Units.Select(unit => unit.Value).ToArray()];
        var question = (sql, values);
        // The planner would look one word up for each who bears the other, because it does not know how soon a page is full.
        var answers = await db.Connection.TogetherAsync(r => r.GetGuid(0), ct, beside > 0 ? [Loops("off"), question, Loops("on")] : [question]);
        return answers[beside > 0 ? 1 : 0];
    }

    private static (string, object?[]) Loops(string state) => ($"SELECT '00000000-0000-0000-0000-000000000000'::uuid, set_config('enable_nestloop', '{state}', true), set_config('enable_hashjoin', '{state}', true)", []);

    private static int[] Numbers(IReadOnlyList<AreaId> areas) => [.. areas.Select(area => area.Value)];

    /// <summary>The columns of the scope that hold anything.</summary>
    private IEnumerable<(string Column, Func<string, string> Test)> Levels()
    {
        if (db.Scope.Provinces.Count > 0) yield return ("province_id", of => Key(of, "province_id", "$7", db.Scope.Provinces.Count));
        if (db.Scope.Districts.Count > 0) yield return ("district_id", of => Key(of, "district_id", "$8", db.Scope.Districts.Count) + Above(of, "$8", db.Scope.Districts.Count));
        if (db.Scope.Communes.Count > 0) yield return ("commune_id", of => Key(of, "commune_id", "$9", db.Scope.Communes.Count) + Above(of, "$9", db.Scope.Communes.Count));
        if (db.Scope.Units.Count > 0) yield return ("unit_id", of => Key(of, "unit_id", "$10", db.Scope.Units.Count));
    }

    /// <summary>One key keeps the order of the index; of many the planner is not sure.</summary>
    private static string Key(string of, string column, string keys, int count) => count == 1 ? $"{of}.{column} = ({keys}::int[])[1]" : $"{of}.{column} = ANY ({keys}::int[])";

    /// <summary>The key of the token table begins with the province: who asks for a district or a commune says in which one it lies.</summary>
    private static string Above(string of, string keys, int count) => count == 1
        ? $" AND {of}.province_id = (SELECT a.province_id FROM pt.area a WHERE a.id = ({keys}::int[])[1])"
        : $" AND {of}.province_id = ANY ((SELECT array_agg(DISTINCT a.province_id) FROM pt.area a WHERE a.id = ANY ({keys}::int[]))::int[])";

    /// <summary>
    /// How many words are gone through beside the driving one, because that costs less than looking them up for each who bears it: a step
    /// costs a twentieth of a look, and only those who bear all of these words are looked up for the others.
    /// </summary>
    /// <param name="whole">How often the whole words are, the rarest first.</param>
    /// <param name="rarest">Of all words, a begun one among them.</param>
    private static int Beside(float[] whole, float rarest, int words)
    {
        const float wordsOfAName = 3; // often is the part of all words; a person bears about three
        if (whole.Length < 2) return 0;
        var (a, b) = (whole[0] * wordsOfAName, whole[1] * wordsOfAName);
        if ((a + b) / 20 + (words > 2 ? a * b : 0) >= rarest * wordsOfAName) return 0;
        var (beside, left) = (1, a * b);
        for (; beside + 1 < whole.Length && whole[beside + 1] * wordsOfAName / 20 < left; beside++) left *= whole[beside + 1] * wordsOfAName;
        return beside;
    }

    /// <param name="others">How many other whole words there are, in $3. Each is one look into the table: OFFSET keeps the planner from reading all who bear it.</param>
    /// <param name="beside">So many of them, from the first, are read along: all words are in the order of the same key.</param>
    private string Branch((string Column, Func<string, string> Test) level, bool open, bool ofYear, int others, int beside, string only)
    {
        static string Same(string o) => $"{o}.province_id = t.province_id AND {o}.district_id = t.district_id AND {o}.commune_id = t.commune_id AND {o}.unit_id = t.unit_id AND {o}.person_id = t.person_id";
        var along = string.Concat(Enumerable.Range(1, beside).Select(n => $" JOIN pt.person_token o{n} ON o{n}.token = ($3::text[])[{n}] AND {Same("o" + n)} AND {level.Test("o" + n)}"));
        var borne = $"{(open ? "t.token >= $1 AND t.token < $2" : "t.token = $1 AND $2 = $2")} AND {level.Test("t")}";
        return $"""
            (SELECT t.person_id FROM {(beside > 0 ? $"(SELECT t.* FROM pt.person_token t{along} WHERE {borne} OFFSET 0) t WHERE true" : $"pt.person_token t WHERE {borne}")}
                {only} AND $3::text[] = $3 AND $7::int[] = $7 AND $8::int[] = $8 AND $9::int[] = $9 AND $10::int[] = $10
                {string.Concat(Enumerable.Range(1, others).Skip(beside).Select(n => $"AND EXISTS (SELECT 1 FROM pt.person_token o WHERE o.token = ($3::text[])[{n}] AND {Same("o")} OFFSET 0)"))}
                AND ($4 = '' OR EXISTS (SELECT 1 FROM pt.person_token o WHERE o.person_id = t.person_id AND o.token >= $4 AND o.token < $5 OFFSET 0))
                AND {(ofYear ? "EXISTS (SELECT 1 FROM pt.person b WHERE b.id = t.person_id AND b.birth >= $6 AND b.birth < $6 + interval '1 year')" : "$6 = $6")}
              LIMIT {Hits})
            """;
    }

    /// <summary>A word of four digits that can be a year of birth.</summary>
    private int? BirthYear(string word) => word.Length == 4 && int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year) && year >= 1890 && year <= db.Clock.Today().Year ? year : null;

    /// <summary>The first text after all that begin with this one.</summary>
    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>What part of all words of names each is, where it is a common one; and all together that begin with it.</summary>
    private async Task<IReadOnlyList<(float Whole, float Begun)>> OftenAsync(string[] words, CancellationToken ct) => words.Length == 1 ? [(0, 0)] : await db.Connection.RowsAsync("""
        SELECT coalesce(sum(c.often) FILTER (WHERE c.token = w.word), 0)::real, coalesce(sum(c.often), 0)::real FROM unnest($1::text[], $2::text[]) WITH ORDINALITY w(word, behind, n)
        LEFT JOIN pt.common_tokens() c ON c.token >= w.word AND c.token < w.behind GROUP BY w.n ORDER BY w.n
        """, r => (r.GetFloat(0), r.GetFloat(1)), ct, words, words.Select(After).ToArray());
}
