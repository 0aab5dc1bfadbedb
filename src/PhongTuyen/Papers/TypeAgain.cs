using PhongTuyen.Data;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>
/// A second volunteer types a paper of the sample, from the paper alone: neither what the first one wrote nor whether it is the same is shown to them. Typed once, it is not corrected:
/// what differs is decided by the unit.
/// </summary>
public sealed class TypeAgain(Db db, PaperReader reader, PaperSeals seals)
{
    /// <param name="Entry">The paper.</param>
    /// <param name="Unclear">It cannot be read: then nothing is compared.</param>
    public sealed record Input(Guid Intent, Guid Batch, Guid Entry, bool Unclear, PaperContent Paper, bool AsOnPaper);

    /// <param name="No">As it stands on the corner of the paper.</param>
    /// <param name="File">What the file is from which it was typed; null: it was typed from the paper.</param>
    public sealed record Due(Guid Entry, int No, FileKind? File);

    public Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "papers.again", input, () => TypeAsync(input, ct), ct);

    private async Task<Outcome<Nothing>> TypeAsync(Input input, CancellationToken ct)
    {
        if (await BatchAsync(input.Batch, ct) is null) return Refusals.NotFound();
        if (!input.Unclear)
        {
            if (input.Paper.Empty) return Problems.Empty();
            if (!input.AsOnPaper && await reader.ReadAsync(input.Paper, asOnPaper: false, ct) is { Done: false } read) return read.Problems.ToList();
        }
        if (await db.Connection.ValueAsync<byte[]>("SELECT pt.paper_to_compare($1)", ct, input.Entry) is not { } first) return Problems.TypedAgain();
        var paper = TypePaper.Cleaned(input.Paper);
        var (compared, fields) = input.Unclear ? (0, []) : PaperCompare.Of(seals.Open(input.Entry, first), paper, db.Clock.Today());
        await db.Connection.RunAsync("SELECT pt.paper_typed_again($1, $2, $3, $4, $5, $6)", ct, input.Entry, seals.SealAgain(input.Entry, paper), (short)(input.Unclear ? 3 : 2), (short)compared, fields.ToArray(), db.Clock.GetUtcNow());
        db.Tell(new PaperTypedAgain(input.Entry, input.Batch));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    /// <summary>One whose sample is the visitor's to type.</summary>
    public async Task<PaperBatch?> BatchAsync(Guid id, CancellationToken ct) =>
        await db.FindAsync<PaperBatch>([id], ct) is { ClosedAt: null } batch && batch.SecondAccountId == db.Visitor!.Account ? batch : null;

    /// <summary>What is to be typed again now, in the order of the pile.</summary>
    public Task<List<Due>> DueAsync(Guid batch, CancellationToken ct) => db.Connection.RowsAsync("SELECT entry_id, no, file_kind FROM pt.papers_again($1)", r => new Due(r.GetGuid(0), r.GetInt32(1), (FileKind?)r.Maybe<short>(2)), ct, batch);
}
