using System.Security.Cryptography;
using PhongTuyen.Data;
using PhongTuyen.Formats.Files;
using PhongTuyen.Kernel;

namespace PhongTuyen.Papers;

/// <summary>A unit adds scans and photographs of its papers to a batch, many at once; each is answered for, and none that is refused keeps another out.</summary>
public sealed class AddPaperFiles(Db db, BatchesList batches, PaperSeals seals, PaperSettings settings)
{
    /// <param name="Files">In the order in which they shall be typed.</param>
    public sealed record Input(Guid Intent, Guid Batch, IReadOnlyList<byte[]> Files);

    /// <param name="Position">Where it stands among the files of the batch; of one that is there already, where that stands. Null: refused.</param>
    /// <param name="Problem">Why it was refused; null: it was not.</param>
    public sealed record One(int? Position, bool Duplicate, Problem? Problem);

    /// <param name="Files">One for each that was sent, in their order: accepted + duplicate + refused = sent.</param>
    public sealed record Added(IReadOnlyList<One> Files)
    {
        public int Accepted => Files.Count(one => one is { Problem: null, Duplicate: false });
        public int Duplicate => Files.Count(one => one.Duplicate);
        public int Refused => Files.Count(one => one.Problem is not null);
    }

    // What was sent is told apart by its digests: the bytes themselves are too many to be written twice.
    private sealed record Sent(Guid Batch, IReadOnlyList<string> Digests);

    public Task<Outcome<Added>> RunAsync(Input input, CancellationToken ct) =>
        db.OnceAsync(input.Intent, "papers.add-files", new Sent(input.Batch, [.. input.Files.Select(DigestOf)]), () => AddAsync(input, ct), ct);

    internal static string DigestOf(byte[] file) => Convert.ToHexString(SHA256.HashData(file));

    private async Task<Outcome<Added>> AddAsync(Input input, CancellationToken ct)
    {
        if (await batches.OfUnitAsync(input.Batch, ct) is not { } batch) return Refusals.NotFound();
        if (batch.ClosedAt is not null) return Problems.Closed();
        if (input.Files.Count == 0) return Refusals.Required("files");
        // The row is locked with this: two who send at once get numbers one behind the other.
        var last = await db.Connection.ValueAsync<int>("UPDATE pt.paper_batch SET files = files + $2 WHERE id = $1 RETURNING files", ct, batch.Id, input.Files.Count) - input.Files.Count;
        var count = await db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.paper_file WHERE batch_id = $1", ct, batch.Id);
        var done = new List<One>();
        foreach (var file in input.Files)
        {
            var one = await AddAsync(batch.Id, last + done.Count + 1, count, file, ct);
            if (one is { Problem: null, Duplicate: false }) count++;
            done.Add(one);
        }
        var added = new Added(done);
        if (added.Accepted > 0) db.Tell(new PaperFilesAdded(batch.Id, added.Accepted));
        await db.SaveChangesAsync(ct);
        return added;
    }

    private async Task<One> AddAsync(Guid batch, int no, int count, byte[] file, CancellationToken ct)
    {
        if (SentFile.Fault(file, settings.FileMegabytes) is { } fault) return new One(null, false, fault);
        var digest = DigestOf(file);
        if (await db.Connection.ValueAsync<int?>("SELECT (SELECT count(*)::int FROM pt.paper_file b WHERE b.batch_id = f.batch_id AND b.no <= f.no) FROM pt.paper_file f WHERE f.batch_id = $1 AND f.print = ANY ($2) LIMIT 1", ct,
            batch, seals.AnyFilePrint(batch, digest)) is { } same) return new One(same, true, null);
        if (count >= settings.FilesMost) return new One(null, false, Problems.TooManyFiles(settings.FilesMost));
        var id = db.Clock.NewGuid();
        await db.Connection.RunAsync("INSERT INTO pt.paper_file (id, batch_id, no, kind, bytes, print, content, entered_at, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", ct,
            id, batch, no, (short)SentFile.KindOf(file)!.Value, file.Length, seals.FilePrint(batch, digest), seals.SealFile(id, file), db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        return new One(count + 1, false, null);
    }

    /// <summary>Takes a file out again, as long as nobody typed from it.</summary>
    public Task<Outcome<Nothing>> TakeOutAsync(Guid batch, Guid file, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await batches.OfUnitAsync(batch, ct) is null) return Refusals.NotFound();
        // Nobody types from it meanwhile.
        await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended('paper' || $1::text, 0))", ct, batch);
        if (await db.Connection.ValueAsync<int?>("SELECT papers FROM pt.paper_file WHERE id = $1 AND batch_id = $2", ct, file, batch) is not { } papers) return Refusals.NotFound();
        if (papers > 0) return Problems.FileTyped();
        db.Tell(new PaperFileTakenOut(batch, file));
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("DELETE FROM pt.paper_file WHERE id = $1", ct, file);
        return Nothing.Value;
    }, ct);
}
