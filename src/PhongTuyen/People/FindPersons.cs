using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People;

/// <summary>
/// One box: a name in any spelling, a whole document number, a telephone, a patient code; a year beside a name narrows to that year of birth. Or a card that was scanned: by its numbers,
/// else by name and year.
/// Within the visitor's scope, at most 20 rows.
/// Names go through the token table with equality and prefix only, because nothing else may use an index under a row policy: first those whose
/// name begins as it was typed. Where there are none, or the words are fewer than three, those who bear them in any order are looked for too;
/// else only when somebody asks for it.
/// </summary>
public sealed class FindPersons(Db db, PersonSeals seals, CommonWords common)
{
    public const int Most = 20;

    private const int FewUnits = 200;

    // Whose people bear a name often enough that some of them fill a page; of fewer all are put in order.
    private const int SomeUnits = 20;

    // To look a unit up in the index costs about as much as so many entries that are read one behind the other.
    private const int EntriesForUnit = 10;

    /// <summary>So many are taken from each tree of the scope before they are put in order: of a name that more people bear some are shown, and the page asks to narrow.</summary>
    private int Taken => db.Scope.Provinces.Count + db.Scope.Districts.Count > 0 || db.Scope.Units.Count > SomeUnits ? Most + 6 : 200;

    public sealed record Row(PersonId Id, string Shown, BirthDate Birth, Sex Sex, string? Code, AreaKeys Lives, PersonId? SameAs = null);

    /// <param name="InOrder">Only those whose name begins as it was typed: there may be others who bear the words in another order.</param>
    /// <param name="Card">What was scanned.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, bool More, bool ByNumber, bool InOrder, ScannedCard? Card = null)
    {
        /// <summary>What the card was looked for by, to stand in the box instead of what the reader sent.</summary>
        public string? Asked => Card is null ? null : Card.Number ?? $"{Card.Name} {Card.Birth.Year}";
    }

    /// <param name="anyOrder">Also who bears the words in another order than they were typed.</param>
    public async Task<Outcome<Found>> RunAsync(string? text, CancellationToken ct, bool anyOrder = false)
    {
        if (CardReader.IsScan(text))
        {
            var card = CardReader.Read(text, db.Clock.Today());
            return card.Done ? await OfCardAsync(card.Value, ct) : card.As<Found>();
        }
        var query = VietnameseText.Clean(text) ?? "";
        var normal = DocumentRules.Normal(query);
        var byNumber = MayBeNumber(query, normal);
        if (!byNumber && VietnameseText.Fold(query).Replace(" ", "", StringComparison.Ordinal).Length < 2) return Problems.SearchTooShort();
        var (rows, inOrder) = (byNumber ? await ByNumberAsync(query, normal, ct) : [], false);
        if (rows.Count == 0) ((rows, inOrder), byNumber) = (await ByNameAsync(query, ended: char.IsWhiteSpace(text![^1]), anyOrder, ct), false);
        return await ToldAsync(new Found([.. rows.Take(Most)], rows.Count > Most, byNumber, inOrder), ct);
    }

    /// <summary>Numbers first: two people bear one name. Where none of them is known, the name with the year of birth, since the person may have been entered without a number.</summary>
    private async Task<Found> OfCardAsync(ScannedCard card, CancellationToken ct)
    {
        foreach (var number in new[] { card.Number, card.InsuranceNumber, card.OldNumber })
            if (number is not null && await ByNumberAsync(number, number, ct) is { Count: > 0 } known) return await ToldAsync(new Found([.. known.Take(Most)], known.Count > Most, true, false, card), ct);
        var (rows, inOrder) = await ByNameAsync($"{card.Name} {card.Birth.Year}", ended: true, anyOrder: false, ct);
        return await ToldAsync(new Found([.. rows.Take(Most)], rows.Count > Most, false, inOrder, card), ct);
    }

    private async Task<Found> ToldAsync(Found found, CancellationToken ct)
    {
        found = found with { Rows = await RootsAsync(found.Rows, ct) };
        db.Tell(new PersonsSearched([.. found.Rows.Select(row => row.Id)], found.ByNumber));
        await db.SaveChangesAsync(ct);
        return found;
    }

