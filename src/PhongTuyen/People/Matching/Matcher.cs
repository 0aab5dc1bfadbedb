using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Policies;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.People.Matching;

/// <summary>
/// Finds who may be the same person as what is being written. It compares past the limits of what the visitor sees, because the other record is often in the next district; what lies there is told
/// to nobody but as a pair, to those who see both records.
/// </summary>
public sealed class Matcher(Db db, IPolicyBook policies, PersonSeals seals)
{
    /// <summary>Of each way of looking so many are compared: of more bearers of one name the others say nothing.</summary>
    private const int MostOfEach = 60;

    /// <param name="Own">The record itself, where it is written already.</param>
    /// <param name="Lives">Where equal names are compared.</param>
    /// <param name="Numbers">Of every number, by all keys in use.</param>
    /// <param name="Phones">The same of telephones.</param>
    public sealed record Probe(PersonId? Own, MatchFacts Facts, AreaKeys Lives, IReadOnlyList<byte[]> Numbers, IReadOnlyList<byte[]> Phones);

    /// <param name="Facts">Indexes under the current key.</param>
    private sealed record Recorded(MatchFacts Facts, IReadOnlyList<byte[]> Numbers, IReadOnlyList<byte[]> Phones);

    /// <summary>By what somebody was found, as pt.match_candidates counts.</summary>
    [Flags]
    private enum Ways { Name = 1, Place = 2, Number = 4 }

    /// <param name="Household">Is recorded as one of a household.</param>
    private sealed record Candidate(int N, Guid Person, Guid Root, BirthDate Birth, Sex Sex, bool Household, Ways Ways);

    /// <param name="Root">The record that stands for the person.</param>
    /// <param name="Visible">The visitor sees the record.</param>
    public sealed record Likeness(PersonId Person, PersonId Root, MatchFacts Facts, MatchScore Score, bool Visible);

    private MatchRules? rules;

    /// <summary>The rules of the visitor's unit today.</summary>
    public async Task<MatchRules> RulesAsync(CancellationToken ct) =>
        rules ??= policies.For<MatchRules>((await db.AreaOfAsync(db.Visitor!.Unit, ct)).GetValueOrDefault().Lowest(), db.Clock.Today(), "") ?? throw new InvalidOperationException("No rules of matching are in force.");

    /// <summary>Of each probe those who are alike enough to be looked at, the likeliest first; each person once.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Likeness>>> FindAsync(IReadOnlyList<Probe> probes, CancellationToken ct)
    {
        var rules = await RulesAsync(ct);
        if (probes.Count == 0) return [];
        var (numbers, phones) = (probes.SelectMany((probe, n) => probe.Numbers.Select(index => (n, index))).ToList(), probes.SelectMany((probe, n) => probe.Phones.Select(index => (n, index))).ToList());
        var candidates = (await db.Connection.RowsAsync("SELECT n, person_id, root, birth, birth_precision, sex, household, ways FROM pt.match_candidates($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            r => new Candidate(r.GetInt32(0), r.GetGuid(1), r.GetGuid(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5), r.GetBoolean(6), (Ways)r.GetInt32(7)), ct,
            probes.Select((_, n) => n).ToArray(), probes.Select(probe => Person.InOrder(VietnameseText.Tokens(probe.Facts.Name))).ToArray(), probes.Select(probe => probe.Facts.Code).ToArray(),
            probes.Select(probe => probe.Facts.Birth.From).ToArray(), probes.Select(probe => (short)probe.Facts.Birth.Precision).ToArray(),
            probes.Select(probe => probe.Lives.Province.Value).ToArray(), probes.Select(probe => probe.Lives.District.Value).ToArray(), probes.Select(probe => probe.Lives.Commune.Value).ToArray(),
            probes.Select(probe => probe.Own?.Value).ToArray(), numbers.Select(number => number.n).ToArray(), numbers.Select(number => number.index).ToArray(), phones.Select(phone => phone.n).ToArray(), phones.Select(phone => phone.index).ToArray(), rules.YearsSuffice, MostOfEach))
            
            .FindAll(candidate => candidate.Ways.HasFlag(Ways.Number) || rules.MayWait((probes[candidate.N].Facts.Birth, probes[candidate.N].Facts.Sex), (candidate.Birth, candidate.Sex), candidate.Ways.HasFlag(Ways.Place), candidate.Household && probes[candidate.N].Facts.Household is not null));
        var facts = await FactsAsync(candidates.Select(candidate => candidate.Person).Distinct().ToArray(), ct);
        var alike = candidates.Where(candidate => facts.ContainsKey(candidate.Person)).Select(candidate => (candidate.N, candidate.Person, candidate.Root, Score: MatchScore.Of(probes[candidate.N].Facts, facts[candidate.Person].Facts, rules)))
            .Where(candidate => candidate.Score.ToReview(rules)).ToList();
        var visible = await db.VisibleAsync([.. alike.Select(candidate => new PersonId(candidate.Person)).Distinct()], ct);
        var found = alike.ToLookup(candidate => candidate.N, candidate => new Likeness(new(candidate.Person), new(candidate.Root), facts[candidate.Person].Facts, candidate.Score, visible.Contains(new(candidate.Person))));
        return [.. probes.Select((_, n) => (IReadOnlyList<Likeness>)[.. found[n].OrderByDescending(likeness => likeness.Score.Score).DistinctBy(likeness => likeness.Root)])];
    }

