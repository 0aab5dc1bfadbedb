using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People.Matching;

/// <summary>Says of pairs that they are two persons each, for good: they are not offered again. Or takes that back.</summary>
public sealed class DecideMatches(Db db)
{
    public const int Most = 200;
    public const int ReasonMost = 300;

    /// <param name="Different">False: they wait to be decided again.</param>
    public sealed record Input(Guid Intent, IReadOnlyList<Guid> Ids, bool Different, [property: Most(ReasonMost)] string? Reason);

    private const string Kind = "matches.decide-list", BackKind = "matches.open-list";

    /// <param name="Ids">Those that were changed.</param>
    public sealed record Decided(IReadOnlyList<Guid> Ids, bool Different, DateTimeOffset At);

    private sealed record Pair(Guid Id, PersonId One, PersonId Other, MatchState State, DateTimeOffset? At, Guid? By, bool Merged);

    /// <summary>What the visitor decided together and can still take back.</summary>
    public Task<List<OwnAct>> MineAsync(CancellationToken ct) => db.OwnActsAsync<Decided>(Kind, BackKind, decided => decided.Different ? decided.Ids.Count : null, ct);

    public Task<Outcome<Decided>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, Kind, input, async () =>
    {
        var ids = input.Ids.Distinct().ToArray();
        if (ids.Length is 0 or > Most) return Problems.ChooseMatches(Most);
        var pairs = await PairsAsync(ids, ct);
        if (!pairs.Done) return pairs.As<Decided>();
        var from = input.Different ? MatchState.Open : MatchState.Different;
        var changing = pairs.Value.FindAll(pair => pair.State == from);
        var now = db.Clock.ToTheMicrosecond();
        await SetAsync(changing, input.Different, input.Reason, now, ct);
        return (Outcome<Decided>)new Decided([.. changing.Select(pair => pair.Id)], input.Different, now);
    }, ct);

    /// <summary>What the visitor decided together waits again. All or none: what was decided anew since is named by its id in <see cref="Problem.Field"/>.</summary>
    /// <param name="of">The intent with which it was decided.</param>
    public Task<Outcome<TakenBack>> UndoAsync(Guid intent, Guid of, string reason, CancellationToken ct) => db.OnceAsync(intent, BackKind, new { of, reason }, async () =>
    {
        if (await db.AnsweredAsync<Decided>(of, Kind, ct) is not { Different: true } decided) return Refusals.NotFound();
        var pairs = await PairsAsync([.. decided.Ids], ct);
        if (!pairs.Done) return pairs.As<TakenBack>();
        var depends = pairs.Value.FindAll(pair => pair.Merged || pair.State != MatchState.Different || pair.At != decided.At || pair.By != db.Visitor!.Account.Value).ConvertAll(pair => Refusals.ChangedSince().At(pair.Id.ToString()));
        if (depends.Count > 0) return (List<Problem>)[Refusals.DependsOn(depends.Count), .. depends];
        await SetAsync(pairs.Value, different: false, reason, default, ct);
        return (Outcome<TakenBack>)new TakenBack(of, pairs.Value.Count);
    }, ct);

    private async Task<Outcome<List<Pair>>> PairsAsync(Guid[] ids, CancellationToken ct)
    {
        var pairs = await db.Connection.RowsAsync("SELECT m.id, m.person_id, m.other_id, m.state, m.decided_at, m.decided_by, coalesce(p.same_as, p.id) = coalesce(o.same_as, o.id) FROM pt.person_match m JOIN pt.person p ON p.id = m.person_id JOIN pt.person o ON o.id = m.other_id WHERE m.id = ANY ($1) ORDER BY m.id FOR UPDATE OF m",
            r => new Pair(r.GetGuid(0), new PersonId(r.GetGuid(1)), new PersonId(r.GetGuid(2)), (MatchState)r.GetInt16(3), r.Maybe<DateTimeOffset>(4), r.Maybe<Guid>(5), r.GetBoolean(6)), ct, ids);
        // One that is not there or not the visitor's refuses all: half of a choice is no answer.
        if (pairs.Count != ids.Length) return Refusals.NotFound();
        foreach (var person in pairs.SelectMany(pair => (PersonId[])[pair.One, pair.Other]).Distinct())
            if (!await db.TiedAsync(person, ct)) return OnlySeen.Problem();
        return pairs;
    }

    private async Task SetAsync(List<Pair> pairs, bool different, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. pairs.Select(pair => pair.Id)];
        await db.Connection.RunAsync("UPDATE pt.person_match SET state = $2, decided_at = $3, decided_by = $4, reason = $5 WHERE id = ANY ($1)", ct, ids, (short)(different ? MatchState.Different : MatchState.Open),
            different ? now : null, different ? db.Visitor!.Account.Value : null, different ? VietnameseText.Clean(reason) : null);
        db.Tell(new MatchesDecided(ids, [.. pairs.SelectMany(pair => (PersonId[])[pair.One, pair.Other]).Distinct()], different ? "different" : "open"), VietnameseText.Clean(reason));
        await db.SaveChangesAsync(ct);
    }
}