    /// <summary>Of records that are one person only the one that stands for it, in the place of the first of them.</summary>
    private async Task<IReadOnlyList<Row>> RootsAsync(IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var joined = rows.Where(row => row.SameAs is not null).Select(row => row.SameAs!.Value.Value).Distinct().ToArray();
        if (joined.Length == 0) return rows;
        var roots = (await db.Connection.RowsAsync($"SELECT {Columns} FROM pt.person p {Lives} WHERE p.id = ANY ($1)", Read, ct, (object)joined)).ToDictionary(row => row.Id);
        return [.. rows.Select(row => row.SameAs is { } root ? roots.GetValueOrDefault(root, row) : row).DistinctBy(row => row.Id)];
    }

    /// <summary>Whatever may be kept as a number is asked for as one. A letter with an accent stands in no number.</summary>
    private static bool MayBeNumber(string query, string normal) => normal.Any(char.IsAsciiDigit) && query.All(c => char.IsAscii(c) || !char.IsLetter(c)) && (PhoneRules.Normal(query) is not null || Kinds.Any(kind => DocumentRules.Fault(kind, normal, "q") is null));

    /// <summary>The birth number of a child is indexed as the card.</summary>
    private static readonly DocumentKind[] Kinds = [.. Enum.GetValues<DocumentKind>().Where(kind => kind != DocumentKind.BirthNumber)];

    private Task<List<Row>> ByNumberAsync(string query, string normal, CancellationToken ct)
    {
        var indexes = new List<byte[]>();
        foreach (var kind in Kinds.Where(kind => DocumentRules.Fault(kind, normal, "q") is null)) indexes.AddRange(seals.IndexOf(kind, normal));
        if (PhoneRules.Normal(query) is { } phone) indexes.AddRange(seals.IndexOfPhone(phone));
        return db.Connection.RowsAsync($"""
            SELECT {Columns} FROM pt.person p {Lives} WHERE p.id IN (
              SELECT person_id FROM pt.person_document WHERE number_index = ANY ($1) UNION SELECT person_id FROM pt.person_phone WHERE number_index = ANY ($1))
            ORDER BY p.name_key, p.birth, p.id LIMIT {Most + 1}
            """, Read, ct, indexes.ToArray());
    }

    private const string Columns = "p.id, coalesce(p.name, p.code), p.birth, p.birth_precision, p.sex, p.code, coalesce(lives.province_id, 0), coalesce(lives.district_id, 0), coalesce(lives.commune_id, 0), p.same_as";

    /// <summary>The present address, else where they are registered.</summary>
    private const string Lives = "LEFT JOIN LATERAL (SELECT a.province_id, a.district_id, a.commune_id FROM pt.person_address a WHERE a.person_id = p.id AND a.until IS NULL AND a.province_id <> 0 ORDER BY a.kind DESC LIMIT 1) lives ON true";

    private static Row Read(Npgsql.NpgsqlDataReader r) =>
        new(new PersonId(r.GetGuid(0)), r.GetString(1), new BirthDate(r.Maybe<DateOnly>(2), (BirthPrecision)r.GetInt16(3)), (Sex)r.GetInt16(4), r.Text(5), new AreaKeys(new(r.GetInt32(6)), new(r.GetInt32(7)), new(r.GetInt32(8))), r.Maybe<Guid>(9) is { } root ? new PersonId(root) : null);

