using System.Security.Cryptography;
using System.Text;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>Takes rows through the targets: reading and checking for the preview, writing in batches, undoing.</summary>
public sealed class ImportEngine(Db db, ImportRows rows, IEnumerable<IImportTarget> targets, ImportAnswers answers, BlindIndex index, TimeProvider clock)
{
    /// <summary>Rows that are written in one transaction.</summary>
    public const int Batch = 1000;

    private readonly IReadOnlyList<IImportTarget> order = [.. targets.OrderBy(target => target.Order)];

    /// <summary>Reads every row and compares it with what is known, in the file and in the database. Nothing is written but the verdicts.</summary>
    public async Task CheckAsync(ImportRun run, CancellationToken ct)
    {
        var check = new ImportCheck();
        for (var after = 0; await JudgeNextAsync(run, check, after, ct) is { } judged; after = judged[^1].Number) await ShowAsync(run, check, judged, ct);
        await CheckedAsync(run, check, ct);
    }

    /// <summary>Judges the next rows behind a number. Null when none is left.</summary>
    public async Task<IReadOnlyList<ImportedRow>?> JudgeNextAsync(ImportRun run, ImportCheck check, int after, CancellationToken ct)
    {
        var (context, mapping) = ContextOf(run);
        var batch = (await rows.ReadAsync(run.Id, after, 2 * Batch, null, ct)).ConvertAll(stored => RowOf(run, mapping, stored));
        if (batch.Count == 0) return null;
        Read(context, batch, check.Seen);
        await CompareAsync(context with { Owners = check.Owners }, batch, ct);
        foreach (var kind in batch.Where(row => row.Verdict == RowVerdict.Ready).SelectMany(row => row.Findings)) check.Findings[kind] = check.Findings.GetValueOrDefault(kind) + 1;
        return batch;
    }

    /// <summary>Finds what a person should look at in rows that are judged, and keeps the verdicts.</summary>
    public async Task<bool> ShowAsync(ImportRun run, ImportCheck check, IReadOnlyList<ImportedRow> judged, CancellationToken ct)
    {
        var (context, _) = ContextOf(run);
        foreach (var target in order) await target.ShowAsync(context, [.. judged.Where(row => row.Verdict == RowVerdict.Ready)], ct);
        await rows.WriteAsync(run.Id, judged, ct);
        await ProgressAsync(run.Id, check.Add(judged.Count), ct);
        return true;
    }

    /// <summary>Says what the check found.</summary>
    public async Task<bool> CheckedAsync(ImportRun run, ImportCheck check, CancellationToken ct)
    {
        var counts = await rows.CountAsync(run.Id, ct);
        (run.State, run.Read, run.Accepted, run.Duplicate, run.Rejected, run.Progress) = (ImportState.Checked, counts.Read, counts.Ready, counts.Duplicate, counts.Rejected, 0);
        run.Found(check.Findings);
        db.Tell(new ImportUploaded(run.Id, counts.Read));
        await db.SaveChangesAsync(ct);
        await SumUpAsync(run.Id, ct);
        return true;
    }

    /// <summary>What the pages say of all rows together, so that no look counts them.</summary>
    private Task<int> SumUpAsync(ImportId import, CancellationToken ct) => db.Connection.RunAsync("UPDATE pt.import_run SET faults = pt.import_faults(id), unknown_words = pt.import_unknown_words(id), finding_rows = pt.import_finding_rows(id) WHERE id = $1", ct, import.Value);

    /// <summary>How far it is, no act of its own.</summary>
    private Task<int> ProgressAsync(ImportId import, int done, CancellationToken ct) => db.Connection.RunAsync("UPDATE pt.import_run SET progress = $2 WHERE id = $1", ct, import.Value, done);

    /// <summary>The next rows behind a number that wait to be taken in.</summary>
    /// <param name="most">Fewer after a fault, down to one: so one bad row hurts no other.</param>
    public async Task<IReadOnlyList<ImportedRow>> WaitingAsync(ImportRun run, int after, int most, CancellationToken ct)
    {
        var (context, mapping) = ContextOf(run);
        var batch = (await rows.ReadAsync(run.Id, after, most, RowVerdict.Ready, ct)).ConvertAll(stored => RowOf(run, mapping, stored));
        Read(context, batch, []);
        return batch;
    }

