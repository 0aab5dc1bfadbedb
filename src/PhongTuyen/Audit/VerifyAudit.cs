using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Audit;

/// <summary>
/// Reads the whole audit again and compares it with the seals and with their copies outside of the database. Names the first bad row or,
/// where a seal itself is gone or changed, the seal and its day. What is younger than the last seal is named as unsealed. What is compared, and how,
/// is <see cref="AuditProof"/>.
/// </summary>
public sealed class VerifyAudit(Database database, AuditSettings settings, DatabaseSettings data, TimeProvider clock)
{
    /// <param name="Fault">Null when all is well; otherwise what is wrong, in one sentence.</param>
    /// <param name="BadRow">Null where a row is missing: it has no id any more.</param>
    /// <param name="BadDay">On which the bad seal was made, in Viet Nam; null where neither the seal nor its copy is there to say it.</param>
    public sealed record Report(long Seals, long Rows, long Unsealed, string? Fault, Guid? BadRow, long? BadSeal, DateOnly? BadDay)
    {
        /// <summary>Which row of the bad seal, from 1; null where the seal itself is bad.</summary>
        public int? BadPlace { get; init; }
    }

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
        var copies = await StandAsync(connection, ct);
        var proof = new AuditProof((from, to) => AuditReader.RowsAsync(connection, from, to, ct), copies);
        var report = await proof.RunAsync(AuditReader.SealsAsync(connection, ct), AuditReader.ValuesAsync(connection, ct), ct);
        return report.Fault is not null ? report : report with { Unsealed = await connection.ValueAsync<long>("SELECT count(*) FROM pt.audit_event WHERE xact >= $1", ct, AuditReader.Xid(proof.Covered)) };
    }

    /// <summary>Database and copies as they stood at one moment: between two seals, or the newest would be on one side only.</summary>
    private async Task<SealCopies> StandAsync(NpgsqlConnection looking, CancellationToken ct)
    {
        await using var still = await database.Jobs.OpenConnectionAsync(ct);
        await using var waiting = await still.BeginTransactionAsync(ct);
        await still.RunAsync("SELECT pg_advisory_xact_lock($1)", ct, AuditSealer.OneSealer);
        await looking.RunAsync("SELECT 1", ct); // from here on it sees what is committed now
        return await SealCopies.ReadAsync(settings.FolderIn(data.Folder), ct);
    }
}
