using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>Takes rows through the targets: reading and checking for the preview, writing in batches, undoing.</summary>
public sealed class ImportEngine(Db db, ImportRows rows, IEnumerable<IImportTarget> targets, BlindIndex index, TimeProvider clock)
{
    /// <summary>Rows that are written in one transaction.</summary>
    public const int Batch = 500;

    private readonly IReadOnlyList<IImportTarget> order = [.. targets.OrderBy(target => target.Order)];

    /// <summary>Reads every row and compares it with what is known, in the file and in the database. Nothing is written but the verdicts.</summary>
    public async Task CheckAsync(ImportRun run, CancellationToken ct)
    {
        var (context, mapping) = ContextOf(run);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var findings = 0;
        for (var after = 0; ;)
        {
            var batch = (await rows.ReadAsync(run.Id, after, 2000, null, ct)).ConvertAll(stored => RowOf(run, mapping, stored));
            if (batch.Count == 0) break;
            after = batch[^1].Number;
            await JudgeAsync(context, batch, ct);
            // The same row twice in one file: the first one stands.
            foreach (var row in batch.Where(row => row.Verdict == RowVerdict.Ready))
                if (!seen.Add(Convert.ToHexString(row.Key))) row.Verdict = RowVerdict.Duplicate;
            findings += batch.Where(row => row.Verdict == RowVerdict.Ready).Sum(row => row.Findings.Count);
            await rows.WriteAsync(run.Id, batch, ct);
        }
        var counts = await rows.CountAsync(run.Id, ct);
        (run.State, run.Read, run.Accepted, run.Duplicate, run.Rejected, run.Findings, run.Progress) = (ImportState.Checked, counts.Read, counts.Ready, counts.Duplicate, counts.Rejected, findings, 0);
        db.Tell(new ImportUploaded(run.Id, counts.Read));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Writes the next rows, in this transaction. False when none is left.</summary>
    /// <param name="most">Fewer after a fault, down to one: so one bad row hurts no other.</param>
    public async Task<bool> CommitAsync(ImportRun run, int most, CancellationToken ct)
    {
        var (context, mapping) = ContextOf(run);
        var batch = (await rows.ReadAsync(run.Id, 0, most, RowVerdict.Ready, ct)).ConvertAll(stored => RowOf(run, mapping, stored));
        if (batch.Count == 0) return false;
        await JudgeAsync(context, batch, ct); // what was new at the preview may be known by now
        var ready = batch.Where(row => row.Verdict == RowVerdict.Ready).ToList();
        foreach (var target in order) await target.WriteAsync(context, ready, ct);
        foreach (var row in ready) row.Verdict = RowVerdict.Accepted;
        await rows.WriteAsync(run.Id, batch, ct);
        run.Progress += batch.Count;
        db.Tell(new ImportCommitted(run.Id, ready.Count, [.. ready.Select(row => row.Person)]));
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>The one row that the database refuses even alone is rejected, with that as its reason.</summary>
    public async Task RejectNextAsync(ImportRun run, CancellationToken ct)
    {
        var (_, mapping) = ContextOf(run);
        var row = RowOf(run, mapping, (await rows.ReadAsync(run.Id, 0, 1, RowVerdict.Ready, ct))[0]);
        row.Reject(Problems.RowFailed());
        await rows.WriteAsync(run.Id, [row], ct);
    }

    public async Task FinishAsync(ImportRun run, CancellationToken ct)
    {
        var counts = await rows.CountAsync(run.Id, ct);
        (run.State, run.FinishedAt, run.Read, run.Accepted, run.Duplicate, run.Rejected) = (ImportState.Done, clock.GetUtcNow(), counts.Read, counts.Accepted, counts.Duplicate, counts.Rejected);
        run.Findings = await db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.person_finding WHERE import_id = $1", ct, run.Id.Value);
        db.Tell(new ImportCommitted(run.Id, 0, []));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Takes everything away again, in one transaction. Refused where something later depends on it.</summary>
    public async Task<Outcome<Nothing>> UndoAsync(ImportRun run, CancellationToken ct)
    {
        var (context, _) = ContextOf(run);
        var depends = new List<string>();
        foreach (var target in order)
            foreach (var (what, many) in await target.DependsAsync(context, ct)) depends.Add($"{what}: {many}");
        if (depends.Count > 0) return Problems.DependedOn(string.Join(", ", depends));
        var persons = await db.Connection.RowsAsync("SELECT DISTINCT person_id FROM pt.import_row WHERE import_id = $1 AND verdict = 1", r => new PersonId(r.GetGuid(0)), ct, run.Id.Value);
        foreach (var target in order.Reverse()) await target.UndoAsync(context, ct);
        await db.Connection.RunAsync("UPDATE pt.import_row SET verdict = 4, person_id = NULL WHERE import_id = $1 AND verdict = 1", ct, run.Id.Value);
        (run.State, run.UndoneAt, run.UndoneBy) = (ImportState.Undone, clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new ImportWasUndone(run.Id, run.Accepted, persons));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }

    private async Task JudgeAsync(ImportContext context, List<ImportedRow> batch, CancellationToken ct)
    {
        foreach (var row in batch)
        {
            foreach (var target in order) target.Read(context, row);
            row.Key = index.Of("import-row", string.Join('\u001f', [context.List, .. row.Identity]));
            if (row.Problems.Count > 0) row.Verdict = RowVerdict.Rejected;
        }
        var known = await rows.KnownAsync(context.Id, batch.Where(row => row.Verdict == RowVerdict.Ready).Select(row => row.Key), ct);
        foreach (var row in batch.Where(row => row.Verdict == RowVerdict.Ready && known.Contains(Convert.ToHexStringLower(row.Key)))) row.Verdict = RowVerdict.Duplicate;
        foreach (var target in order) await target.CompareAsync(context, batch.FindAll(row => row.Verdict == RowVerdict.Ready), ct);
    }

    private (ImportContext, Mapping) ContextOf(ImportRun run)
    {
        var mapping = JsonSerializer.Deserialize<Mapping>(run.Mapping, Mapping.Json)!;
        return (new ImportContext(db, run.Id, run.UnitId, run.Area, mapping.AsOf ?? run.CreatedAt.LocalDay(), clock.Today(), mapping.List), mapping);
    }

    private static ImportedRow RowOf(ImportRun run, Mapping mapping, ImportRows.Stored stored)
    {
        var values = new Dictionary<string, string>(mapping.Constants, StringComparer.Ordinal);
        for (var i = 0; i < run.Headers.Length && i < stored.Cells.Length; i++)
        {
            if (stored.Cells[i].Length == 0 || !mapping.Columns.TryGetValue(run.Headers[i], out var field)) continue;
            values[field] = mapping.Values.TryGetValue(field, out var words) && words.FirstOrDefault(pair => VietnameseText.ToneKey(pair.Key) == VietnameseText.ToneKey(stored.Cells[i])).Value is { } word ? word : stored.Cells[i];
        }
        return new ImportedRow(stored.Number, values) { Mapped = mapping.Fields };
    }
}
