using System.Text.Json;
using PhongTuyen.Data;

namespace PhongTuyen.Audit;

/// <summary>
/// Reads the whole audit again and compares it with the seals and with their copies outside of the database. Names the first bad row or,
/// where a seal itself is gone or changed, the seal and its day. What is younger than the last seal is named as unsealed.
/// </summary>
public sealed class VerifyAudit(Database database, AuditSettings settings, DatabaseSettings data, TimeProvider clock)
{
    /// <param name="Fault">Null when all is well; otherwise what is wrong, in one sentence.</param>
    public sealed record Report(long Seals, long Rows, long Unsealed, string? Fault, Guid? BadRow, long? BadSeal, DateOnly? BadDay);

    private sealed record Copy(long No, string Seal, int Rows);

    /// <summary>The result is kept, so that the operation page can say when it was last looked at.</summary>
    public async Task<Report> RunAsync(CancellationToken ct)
    {
        var report = await VerifyAsync(ct);
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("INSERT INTO pt.audit_check (at, seals, rows, unsealed, fault) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (at) DO UPDATE SET fault = coalesce(excluded.fault, pt.audit_check.fault)", ct,
            clock.GetUtcNow(), report.Seals, report.Rows, report.Unsealed, report.Fault);
        return report;
    }

    private async Task<Report> VerifyAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var copies = await CopiesAsync(ct);
        long seals = 0, rows = 0, after = 0;
        ulong covered = 0;
        var previous = AuditSeal.First;
        while (await AuditReader.SealsAsync(connection, after, 500, ct) is { Count: > 0 } batch)
            foreach (var seal in batch)
            {
                Report Bad(string fault, Guid? row = null) => new(seals, rows, 0, fault, row, seal.No, DateOnly.FromDateTime(seal.SealedAt.UtcDateTime));
                if (seal.No != after + 1) return Bad($"Seal {after + 1} is missing.");
                if (seal.FromXact != covered) return Bad($"Seal {seal.No} does not begin where seal {after} ended.");
                if (!seal.Previous.AsSpan().SequenceEqual(previous) || !seal.Seal.AsSpan().SequenceEqual(AuditSeal.Bind(seal.No, seal.FromXact, seal.ToXact, seal.Rows, seal.Root, seal.Previous)))
                    return Bad($"Seal {seal.No} was changed.");
                if (copies.TryGetValue(seal.No, out var copy) && copy.All(one => one.Seal != Convert.ToHexStringLower(seal.Seal))) return Bad($"Seal {seal.No} differs from its copy outside of the database.");
                if (copies.Count > 0 && copy is null) return Bad($"Seal {seal.No} has no copy outside of the database.");
                var found = await AuditReader.RowsAsync(connection, seal.FromXact, seal.ToXact, ct);
                if (FirstBad(seal, found) is { } bad) return Bad(bad.Fault, bad.Row);
                (seals, rows, after, covered, previous) = (seals + 1, rows + found.Count, seal.No, seal.ToXact, seal.Seal);
            }
        if (copies.Count > 0 && copies.Keys.Max() > after + 1) return new(seals, rows, 0, $"Seals {after + 1} to {copies.Keys.Max()} are missing from the database; their copies outside are there.", null, after + 1, null);
        var unsealed = await connection.ValueAsync<long>("SELECT count(*) FROM pt.audit_event WHERE xact >= $1", ct, AuditReader.Xid(covered));
        return new(seals, rows, unsealed, null, null, null, null);
    }

    /// <summary>What is wrong with the rows of a seal: an added, changed or missing one.</summary>
    private static (string Fault, Guid? Row)? FirstBad(AuditSeal seal, List<SealedRow> found)
    {
        var (shortened, root) = AuditSeal.Hashes(found);
        if (root.AsSpan().SequenceEqual(seal.Root) && found.Count == seal.Rows) return null;
        for (var i = 0; i < Math.Min(found.Count, seal.Rows); i++)
            if (!shortened.AsSpan(i * AuditSeal.Short, AuditSeal.Short).SequenceEqual(seal.RowHashes.AsSpan(i * AuditSeal.Short, AuditSeal.Short)))
                return ($"Of seal {seal.No}, row {i + 1} of {seal.Rows} was changed, added, or the one before it taken away.", found[i].Id);
        return found.Count == seal.Rows ? ($"Seal {seal.No} was changed.", null)
            : ($"Seal {seal.No} covers {seal.Rows} rows, {found.Count} are there.", found.Count > seal.Rows ? found[seal.Rows].Id : null);
    }

    private async Task<Dictionary<long, List<Copy>>> CopiesAsync(CancellationToken ct)
    {
        var folder = settings.SealFolder.Length > 0 ? settings.SealFolder : Path.Combine(data.Folder, "audit-seals");
        var copies = new Dictionary<long, List<Copy>>();
        if (!Directory.Exists(folder)) return copies;
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
            await foreach (var line in File.ReadLinesAsync(path, ct))
            {
                if (Read(line) is not { } copy) continue;
                if (!copies.TryGetValue(copy.No, out var same)) copies[copy.No] = same = [];
                same.Add(copy);
            }
        return copies;
    }

    /// <summary>A line that was cut off by a power failure is no copy.</summary>
    private static Copy? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new Copy(json.RootElement.GetProperty("no").GetInt64(), json.RootElement.GetProperty("seal").GetString()!, json.RootElement.GetProperty("rows").GetInt32());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
