using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>
/// A volunteer types one paper of a batch that was given to them, or corrects one of their own that waits. They are told what of it cannot be read, and whether its number was typed
/// before among these papers; of the register they are told nothing.
/// </summary>
public sealed class TypePaper(Db db, PaperReader reader, PaperSeals seals)
{
    /// <param name="Intent">Made by the sender; of a new entry its id as well.</param>
    /// <param name="Entry">Null: a new one.</param>
    /// <param name="Unclear">The paper cannot be read: kept with what could be.</param>
    /// <param name="AsOnPaper">It was looked at again: the paper says so.</param>
    public sealed record Input(Guid Intent, Guid Batch, Guid? Entry, int BaseVersion, bool Unclear, PaperContent Paper, bool AsOnPaper)
    {
        /// <summary>Of a new one: from which file it is typed; null: from a paper in hand.</summary>
        public Guid? File { get; init; }
    }

    /// <param name="No">To be written on the corner of the paper.</param>
    public sealed record Typed(Guid Entry, int No);

    public Task<Outcome<Typed>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "papers.type", input, () => TypeAsync(input, ct), ct);

    private async Task<Outcome<Typed>> TypeAsync(Input input, CancellationToken ct)
    {
        if (await BatchAsync(input.Batch, ct) is not { } batch) return Refusals.NotFound();
        var faults = await FaultsAsync(input, ct);
        if (faults.Count > 0) return faults;
        // Two windows at once: the second takes the next number.
        await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended('paper' || $1::text, 0))", ct, batch.Id);
        var entry = input.Entry is { } id ? await OwnAsync(batch.Id, id, ct) : null;
        if (entry is null && input.Entry is not null) return Refusals.NotFound();
        if (entry is not null && entry.Version != input.BaseVersion) return Refusals.Changed();
        var (before, next) = await db.Connection.RowAsync("SELECT typed, next FROM pt.paper_progress($1)", r => (r.GetInt32(0), r.GetInt32(1)), ct, batch.Id);
        if (entry is null && before >= PaperBatch.PapersMost) return Problems.Full(PaperBatch.PapersMost);
        if (entry is null && input.File is { } file && !await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.paper_file WHERE id = $1 AND batch_id = $2)", ct, file, batch.Id)) return Problems.FileGone();
        var returned = entry is null || !input.Unclear ? null : seals.Open(entry).Returned;
        if (entry is null) db.Add(entry = new PaperEntry { Id = input.Intent, BatchId = batch.Id, AccountId = db.Visitor!.Account, No = next, FileId = input.File });
        entry.State = input.Unclear ? PaperState.Unclear : PaperState.Waiting;
        entry.Content = seals.Seal(entry.Id, Cleaned(input.Paper) with { Returned = returned });
        (entry.NumberIndex, entry.TypedAt) = (seals.NumberIndex(batch.Id, input.Paper.Number), db.Clock.GetUtcNow());
        db.Tell(new PaperTyped(entry.Id, batch.Id, entry.State));
        await db.SaveChangesAsync(ct);
        return new Typed(entry.Id, entry.No);
    }

    private async Task<List<Problem>> FaultsAsync(Input input, CancellationToken ct)
    {
        if (input.Unclear) return [];
        if (input.Paper.Empty) return [Problems.Empty()];
        if (input.AsOnPaper) return [];
        var read = await reader.ReadAsync(input.Paper, asOnPaper: false, ct);
        List<Problem> faults = [.. read.Problems];
        if (seals.AnyNumberIndex(input.Batch, input.Paper.Number) is { Length: > 0 } numbers
            && await db.Connection.ValueAsync<bool>("SELECT pt.paper_number_typed($1, $2, $3)", ct, input.Batch, numbers, input.Entry)) faults.Add(Problems.NumberTyped());
        return faults;
    }

    /// <summary>One that is the visitor's to type now. What a clerk may read of other batches is not therefore theirs to type.</summary>
    public async Task<PaperBatch?> BatchAsync(Guid id, CancellationToken ct) =>
        await db.FindAsync<PaperBatch>([id], ct) is { ClosedAt: null } batch && batch.AccountId == db.Visitor!.Account ? batch : null;

    /// <summary>An own entry that waits, or was sent back. Not one that was typed a second time: what the unit decided of it is not written over.</summary>
    public async Task<PaperEntry?> OwnAsync(Guid batch, Guid id, CancellationToken ct) =>
        await db.FindAsync<PaperEntry>([id], ct) is { State: PaperState.Waiting or PaperState.Unclear } entry && entry.BatchId == batch && entry.AccountId == db.Visitor!.Account
        && !await db.Connection.ValueAsync<bool>("SELECT pt.paper_compared($1)", ct, id) ? entry : null;

    internal static PaperContent Cleaned(PaperContent paper) => paper with
    {
        Name = VietnameseText.Clean(paper.Name), Birth = VietnameseText.Clean(paper.Birth), Number = VietnameseText.Clean(paper.Number), Phone = VietnameseText.Clean(paper.Phone), AreaText = VietnameseText.Clean(paper.AreaText),
        Hamlet = VietnameseText.Clean(paper.Hamlet), Line = VietnameseText.Clean(paper.Line), Came = VietnameseText.Clean(paper.Came), Reason = VietnameseText.Clean(paper.Reason), Note = VietnameseText.Clean(paper.Note),
    };
}
