using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>The unit looks at a paper that two people typed differently, and decides which value holds. What holds of the second goes into the entry, unless it was taken into the register already.</summary>
public sealed class DecidePaper(Db db, BatchesList batches, PaperSeals seals)
{
    /// <param name="Holds">By the name of the field; what is not in it stays undecided. A decision may be changed.</param>
    public sealed record Input(Guid Entry, IReadOnlyDictionary<string, PaperHolds> Holds);

    /// <param name="InRegister">The entry was taken before: the person is mended by hand, where the second one, or neither, is right.</param>
    public sealed record Decided(int Fields, PersonId? InRegister);

    public Task<Outcome<Decided>> RunAsync(Input input, CancellationToken ct) => db.WholeAsync(() => DecideAsync(input, ct), ct);

    private async Task<Outcome<Decided>> DecideAsync(Input input, CancellationToken ct)
    {
        await db.Connection.RunAsync("SELECT 1 FROM pt.paper_entry WHERE id = $1 FOR NO KEY UPDATE", ct, input.Entry);
        if (await batches.EntryOfUnitAsync(input.Entry, ct) is not { } entry) return Refusals.NotFound();
        if (await db.Connection.ValueAsync<byte[]>("SELECT content FROM pt.paper_double WHERE entry_id = $1 AND state = 2", ct, entry.Id) is not { } content) return Refusals.NotFound();
        var known = await db.Connection.RowsAsync("SELECT field, decided FROM pt.paper_difference WHERE entry_id = $1", r => (Field: r.GetString(0), Holds: (PaperHolds?)r.Maybe<short>(1)), ct, entry.Id);
        var fresh = known.Where(one => input.Holds.TryGetValue(one.Field, out var holds) && Enum.IsDefined(holds) && holds != one.Holds).Select(one => (one.Field, Holds: input.Holds[one.Field])).ToList();
        if (fresh.Count == 0) return new Decided(0, null);
        await db.Connection.RunAsync("UPDATE pt.paper_difference d SET decided = x.holds, decided_at = $4, decided_by = $5 FROM unnest($2::text[], $3::smallint[]) x(field, holds) WHERE d.entry_id = $1 AND d.field = x.field", ct,
            entry.Id, fresh.Select(one => one.Field).ToArray(), fresh.Select(one => (short)one.Holds).ToArray(), db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        var second = fresh.Where(one => one.Holds == PaperHolds.Second).Select(one => one.Field).ToList();
        if (second.Count > 0 && entry.State != PaperState.Taken && content.Length > 0) Mend(entry, seals.OpenAgain(entry.Id, content), second);
        db.Tell(new PaperDecided(entry.Id, fresh.Count));
        await db.SaveChangesAsync(ct);
        return new Decided(fresh.Count, fresh.Exists(one => one.Holds != PaperHolds.First) ? entry.PersonId : null);
    }

    private void Mend(PaperEntry entry, PaperContent second, IEnumerable<string> fields)
    {
        var paper = seals.Open(entry);
        foreach (var field in fields) paper = PaperCompare.Parts.First(part => part.Name == field).Take(paper, second);
        (entry.Content, entry.NumberIndex) = (seals.Seal(entry.Id, paper), seals.NumberIndex(entry.BatchId, paper.Number));
    }
}