    /// <summary>Compares records as they are written now with all others, and keeps the pairs for the queue.</summary>
    /// <param name="corrected">Open pairs of theirs that are alike no longer leave the queue.</param>
    public async Task<IReadOnlyList<IReadOnlyList<Likeness>>> KeepAsync(IReadOnlyList<PersonId> written, bool corrected, CancellationToken ct)
    {
        var probes = await ProbesAsync(written, ct);
        var found = await FindAsync(probes, ct);
        var pairs = found.SelectMany((likenesses, n) => likenesses.Select(likeness => (One: probes[n].Own!.Value, Other: likeness.Person, likeness.Score))).DistinctBy(pair => (Guid[])[pair.One.Value, pair.Other.Value], Either).ToList();
        if (corrected) await db.Connection.RunAsync("SELECT pt.drop_matches($1, $2)", ct, written.Select(id => id.Value).ToArray(), pairs.Select(pair => pair.Other.Value).ToArray());
        if (pairs.Count > 0)
            await db.Connection.RunAsync("SELECT pt.keep_matches($1, $2, $3, $4, $5, $6, $7)", ct, pairs.Select(_ => db.Clock.NewGuid()).ToArray(), pairs.Select(pair => pair.One.Value).ToArray(), pairs.Select(pair => pair.Other.Value).ToArray(),
                pairs.Select(pair => (float)pair.Score.Score).ToArray(), pairs.Select(pair => string.Join(' ', pair.Score.Reasons.Select(reason => reason.Word()))).ToArray(), (await RulesAsync(ct)).Name(), db.Clock.GetUtcNow());
        return found;
    }

    /// <summary>These records as they are written now.</summary>
    private async Task<List<Probe>> ProbesAsync(IReadOnlyList<PersonId> written, CancellationToken ct)
    {
        if (written.Count == 0) return [];
        var (facts, lives) = (await FactsAsync([.. written.Select(id => id.Value)], ct), await LivesAsync(written, ct));
        return [.. written.Where(id => facts.ContainsKey(id.Value)).Select(id => new Probe(id, facts[id.Value].Facts, lives.GetValueOrDefault(id.Value), facts[id.Value].Numbers, facts[id.Value].Phones))];
    }

    /// <summary>What is compared of these records, whoever sees them.</summary>
    public async Task<IReadOnlyDictionary<PersonId, MatchFacts>> FactsOfAsync(IReadOnlyCollection<PersonId> records, CancellationToken ct) =>
        (await FactsAsync([.. records.Select(record => record.Value)], ct)).ToDictionary(pair => new PersonId(pair.Key), pair => pair.Value.Facts);

