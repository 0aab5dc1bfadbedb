using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;

namespace PhongTuyen.Papers;

/// <summary>Staff of the unit settles what was typed: takes it into the register as if they had typed it themselves, finds that somebody is there already, or sends it back.</summary>
public sealed class TakePaper(Db db, BatchesList batches, PaperReader reader, PaperSeals seals, EnterPerson enter)
{
    /// <summary>So many of a batch are taken at one press, and so many are looked at for that.</summary>
    public const int MostAtOnce = 100, MostTried = 500;

    /// <param name="BaseVersion">The version that the page showed.</param>
    /// <param name="Corrected">As the unit corrected it; null: as it was typed.</param>
    /// <param name="AnotherPerson">The person of the same number was looked at and is somebody else.</param>
    public sealed record Input(Guid Entry, int BaseVersion, PaperContent? Corrected, bool AsOnPaper, bool AnotherPerson);

    /// <param name="Problems">Why it was not taken. Nothing is lost: the entry waits, or stands among the duplicates.</param>
    public sealed record Taken(PaperState State, PersonId? Person, IReadOnlyList<Problem> Problems);

    internal const string AllKind = "papers.take-list";

    /// <param name="Person">Who was made of it; null: somebody with its number is there already.</param>
    /// <param name="Version">Of the paper, as this act left it, and of the person.</param>
    public sealed record One(Guid Entry, int Version, PersonId? Person, int PersonVersion);

    /// <param name="Papers">Those that were settled, from which they can be taken back (<see cref="TakeBackPapers"/>).</param>
    /// <param name="Left">Still waiting.</param>
    public sealed record TakenAll(Guid Batch, IReadOnlyList<One> Papers, int Left)
    {
        public int Taken => Papers.Count(one => one.Person is not null);
        public int Duplicate => Papers.Count - Taken;
    }

    public async Task<Outcome<Taken>> RunAsync(Input input, CancellationToken ct) =>
        input.Corrected is { } corrected && Inputs.Faults(corrected, db.Clock.Today()) is { Count: > 0 } faults ? faults : await db.WholeAsync(() => TakeAsync(input, ct), ct);

    private async Task<Outcome<Taken>> TakeAsync(Input input, CancellationToken ct)
    {
        // Two of the unit at once: the second sees what the first has done.
        await db.Connection.RunAsync("SELECT 1 FROM pt.paper_entry WHERE id = $1 FOR NO KEY UPDATE", ct, input.Entry);
        if (await batches.EntryOfUnitAsync(input.Entry, ct) is not { } entry) return Refusals.NotFound();
        if (entry.State == PaperState.Taken) return new Taken(PaperState.Taken, entry.PersonId, []);
        if (entry.Version != input.BaseVersion) return Refusals.Changed();
        var known = seals.Open(entry);
        var paper = input.Corrected is { } corrected ? TypePaper.Cleaned(corrected) with { Note = known.Note, Returned = known.Returned } : known;
        var read = await reader.ReadAsync(paper, input.AsOnPaper, ct);
        if (!read.Done) return new Taken(entry.State, null, read.Problems);
        var (person, documents, phones, addresses) = read.Value;
        var entered = await enter.RunAsync(new EnterPerson.Input(db.Clock.New<PersonId>(), person, documents, phones, addresses, input.AnotherPerson), ct);
        if (!entered.Done) db.ChangeTracker.Clear();
        if ((entry = await batches.EntryOfUnitAsync(input.Entry, ct)) is null) return Refusals.NotFound();
        var duplicate = !entered.Done && (entered.Problem.Code == PhongTuyen.People.Problems.SameNumber(default).Code || entered.Problem.Code == PhongTuyen.People.Problems.SameNumberElsewhere().Code);
        if (entered.Done || duplicate)
        {
            Settle(entry, duplicate ? PaperState.Duplicate : PaperState.Taken, entered.Done ? entered.Value : null);
            if (input.Corrected is not null) (entry.Content, entry.NumberIndex) = (seals.Seal(entry.Id, paper), seals.NumberIndex(entry.BatchId, paper.Number));
            await db.SaveChangesAsync(ct);
        }
        return new Taken(entry.State, entry.PersonId, [.. entered.Problems.Select(PaperReader.AtPaper)]);
    }

