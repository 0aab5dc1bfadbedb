using Microsoft.Extensions.Logging;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>
/// Chains the audit about once a second, so that writers never wait for the head of a chain. A seal covers every transaction below a
/// mark at which none of them was still running: nothing can slip in behind it. Each seal is copied outside of the database.
/// </summary>
public sealed class AuditSealer(Database database, AuditSettings settings, DatabaseSettings data, TimeProvider clock, ILogger<AuditSealer> log) : RecurringWork(TimeSpan.FromMilliseconds(settings.SealEvery), "The audit could not be sealed", clock, log)
{
    /// <summary>The lock of the database under which a seal is copied and committed.</summary>
    internal const long OneSealer = 7102;

    protected override Task TurnAsync(CancellationToken ct) => SealAsync(ct);

    /// <summary>Seals what has ended since the last seal. Answers the new seal's number, or null when there was nothing.</summary>
    public async Task<long?> SealAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await connection.ValueAsync<bool>("SELECT pg_try_advisory_xact_lock($1)", ct, OneSealer)) return null;
        var last = await AuditReader.LastAsync(connection, ct);
        var from = last?.ToXact ?? 0;
        var to = await connection.ValueAsync<ulong>("SELECT pg_snapshot_xmin(pg_current_snapshot())", ct);
        var rows = await AuditReader.RowsAsync(connection, from, to, ct);
        if (rows.Count == 0) return null;
        var seal = AuditSeal.Over((last?.No ?? 0) + 1, Clock.GetUtcNow(), from, to, rows, last?.Seal ?? AuditSeal.First);
        await connection.RunAsync("INSERT INTO pt.audit_seal (no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", ct,
            seal.No, seal.SealedAt, AuditReader.Xid(seal.FromXact), AuditReader.Xid(seal.ToXact), seal.Rows, seal.RowHashes, seal.Root, seal.Previous, seal.Seal);
        // The copy goes first: a seal without a copy would be a gap, a copy without a seal is made again with the same number.
        var folder = settings.FolderIn(data.Folder);
        await SealCopies.AppendAsync(folder, seal, ct);
        await transaction.CommitAsync(ct);
        SealCopies.Committed(folder, seal);
        return seal.No;
    }
}
