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

    /// <returns>How many were changed.</returns>
    public Task<Outcome<int>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "matches.decide", input, async () =>
    {
        var ids = input.Ids.Distinct().ToArray();
        if (ids.Length is 0 or > Most) return Problems.ChooseMatches(Most);
        var pairs = await db.Connection.RowsAsync("SELECT m.id, m.person_id, m.other_id, m.state FROM pt.person_match m JOIN pt.person p ON p.id = m.person_id JOIN pt.person o ON o.id = m.other_id WHERE m.id = ANY ($1) ORDER BY m.id FOR UPDATE OF m",
            r => (Id: r.GetGuid(0), One: new PersonId(r.GetGuid(1)), Other: new PersonId(r.GetGuid(2)), State: (MatchState)r.GetInt16(3)), ct, ids);
        // One that is not there or not the visitor's refuses all: half of a choice is no answer.
        if (pairs.Count != ids.Length) return Refusals.NotFound();
        foreach (var person in pairs.SelectMany(pair => (PersonId[])[pair.One, pair.Other]).Distinct())
            if (!await db.TiedAsync(person, ct)) return OnlySeen.Problem();
        var (from, to) = input.Different ? (MatchState.Open, MatchState.Different) : (MatchState.Different, MatchState.Open);
        var changing = pairs.FindAll(pair => pair.State == from);
        await db.Connection.RunAsync("UPDATE pt.person_match SET state = $2, decided_at = $3, decided_by = $4, reason = $5 WHERE id = ANY ($1)", ct, changing.Select(pair => pair.Id).ToArray(), (short)to,
            input.Different ? db.Clock.GetUtcNow() : null, input.Different ? db.Visitor!.Account.Value : null, input.Different ? VietnameseText.Clean(input.Reason) : null);
        db.Tell(new MatchesDecided([.. changing.Select(pair => pair.Id)], [.. changing.SelectMany(pair => (PersonId[])[pair.One, pair.Other]).Distinct()], input.Different ? "different" : "open"), VietnameseText.Clean(input.Reason));
        await db.SaveChangesAsync(ct);
        return (Outcome<int>)changing.Count;
    }, ct);
}
