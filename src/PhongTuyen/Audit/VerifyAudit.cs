using Npgsql;
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
        var copies = await SealCopies.ReadAsync(settings.FolderIn(data.Folder), ct);
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
                if (copies.Count > 0 && !copies.Contains(seal.No)) return Bad($"Seal {seal.No} has no copy outside of the database.");
                if (copies.Contains(seal.No) && !copies[seal.No].Contains(SealCopy.Of(seal))) return Bad($"Seal {seal.No} differs from its copy outside of the database.");
                foreach (var other in copies[seal.No].Where(copy => copy != SealCopy.Of(seal)))
                    if (!await HoldsAsync(connection, other, covered, ct)) return Bad($"Seal {seal.No} was made twice, and what its first copy outside covered is not there any more.");
                var found = await AuditReader.RowsAsync(connection, seal.FromXact, seal.ToXact, ct);
                if (FirstBad(seal, found) is { } bad) return Bad(bad.Fault, bad.Row);
                (seals, rows, after, covered, previous) = (seals + 1, rows + found.Count, seal.No, seal.ToXact, seal.Seal);
            }
        // The one copy that may be ahead is that of a seal whose commit failed; then the rows that it covers are there, and the next seal takes them in.
        foreach (var ahead in copies.SelectMany(same => same).Where(copy => copy.No > after))
            if (ahead.No > after + 1 || !await HoldsAsync(connection, ahead, covered, ct)) return new(seals, rows, 0, $"Seal {ahead.No} is missing from the database; its copy outside is there.", null, after + 1, null);
        if (await BadValueAsync(connection, ct) is { Row: not null } value) return new(seals, rows, 0, "A value before or after a change is not the one whose hash stands in the audit row.", value.Row, null, value.Day);
        var unsealed = await connection.ValueAsync<long>("SELECT count(*) FROM pt.audit_event WHERE xact >= $1", ct, AuditReader.Xid(covered));
        return new(seals, rows, unsealed, null, null, null, null);
    }

    /// <summary>Whether the rows that a copy covers are still those that it was made over.</summary>
    private static async Task<bool> HoldsAsync(NpgsqlConnection connection, SealCopy copy, ulong from, CancellationToken ct) =>
        copy.From == from && copy.Root == Convert.ToHexStringLower(AuditSeal.Hashes(await AuditReader.RowsAsync(connection, copy.From, copy.To, ct)).Root);

    /// <summary>The first audit row beside which a value was changed. One that is missing was erased with its person, and that is no fault.</summary>
    private static Task<(Guid? Row, DateOnly? Day)> BadValueAsync(NpgsqlConnection connection, CancellationToken ct) => connection.RowAsync("""
        SELECT e.id, (e.at AT TIME ZONE 'UTC')::date FROM pt.audit_value v JOIN pt.audit_event e ON e.id = v.audit_id
        WHERE position(format('"%s","%s"', v.field, left(encode(sha256(v.salt || convert_to(coalesce(v.before, '') || E'\x01' || coalesce(v.after, ''), 'UTF8')), 'hex'), 32)) IN e.detail) = 0
        ORDER BY e.at, e.id LIMIT 1
        """, r => ((Guid?)r.GetGuid(0), r.Maybe<DateOnly>(1)), ct);

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
}