    /// <summary>Every word must occur, the last one as a beginning; those who bear it as it stands come first.</summary>
    /// <param name="ended">A space stands behind the last word: it is whole.</param>
    private async Task<(List<Row> Rows, bool InOrder)> ByNameAsync(string query, bool ended, bool anyOrder, CancellationToken ct)
    {
        var all = VietnameseText.Tokens(query).ToArray();
        var year = all.Length > 1 ? all.Select(BirthYear).FirstOrDefault(year => year is not null) : null;
        var words = all.Where(word => year is null || BirthYear(word) != year).Take(6).ToArray();
        var endsOpen = !ended && char.IsLetterOrDigit(query[^1]) && BirthYear(all[^1]) is null;
        var (found, exact) = (new HashSet<Guid>(), new HashSet<Guid>());
        if (words.Length > 1)
        {
            foreach (var level in Levels().TakeWhile(level => found.Count <= Most || level.Column != "unit_id"))
                await TakeAsync(InOrder(words, endsOpen, rare: level.Keys.Length > FewUnits && await FewBearAsync(words, endsOpen, ct)), level, year, found, exact, ct);
        }
        // Of three words one is the family name, so that whoever is found is meant; "Văn Tùng" may be anybody's last two, unless they fill the page.
        var inOrder = !anyOrder && found.Count > (words.Length > 2 ? 0 : Most);
        if (!inOrder)
        {
            var others = found.Count > Most ? [] : found; // who asks for them sees them beside a page that is full without them, too
            await InAnyOrderAsync(words, endsOpen, year, others, exact, ct);
            found.UnionWith(others);
        }
        return (await db.Connection.RowsAsync($"""
            SELECT {Columns} FROM (SELECT * FROM pt.person WHERE id = ANY ($1) ORDER BY id = ANY ($2) DESC, name_key, birth, id LIMIT {Most + 1}) p {Lives}
            ORDER BY p.id = ANY ($2) DESC, p.name_key, p.birth, p.id
            """, Read, ct, found.ToArray(), exact.ToArray()), inOrder);
    }

    /// <summary>Whether so few bear the name that going through them costs no more than asking each unit: "Nguyễn Thị" has a tenth of the country.</summary>
    private async Task<bool> FewBearAsync(string[] words, bool endsOpen, CancellationToken ct)
    {
        if (db.Scope.Provinces.Count > 0) return true; // units are asked only when whole provinces did not fill a page with it
        await common.LookAsync(db.Connection, ct);
        return common.Bearers(words, endsOpen) <= EntriesForUnit * db.Scope.Units.Count;
    }

    private async Task InAnyOrderAsync(string[] words, bool endsOpen, int? year, HashSet<Guid> found, HashSet<Guid> exact, CancellationToken ct)
    {
        await common.LookAsync(db.Connection, ct);
        var (whole, begun) = (Whole(words), endsOpen ? Begun(words) : null);
        // Areas of the scope first; what own units see besides is asked only while the page is not full.
        foreach (var level in Levels().TakeWhile(level => found.Count <= Most || level.Column != "unit_id"))
        {
            // Those who bear the last word as it stands come first. Among few, all who begin so are soon gone through, and they are among them;
            // in a province they alone mostly fill the page.
            if (begun is null || level.Column == "province_id") await TakeAsync(whole, level, year, found, exact, ct);
            if (begun is null || found.Count > Most) continue;
            if (await TakeAsync(begun, level, year, found, exact, ct) && level.Column != "province_id") await TakeAsync(whole, level, year, found, exact, ct);
        }
    }

    /// <summary>How a name is looked for: through all who bear one word, reading the other words from the same entry of the index.</summary>
    /// <param name="To">The first text behind all that begin with the word, where it is a beginning.</param>
    /// <param name="Rare">The word is none of the common ones.</param>
    /// <param name="Others">What else the name holds: a space, the word, and a space where the word is whole.</param>
    /// <param name="Last">The last word as it stands, between spaces.</param>
    private sealed record Way(string From, string? To, bool Rare, IReadOnlyList<string> Others, string Last);

    /// <summary>The name begins with these words, in this order; the last one whole, or as a beginning.</summary>
    /// <param name="rare">So few bear the name that going through them costs less than asking many units one by one.</param>
    private static Way InOrder(string[] words, bool open, bool rare)
    {
        var name = Person.InOrder(words);
        return new(name, After(open ? name : name + " "), rare, [], $" {words[^1]} ");
    }

    /// <summary>All words as they stand; the rarest one leads.</summary>
    private Way Whole(string[] words)
    {
        var lead = words.MinBy(Rarity)!;
        return new(lead, null, common.Whole(lead) == 0, [.. words.Where(word => word != lead).Select(word => $" {word} ")], $" {words[^1]} ");
    }