    /// <summary>Takes every one that waits and can be read; of those whose number is known it says that they are there already. The others go on waiting, each with its fault.</summary>
    public Task<Outcome<TakenAll>> AllAsync(Guid intent, Guid batch, CancellationToken ct) => db.OnceAsync(intent, AllKind, batch, async () =>
    {
        if (await batches.OfUnitAsync(batch, ct) is null) return Refusals.NotFound();
        var waiting = await db.Connection.RowsAsync("SELECT id, version FROM pt.paper_entry WHERE batch_id = $1 AND state = 1 ORDER BY no LIMIT $2", r => (Id: r.GetGuid(0), Version: r.GetInt32(1)), ct, batch, MostTried);
        var settled = new List<One>();
        foreach (var (id, version) in waiting)
        {
            if (settled.Count == MostAtOnce) break;
            var outcome = await RunAsync(new Input(id, version, null, false, false), ct);
            if (!outcome.Done) continue; // somebody else has it in hand
            if (outcome.Value.State is PaperState.Taken or PaperState.Duplicate) settled.Add(await SettledAsync(id, outcome.Value.Person, ct));
            else if (outcome.Value.Problems.Any(problem => problem.Code == PhongTuyen.People.Problems.TooManyNumbers().Code)) break;
        }
        return (Outcome<TakenAll>)new TakenAll(batch, settled, (await batches.CountsAsync(batch, ct)).Waiting);
    }, ct);

    private async Task<One> SettledAsync(Guid entry, PersonId? person, CancellationToken ct) =>
        (await db.Connection.RowAsync("SELECT e.version, coalesce((SELECT p.version FROM pt.person p WHERE p.id = e.person_id), 0) FROM pt.paper_entry e WHERE e.id = $1", r => new One(entry, r.GetInt32(0), person, r.GetInt32(1)), ct, entry))!;

    /// <param name="Why">What who typed it is told: look at the paper again, ask whoever wrote it.</param>
    public sealed record Back(Guid Entry, int BaseVersion, [property: Most(200)] string? Why);

    /// <summary>Sends it back to who typed it (trả lại).</summary>
    public Task<Outcome<Nothing>> ReturnAsync(Back input, CancellationToken ct) => SettleAsync(input.Entry, input.BaseVersion, entry =>
    {
        if (Inputs.TooLong("why", input.Why, 200) is { } tooLong) return tooLong;
        if (VietnameseText.Clean(input.Why) is not { } why) return Refusals.Required("why");
        Settle(entry, PaperState.Unclear, null);
        entry.Content = seals.Seal(entry.Id, seals.Open(entry) with { Returned = why });
        entry.Returns++;
        return null;
    }, ct, () => db.Connection.RunAsync("SELECT pt.tell_of_returned($1, 'notice.papers-returned', '/desk/papers/queue', $2)", ct, input.Entry, db.Clock.GetUtcNow()));

    /// <summary>Somebody of the unit knows that the person is in the register.</summary>
    public Task<Outcome<Nothing>> DuplicateAsync(Guid id, int version, CancellationToken ct) => SettleAsync(id, version, entry =>
    {
        Settle(entry, PaperState.Duplicate, null);
        return null;
    }, ct);

    /// <param name="tell">Once it is written.</param>
    private Task<Outcome<Nothing>> SettleAsync(Guid id, int version, Func<PaperEntry, Problem?> settle, CancellationToken ct, Func<Task>? tell = null) => db.WholeAsync<Nothing>(async () =>
    {
        await db.Connection.RunAsync("SELECT 1 FROM pt.paper_entry WHERE id = $1 FOR NO KEY UPDATE", ct, id);
        if (await batches.EntryOfUnitAsync(id, ct) is not { } entry) return Refusals.NotFound();
        if (entry.State == PaperState.Taken) return Problems.Settled();
        if (entry.Version != version) return Refusals.Changed();
        if (settle(entry) is { } fault) return fault;
        await db.SaveChangesAsync(ct);
        if (tell is not null) await tell();
        return Nothing.Value;
    }, ct);

    private void Settle(PaperEntry entry, PaperState state, PersonId? person)
    {
        (entry.State, entry.PersonId, entry.SettledAt, entry.SettledBy) = (state, person, db.Clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new PaperSettled(entry.Id, state, person));
    }
}
