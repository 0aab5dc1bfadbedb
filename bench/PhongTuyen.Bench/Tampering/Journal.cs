using Npgsql;
using PhongTuyen.Audit;

namespace PhongTuyen.Bench.Tampering;

/// <summary>
/// Everything that a verification of the audit reads, held in memory: rows, seals and values as they stand in the database, copies and note as they stand
/// outside of it. It can be proven where it is, with the very code of <c>audit verify</c> but for its reader, or be put in the place of what stands in a database.
/// </summary>
internal sealed class Journal
{
    public required List<SealedRow> Rows { get; init; }
    public required List<AuditSeal> Seals { get; init; }
    public required List<ChangedValue> Values { get; init; }

    /// <summary>Of each file of copies its name and its lines.</summary>
    public required List<(string Name, List<string> Lines)> Files { get; init; }

    /// <summary>The note of the last committed seal.</summary>
    public required string? Note { get; set; }

    private const string NoteFile = "last-committed.json";

    /// <summary>As it stands, but for what is younger than the last seal.</summary>
    public static async Task<Journal> ReadAsync(NpgsqlConnection database, string folder, CancellationToken ct)
    {
        var (seals, values) = (new List<AuditSeal>(), new List<ChangedValue>());
        await foreach (var seal in AuditReader.SealsAsync(database, ct)) seals.Add(seal);
        var rows = await AuditReader.RowsAsync(database, 0, seals[^1].ToXact, ct);
        var ids = rows.Select(row => row.Id).ToHashSet();
        await foreach (var value in AuditReader.ValuesAsync(database, ct))
            if (ids.Contains(value.Value.Audit)) values.Add(value.Value);
        return new Journal
        {
            Rows = rows, Seals = seals, Values = values, Note = await File.ReadAllTextAsync(Path.Combine(folder, NoteFile), ct),
            Files = [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllLines(path).ToList()))],
        };
    }

    /// <summary>Another one to be tampered with; rows that nobody touches stay the same objects.</summary>
    public Journal Copy() => new() { Rows = [.. Rows], Seals = [.. Seals], Values = [.. Values], Files = [.. Files.Select(file => (file.Name, file.Lines.ToList()))], Note = Note };

    /// <summary>The rows that a seal covers, in order.</summary>
    public List<SealedRow> Of(ulong from, ulong to) => [.. Rows.Where(row => row.Xact >= from && row.Xact < to).OrderBy(row => row.Id)];

    public Task<VerifyAudit.Report> ProveAsync(CancellationToken ct) =>
        new AuditProof((from, to) => Task.FromResult(Of(from, to)), new SealCopies(Files.Select(file => file.Lines), Note)).RunAsync(InOrder(Seals.OrderBy(seal => seal.No)), InOrder(Beside()), ct);

    private IEnumerable<ValueBeside> Beside()
    {
        var rows = Rows.ToDictionary(row => row.Id);
        return Values.OrderBy(value => value.Audit).ThenBy(value => value.Entity, StringComparer.Ordinal).ThenBy(value => value.EntityId, StringComparer.Ordinal).ThenBy(value => value.Field, StringComparer.Ordinal)
            .Select(value => new ValueBeside(value, rows.GetValueOrDefault(value.Audit)?.At, rows.GetValueOrDefault(value.Audit)?.Detail));
    }

    private static async IAsyncEnumerable<T> InOrder<T>(IEnumerable<T> all)
    {
        foreach (var one in all) yield return one;
        await Task.CompletedTask;
    }

    /// <summary>Puts it in the place of what stands in the database and outside of it, as whoever owns both could.</summary>
    public async Task WriteAsync(NpgsqlConnection owner, string folder, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(owner);
        void Add(string sql, params object?[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        Add("DELETE FROM pt.audit_value");
        Add("DELETE FROM pt.audit_seal");
        Add("DELETE FROM pt.audit_event");
        foreach (var row in Rows)
            Add("INSERT INTO pt.audit_event (id, xact, at, account_id, session_id, unit_id, act, subject_kind, subject_id, persons, purpose, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                row.Id, AuditReader.Xid(row.Xact), row.At, row.Account, row.Session, row.Unit, row.Act, row.SubjectKind, row.SubjectId, row.Persons, row.Purpose, row.Detail);
        foreach (var seal in Seals)
            Add("INSERT INTO pt.audit_seal (no, sealed_at, from_xact, to_xact, rows, row_hashes, root, previous, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                seal.No, seal.SealedAt, AuditReader.Xid(seal.FromXact), AuditReader.Xid(seal.ToXact), seal.Rows, seal.RowHashes, seal.Root, seal.Previous, seal.Seal);
        foreach (var value in Values)
            Add("INSERT INTO pt.audit_value (audit_id, entity, entity_id, field, person_id, salt, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                value.Audit, value.Entity, value.EntityId, value.Field, value.Person, value.Salt, value.Before, value.After);
        await batch.ExecuteNonQueryAsync(ct);
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.EnumerateFiles(folder)) File.Delete(left);
        foreach (var (name, lines) in Files) await File.WriteAllLinesAsync(Path.Combine(folder, name), lines, ct);
        if (Note is not null) await File.WriteAllTextAsync(Path.Combine(folder, NoteFile), Note, ct);
    }
}
