using System.Text.Json;
using PhongTuyen.Data;

namespace PhongTuyen.Audit;

/// <summary>How the audit stands: the last seal, what waits for the next one, the newest copy outside of the database, the last verification.</summary>
public sealed class SealState(Database database, AuditSettings settings, DatabaseSettings data)
{
    /// <param name="Fault">Null when all was well.</param>
    public sealed record Check(DateTimeOffset At, long Seals, long Rows, string? Fault);

    /// <param name="LastNo">0 before the first seal.</param>
    /// <param name="WaitingSince">When the oldest unsealed event happened; null where everything is sealed.</param>
    /// <param name="CopyNo">Number of the newest seal that was copied; null where there is no copy.</param>
    /// <param name="About">How many events there are, as the database estimates.</param>
    public sealed record Found(long LastNo, DateTimeOffset? LastAt, long Unsealed, DateTimeOffset? WaitingSince, long? CopyNo, string Folder, Check? LastCheck, long About)
    {
        public bool Copied => CopyNo == LastNo;
    }

    private string Folder => settings.FolderIn(data.Folder);

    public async Task<Found> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var last = await AuditReader.LastAsync(connection, ct);
        var (unsealed, since) = await connection.RowAsync("SELECT count(*), min(at) FROM pt.audit_event WHERE xact >= $1", r => (r.GetInt64(0), r.Maybe<DateTimeOffset>(1)), ct, AuditReader.Xid(last?.ToXact ?? 0));
        var check = await connection.RowAsync<Check?>("SELECT at, seals, rows, fault FROM pt.audit_check ORDER BY at DESC LIMIT 1", r => new Check(r.GetFieldValue<DateTimeOffset>(0), r.GetInt64(1), r.GetInt64(2), r.Text(3)), ct);
        var about = await connection.ValueAsync<long>("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'pt.audit_event'::regclass", ct);
        return new Found(last?.No ?? 0, last?.SealedAt, unsealed, since, await NewestCopyAsync(ct), Path.GetFullPath(Folder), check, about);
    }

    /// <summary>The number in the last whole line of the newest file of copies.</summary>
    private async Task<long?> NewestCopyAsync(CancellationToken ct)
    {
        if (!Directory.Exists(Folder) || Directory.EnumerateFiles(Folder, "*.jsonl").Max(StringComparer.Ordinal) is not { } path) return null;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, 4096), SeekOrigin.End);
        using var reader = new StreamReader(file);
        var lines = (await reader.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Reverse())
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                return json.RootElement.GetProperty("no").GetInt64();
            }
            catch (JsonException)
            {
                // A line that was cut off by a power failure, or by the beginning of what was read.
            }
        }
        return null;
    }
}