    /// <summary>Writes these rows, in this transaction.</summary>
    public async Task<bool> CommitAsync(ImportRun run, IReadOnlyList<ImportedRow> batch, CancellationToken ct)
    {
        var (context, _) = ContextOf(run);
        await CompareAsync(context with { Writes = true }, batch, ct); // what was new at the preview may be known by now
        var ready = batch.Where(row => row.Verdict == RowVerdict.Ready).ToList();
        foreach (var target in order) await target.WriteAsync(context, ready, ct);
        foreach (var row in ready) row.Verdict = RowVerdict.Accepted;
        await rows.WriteAsync(run.Id, batch, ct);
        run.Progress += batch.Count;
        db.Tell(new ImportCommitted(run.Id, ready.Count, [.. ready.Select(row => row.Person)]));
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Goes after the next persons who were taken in. The number of their last row; null when it has caught up.</summary>
    public async Task<int?> FollowAsync(ImportRun run, CancellationToken ct)
    {
        var (context, _) = ContextOf(run);
        var (last, persons) = await rows.TakenAsync(run.Id, run.Followed, Batch, ct);
        if (last is null) return null;
        if (persons.Count > 0) foreach (var target in order) await target.FollowAsync(context, persons, ct);
        await db.Connection.RunAsync("UPDATE pt.import_run SET followed = $2 WHERE id = $1", ct, run.Id.Value, last);
        return last;
    }

    /// <summary>The one row that the database refuses even alone is rejected, with that as its reason. Answers its number.</summary>
    public async Task<int?> RejectNextAsync(ImportRun run, int after, CancellationToken ct)
    {
        if (await rows.ReadAsync(run.Id, after, 1, RowVerdict.Ready, ct) is not [var next]) return null;
        var row = RowOf(run, Mapping.Read(run.Mapping), next);
        row.Reject(Problems.RowFailed());
        await rows.WriteAsync(run.Id, [row], ct);
        await ProgressAsync(run.Id, run.Progress + 1, ct);
        return row.Number;
    }

    public async Task<bool> FinishAsync(ImportRun run, CancellationToken ct)
    {
        var counts = await rows.CountAsync(run.Id, ct);
        (run.State, run.FinishedAt, run.Read, run.Accepted, run.Duplicate, run.Rejected) = (ImportState.Done, clock.GetUtcNow(), counts.Read, counts.Accepted, counts.Duplicate, counts.Rejected);
        run.Found((await db.Connection.RowsAsync("SELECT kind, count(*)::int FROM pt.person_finding WHERE import_id = $1 GROUP BY kind", r => (Kind: r.GetString(0), N: r.GetInt32(1)), ct, run.Id.Value)).ToDictionary(pair => pair.Kind, pair => pair.N));
        db.Tell(new ImportCommitted(run.Id, 0, []));
        await db.SaveChangesAsync(ct);
        await SumUpAsync(run.Id, ct);
        foreach (var (result, rows) in new[] { ("taken", run.Accepted), ("duplicate", run.Duplicate), ("refused", run.Rejected) }) Measures.ImportRows.Add(rows, new KeyValuePair<string, object?>("result", result));
        return true;
    }

    /// <summary>It goes no further. Of a check nothing is kept: what it found of single rows is not told.</summary>
    public async Task<bool> StopAsync(ImportRun run, string fault, CancellationToken ct)
    {
        if (run.State == ImportState.Checking) await rows.ForgetAsync(run.Id, ct);
        (run.State, run.Fault) = (ImportState.Failed, fault);
        db.Tell(new ImportUploaded(run.Id, run.Read));
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>What came later and depends on it, each kind once.</summary>
    private async Task<IReadOnlyList<Later>> DependsAsync(ImportContext context, CancellationToken ct)
    {
        var later = new List<Later>();
        foreach (var target in order) later.AddRange(await target.DependsAsync(context, ct));
        return [.. later.GroupBy(one => one.What).Select(same => new Later(same.Key, same.Sum(one => one.Many), [.. same.SelectMany(one => one.Persons).Distinct().Take(Later.Named)], [.. same.SelectMany(one => one.Units)]))];
    }

    /// <summary>Takes everything away again, batch by batch in one transaction: whole or not at all, and no statement grows with the list.</summary>
    /// <param name="tell">Is told how many rows are taken back so far.</param>
    /// <returns>What depends on it: then nothing is taken away.</returns>
    public async Task<IReadOnlyList<Later>> UndoAsync(ImportRun run, string why, Func<int, Task> tell, CancellationToken ct)
    {
        var (context, _) = ContextOf(run);
        var (seen, done, parts) = (new HashSet<PersonId>(), 0, new List<(List<int> Rows, List<PersonId> Persons)>());
        for (var after = 0; await rows.TakenInAsync(run.Id, after, Batch, ct) is { Count: > 0 } taken; after = taken[^1].Number)
        {
            // Several rows of one file may be about one person.
            var persons = taken.Select(row => row.Person).Where(seen.Add).ToList();
            parts.Add((taken.ConvertAll(row => row.Number), persons));
            foreach (var target in order) await target.LockAsync(context, persons, ct);
        }
        if (await DependsAsync(context, ct) is { Count: > 0 } later) return later;
        if (parts.Count == 0) parts.Add(([], []));
        foreach (var (i, (taken, persons)) in parts.Index())
        {
            done += taken.Count;
            var last = i == parts.Count - 1;
            if (last) (run.State, run.UndoneAt, run.UndoneBy, run.UndoneWhy, run.Fault, run.TakenBack) = (ImportState.Undone, clock.GetUtcNow(), db.Visitor!.Account, why, null, done);
            db.Tell(new ImportWasUndone(run.Id, taken.Count, persons), why);
            await db.SaveChangesAsync(ct);
            foreach (var target in order.Reverse()) await target.UndoAsync(context, persons, ct);
            await db.Connection.RunAsync("UPDATE pt.import_row SET verdict = 4, person_id = NULL WHERE import_id = $1 AND number = ANY ($2)", ct, run.Id.Value, taken.ToArray());
            if (!last) await tell(done);
        }
        foreach (var target in order.Reverse()) await target.UndoRestAsync(context, ct);
        return [];
    }

    /// <summary>What a stored row is found again by, under the current key.</summary>
    internal byte[] KeyOf(ImportRun run, int number, byte[] cells)
    {
        var (context, mapping) = ContextOf(run);
        var row = RowOf(run, mapping, rows.Opened(run.Id, number, cells));
        foreach (var target in order) target.Read(context, row);
        return KeysOf(TextOf(context, row))[0];
    }

    /// <summary>Each row by itself, and whether it stands in the file already.</summary>
    /// <param name="seen">What earlier rows of the file were, with their numbers.</param>
    private void Read(ImportContext context, IReadOnlyList<ImportedRow> batch, Dictionary<UInt128, int> seen)
    {
        foreach (var row in batch)
        {
            foreach (var target in order) target.Read(context, row);
            var text = TextOf(context, row);
            (row.Keys, var same) = (KeysOf(text), ByteArrays.Half(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            if (row.Problems.Count > 0) row.Verdict = RowVerdict.Rejected;
            // The same row twice in one file: the first one stands.
            else if (!seen.TryAdd(same, row.Number) && seen[same] is var first && first != row.Number) row.Repeat(Problems.SameRow(first));
        }
    }

    /// <summary>With what is known.</summary>
    private async Task CompareAsync(ImportContext context, IReadOnlyList<ImportedRow> batch, CancellationToken ct)
    {
        var known = await rows.KnownAsync(context.Id, batch.Where(row => row.Verdict == RowVerdict.Ready).SelectMany(row => row.Keys), ct);
        foreach (var row in batch.Where(row => row.Verdict == RowVerdict.Ready))
            if (row.Keys.Select(key => known.GetValueOrDefault(key)).FirstOrDefault(one => one is not null) is { } before)
            {
                row.Person = before.Person ?? default;
                row.Repeat(Problems.TakenInBefore(before.FileName, before.Day, before.Number));
            }
        foreach (var target in order) await target.CompareAsync(context, [.. batch.Where(row => row.Verdict == RowVerdict.Ready)], ct);
        foreach (var row in batch.Where(row => row is { Verdict: RowVerdict.Ready, BringsNew: false })) row.Repeat([.. row.Repeats]);
    }

    private static string TextOf(ImportContext context, ImportedRow row) => string.Join('\u001f', [context.List, .. row.Identity]);

    private byte[][] KeysOf(string text) => index.Any("import-row", text);

    private (ImportContext, Mapping) ContextOf(ImportRun run)
    {
        var mapping = Mapping.Read(run.Mapping);
        ImportContext context = null!;
        context = new ImportContext(db, run.Id, run.UnitId, run.Area, mapping.AsOf ?? run.CreatedAt.LocalDay(), clock.Today(), mapping.List) { Earlier = EarlierAsync };
        return (context, mapping);

        async Task<IReadOnlyList<ImportedRow>> EarlierAsync(IReadOnlyCollection<int> numbers, CancellationToken ct)
        {
            var found = (await rows.NumberedAsync(run.Id, numbers, ct)).ConvertAll(stored => RowOf(run, mapping, stored));
            foreach (var row in found)
                foreach (var target in order) target.Read(context, row);
            return found;
        }
    }

    private ImportedRow RowOf(ImportRun run, Mapping mapping, ImportRows.Stored stored)
    {
        var values = new Dictionary<string, string>(mapping.Constants, StringComparer.Ordinal);
        HashSet<string>? numbers = null;
        for (var i = 0; i < run.Headers.Length && i < stored.Cells.Length; i++)
        {
            if (stored.Cells[i].Length == 0 || !mapping.Columns.TryGetValue(run.Headers[i], out var field)) continue;
            var cell = ImportRows.Shown(stored.Cells[i]);
            if (cell.Length < stored.Cells[i].Length) (numbers ??= new(StringComparer.Ordinal)).Add(field);
            values[field] = mapping.WordOf(field, cell) ?? answers.WordOf(field, cell) ?? cell;
        }
        return new ImportedRow(stored.Number, values) { Mapped = mapping.Fields, Numbers = numbers ?? EmptySet };
    }

    private static readonly HashSet<string> EmptySet = [];
}

/// <summary>What the check of one file keeps between its batches. Lost with the program: then it begins anew.</summary>
public sealed class ImportCheck
{
    internal NumberOwners Owners { get; } = new();

    /// <summary>What earlier rows were, with their numbers: by a hash that a change of keys meanwhile does not touch.</summary>
    internal Dictionary<UInt128, int> Seen { get; } = [];

    internal SortedDictionary<string, int> Findings { get; } = new(StringComparer.Ordinal);

    private int done;

    /// <summary>How many are done with these. Several batches may be at it.</summary>
    internal int Add(int rows) => Interlocked.Add(ref done, rows);
}
