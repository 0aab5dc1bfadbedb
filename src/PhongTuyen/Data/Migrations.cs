using System.Security.Cryptography;
using Npgsql;

namespace PhongTuyen.Data;

/// <summary>
/// Applies <c>Data/Sql/NNNN_*.sql</c> in order, each in a transaction of its own, as the owner role. What was applied never changes:
/// a file that differs from what a database has seen stops the start.
/// </summary>
public static class Migrations
{
    public sealed record Step(int Number, string Name, string Sql)
    {
        public byte[] Hash => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Sql));
    }

    public static IReadOnlyList<Step> All { get; } = [.. Load().OrderBy(step => step.Number)];

    private static IEnumerable<Step> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("sql/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource["sql/".Length..^".sql".Length];
            yield return new Step(int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    /// <summary>Brings the database to the newest step. The connection belongs to an administrator who may become pt_owner.</summary>
    /// <exception cref="DatabaseException">A step that was applied has another content now, or the database is newer than this program.</exception>
    public static async Task<int> ApplyAsync(NpgsqlConnection admin, CancellationToken ct)
    {
        // One program at a time; the lock belongs to the session and goes with it.
        await admin.RunAsync("SELECT pg_advisory_lock(7100)", ct);
        await admin.RunAsync("""
            CREATE SCHEMA IF NOT EXISTS pt AUTHORIZATION pt_owner;
            GRANT USAGE ON SCHEMA pt TO pt_app, pt_jobs;
            SET ROLE pt_owner;
            CREATE TABLE IF NOT EXISTS pt.schema_step (number int PRIMARY KEY, name text NOT NULL, hash bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
            GRANT SELECT ON pt.schema_step TO pt_app, pt_jobs;
            """, ct);
        try
        {
            var seen = await admin.RowsAsync("SELECT number, hash FROM pt.schema_step", r => (Number: r.GetInt32(0), Hash: r.GetFieldValue<byte[]>(1)), ct);
            var newest = seen.Count == 0 ? 0 : seen.Max(step => step.Number);
            if (newest > All[^1].Number) throw new DatabaseException($"The database is at step {newest}, newer than this program ({All[^1].Number}). Use the newer program.");
            foreach (var (number, hash) in seen)
                if (All.FirstOrDefault(step => step.Number == number) is { } step && !step.Hash.AsSpan().SequenceEqual(hash))
                    throw new DatabaseException($"The step {step.Name} was applied with another content. Steps never change; add a new one.");
            var missing = All.Where(step => step.Number > newest).ToList();
            foreach (var step in missing) await ApplyAsync(admin, step, ct);
            return missing.Count;
        }
        finally
        {
            await admin.RunAsync("RESET ROLE; SELECT pg_advisory_unlock(7100)", CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection admin, Step step, CancellationToken ct)
    {
        await using var transaction = await admin.BeginTransactionAsync(ct);
        await admin.RunAsync(step.Sql, ct);
        await admin.RunAsync("INSERT INTO pt.schema_step (number, name, hash) VALUES ($1, $2, $3)", ct, step.Number, step.Name, step.Hash);
        await transaction.CommitAsync(ct);
    }
}

/// <summary>The database cannot be used as it is; the sentence says why and what to do.</summary>
public sealed class DatabaseException(string message, Exception? cause = null) : Exception(message, cause);