    /// <summary>The last word as a beginning; it leads where it is alone, or rarer with all that it may become than any whole word.</summary>
    private Way Begun(string[] words)
    {
        var (last, whole) = (words[^1], words[..^1]);
        var lead = whole.MinBy(Rarity);
        var often = common.Begun(last);
        return lead is null || (last.Length > 1 && often < common.Whole(lead))
            ? new(last, After(last), often == 0, [.. whole.Select(word => $" {word} ")], $" {last} ")
            : new(lead, null, common.Whole(lead) == 0, [.. whole.Where(word => word != lead).Select(word => $" {word} "), $" {last}"], $" {last} ");
    }

    private (float Often, int Shorter) Rarity(string word) => (common.Whole(word), -word.Length);

    /// <summary>Adds who is found in one level of the scope. True where there may be more.</summary>
    private async Task<bool> TakeAsync(Way way, Level level, int? year, HashSet<Guid> found, HashSet<Guid> exact, CancellationToken ct)
    {
        var values = new List<object?>();
        string Value(object value)
        {
            values.Add(value);
            return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
        }
        var keys = Value(level.Keys);
        // One key keeps the order of the index; of many the planner is not sure.
        var one = level.Keys.Length == 1;
        var among = one ? $"= ({keys}::int[])[1]" : $"= ANY ({keys}::int[])";
        var where = level.Column switch
        {
            // A rare word is borne by few: going through them costs less than asking each of hundreds of units. Else by the index of units, which leaves 0 out.
            "unit_id" => way.Rare && !one ? $"t.unit_id + 0 {among}" : $"t.unit_id {among} AND t.unit_id <> 0",
            "province_id" => $"t.province_id {among}",
            // The key begins with the province: who asks for a district or a commune says in which one it lies.
            _ => $"t.{level.Column} {among} AND t.province_id " + (one ? $"= (SELECT a.province_id FROM pt.area a WHERE a.id = ({keys}::int[])[1])" : $"= ANY ((SELECT array_agg(DISTINCT a.province_id) FROM pt.area a WHERE a.id = ANY ({keys}::int[]))::int[])"),
        };
        where += way.To is { } to ? $" AND t.token >= {Value(way.From)} AND t.token < {Value(to)}" : $" AND t.token = {Value(way.From)}";
        foreach (var other in way.Others) where += $" AND strpos(t.words, {Value(other)}) > 0";
        if (year is { } from) where += $" AND EXISTS (SELECT 1 FROM pt.person b WHERE b.id = t.person_id AND b.birth >= {Value(new DateOnly(from, 1, 1))} AND b.birth < {Value(new DateOnly(from + 1, 1, 1))})";
        var sql = $"SELECT t.person_id, strpos(t.words, {Value(way.Last)}) > 0 FROM pt.person_token t WHERE {where} LIMIT {Value(0)}";
        for (var most = 2 * Taken; ; most *= 8) // most persons are tied to a place twice, by their address and by a stay
        {
            values[^1] = most;
            var hits = await db.Connection.RowsAsync(sql, r => (Id: r.GetGuid(0), Exact: r.GetBoolean(1)), ct, [.. values]);
            var persons = hits.DistinctBy(hit => hit.Id).Take(Taken).ToList();
            var filled = hits.Count >= most;
            if (filled && persons.Count <= Most) continue;
            found.UnionWith(persons.Select(hit => hit.Id));
            exact.UnionWith(persons.Where(hit => hit.Exact).Select(hit => hit.Id));
            return filled || persons.Count == Taken;
        }
    }

    private sealed record Level(string Column, int[] Keys);

    /// <summary>The columns of the scope that hold anything, units last.</summary>
    private IEnumerable<Level> Levels()
    {
        var scope = db.Scope;
        if (scope.Provinces.Count > 0) yield return new("province_id", [.. scope.Provinces.Select(area => area.Value)]);
        if (scope.Districts.Count > 0) yield return new("district_id", [.. scope.Districts.Select(area => area.Value)]);
        if (scope.Communes.Count > 0) yield return new("commune_id", [.. scope.Communes.Select(area => area.Value)]);
        if (scope.Units.Count > 0) yield return new("unit_id", [.. scope.Units.Select(unit => unit.Value)]);
    }

    /// <summary>A word of four digits that can be a year of birth.</summary>
    private int? BirthYear(string word) => word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1890 && year <= db.Clock.Today().Year ? year : null;

    /// <summary>The first text after all that begin with this one.</summary>
    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
