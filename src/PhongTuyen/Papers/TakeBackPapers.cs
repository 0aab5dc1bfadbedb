using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>
/// Takes papers back out of the register that the visitor took into it at one press: the papers wait again, the persons who were made of them go. All or none; not where something was written
/// about one of the persons since, or the paper itself was settled anew.
/// </summary>
public sealed class TakeBackPapers(Db db, BatchesList batches, Words words)
{
    /// <param name="Of">The intent with which they were taken.</param>
    public sealed record Input(Guid Intent, Guid Of, string Reason);

    private const string Kind = "papers.take-back-list";

    /// <summary>Presses of the visitor's own in a batch that can still be taken back.</summary>
    public Task<List<OwnAct>> MineAsync(Guid batch, CancellationToken ct) => db.OwnActsAsync<TakePaper.TakenAll>(TakePaper.AllKind, Kind, taken => taken.Batch == batch ? taken.Papers.Count : null, ct);

    /// <returns>How many wait again. What depends is named by its paper in <see cref="Problem.Field"/>.</returns>
    public Task<Outcome<TakenBack>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, Kind, input, async () =>
    {
        if (await db.AnsweredAsync<TakePaper.TakenAll>(input.Of, TakePaper.AllKind, ct) is not { } taken) return Refusals.NotFound();
        var later = await LaterAsync(taken, ct);
        var (batch, persons, depends) = (Guid.Empty, new List<PersonId>(), new List<Problem>());
        foreach (var one in taken.Papers)
        {
            if (await batches.EntryOfUnitAsync(one.Entry, ct) is not { } entry) return Refusals.NotFound();
            batch = entry.BatchId;
            if (entry.Version != one.Version) depends.Add(Refusals.ChangedSince().At(one.Entry.ToString()));
            else if (one.Person is { } person && later.GetValueOrDefault(person) is { } what) depends.Add(Problems.WentOn(what).At(one.Entry.ToString()));
            else if (one.Person is { } made) persons.Add(made);
            (entry.State, entry.PersonId, entry.SettledAt, entry.SettledBy) = (PaperState.Waiting, null, null, null);
        }
        if (depends.Count > 0) return (List<Problem>)[Refusals.DependsOn(depends.Count), .. depends];
        db.Tell(new PapersTakenBack(batch, taken.Papers.Count, persons), VietnameseText.Clean(input.Reason));
        await db.SaveChangesAsync(ct);
        if (await db.Connection.RunAsync("DELETE FROM pt.person WHERE id = ANY ($1)", ct, (object)persons.Select(person => person.Value).ToArray()) != persons.Count) return Refusals.NotFound();
        return (Outcome<TakenBack>)new TakenBack(input.Of, taken.Papers.Count);
    }, ct);

    /// <summary>What was written about each person since, in words; who was corrected, or is not to be seen any more, counts too.</summary>
    private async Task<Dictionary<PersonId, string>> LaterAsync(TakePaper.TakenAll taken, CancellationToken ct)
    {
        var made = taken.Papers.Where(one => one.Person is not null).ToDictionary(one => one.Person!.Value, one => one.PersonVersion);
        var ids = made.Keys.Select(person => person.Value).ToArray();
        // Whoever writes about one of them at this moment is waited for, and counts; whoever comes later waits, and finds nobody.
        var versions = (await db.Connection.RowsAsync("SELECT id, version FROM pt.person WHERE id = ANY ($1) ORDER BY id FOR UPDATE", r => (Id: new PersonId(r.GetGuid(0)), Version: r.GetInt32(1)), ct, (object)ids)).ToDictionary(one => one.Id, one => one.Version);
        var later = (await db.Connection.RowsAsync("SELECT person_id, what, many FROM pt.later_of_persons($1) ORDER BY 1, 2", r => (Person: new PersonId(r.GetGuid(0)), What: r.GetString(1), Many: r.GetInt32(2)), ct, (object)ids))
            .ConvertAll(one => (one.Person, Said: $"{words.Say(db.Visitor!.Language, "depends." + one.What)}: {Words.Show(one.Many)}"));
        later.AddRange(made.Where(one => versions.GetValueOrDefault(one.Key) != one.Value).Select(one => (one.Key, words.Say(db.Visitor!.Language, "depends.person"))));
        return later.GroupBy(one => one.Item1).ToDictionary(of => of.Key, of => string.Join(", ", of.Select(one => one.Item2)));
    }
}