    private static readonly IEqualityComparer<Guid[]> Either = EqualityComparer<Guid[]>.Create((one, other) => one![0] == other![0] && one[1] == other[1] || one[0] == other[1] && one[1] == other[0], pair => pair[0].GetHashCode() ^ pair[1].GetHashCode());

    private async Task<Dictionary<Guid, Recorded>> FactsAsync(Guid[] persons, CancellationToken ct)
    {
        var facts = await StoredAsync(persons, ct);
        if (!seals.Rotating || persons.Length == 0) return facts;
        // Of two persons one may be under the old key and the other under the new: both are compared under the current one, and looked for under both.
        var numbers = (await db.Connection.RowsAsync("SELECT person_id, kind, id, number FROM pt.match_seals($1) ORDER BY id", r => (Person: r.GetGuid(0), Kind: r.GetInt16(1), Id: r.GetGuid(2), Number: r.GetFieldValue<byte[]>(3)), ct, persons))
            .ToLookup(row => row.Person, row => (row.Kind, Indexes: row.Kind == 0 ? seals.IndexOfPhone(seals.OpenPhone(row.Id, row.Number)) : seals.IndexOf((DocumentKind)row.Kind, seals.OpenDocument(row.Id, row.Number))));
        return facts.ToDictionary(pair => pair.Key, pair =>
        {
            var (papers, phones) = (numbers[pair.Key].Where(number => number.Kind != 0).ToList(), numbers[pair.Key].Where(number => number.Kind == 0).ToList());
            return new Recorded(pair.Value.Facts with { Numbers = [.. papers.Select(paper => ((DocumentKind)paper.Kind, Convert.ToHexString(paper.Indexes[0])))], Phones = [.. phones.Select(phone => Convert.ToHexString(phone.Indexes[0]))] },
                [.. papers.SelectMany(paper => paper.Indexes)], [.. phones.SelectMany(phone => phone.Indexes)]);
        });
    }

    private async Task<Dictionary<Guid, Recorded>> StoredAsync(Guid[] persons, CancellationToken ct) =>
        persons.Length == 0 ? [] : (await db.Connection.RowsAsync("SELECT id, name, code, birth, birth_precision, sex, kinds, numbers, phones, communes, hamlets, household_id, card, card_id FROM pt.match_facts($1)", r =>
        {
            var (kinds, numbers, phones) = (r.GetFieldValue<short[]>(6), r.GetFieldValue<byte[][]>(7), r.GetFieldValue<byte[][]>(8));
            var facts = new MatchFacts(r.Text(1), r.Text(2), new BirthDate(r.Maybe<DateOnly>(3), (BirthPrecision)r.GetInt16(4)), (Sex)r.GetInt16(5), [.. kinds.Zip(numbers, (kind, number) => ((DocumentKind)kind, Convert.ToHexString(number)))],
                [.. phones.Select(Convert.ToHexString)], r.GetFieldValue<int[]>(9), r.GetFieldValue<int[]>(10), r.Maybe<Guid>(11), r.IsDBNull(12) ? null : Opened(r.GetGuid(13), r.GetFieldValue<byte[]>(12)));
            return (Id: r.GetGuid(0), Recorded: new Recorded(facts, numbers, phones));
        }, ct, persons)).ToDictionary(row => row.Id, row => row.Recorded);

    private Func<string> Opened(Guid id, byte[] number) => () => seals.OpenDocument(id, number);

    private async Task<Dictionary<Guid, AreaKeys>> LivesAsync(IReadOnlyList<PersonId> persons, CancellationToken ct) =>
        (await db.Connection.RowsAsync("SELECT DISTINCT ON (person_id) person_id, province_id, district_id, commune_id FROM pt.person_address WHERE person_id = ANY ($1) AND commune_id <> 0 ORDER BY person_id, until DESC NULLS FIRST, kind DESC",
            r => (Person: r.GetGuid(0), Area: new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3)))), ct, persons.Select(id => id.Value).ToArray())).ToDictionary(row => row.Person, row => row.Area);
}
