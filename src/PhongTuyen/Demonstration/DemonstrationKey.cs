using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Matching;

namespace PhongTuyen.Demonstration;

/// <summary>The key of the planted mistakes beside what a running demonstration has of them: every pair with its two records, whether it waits to be decided, how alike it is and why.</summary>
public static class DemonstrationKey
{
    /// <summary>What became of a pair.</summary>
    public enum Standing
    {
        /// <summary>Waits in the queue.</summary>
        Waits,
        /// <summary>The two records are one person by now.</summary>
        Merged,
        /// <summary>Somebody decided that they are two persons.</summary>
        Different,
        /// <summary>Not offered: not alike, or no longer.</summary>
        NotOffered,
        /// <summary>One of the two is not there under its name any more.</summary>
        Changed,
    }

    /// <param name="Code">Of a patient; most have none.</param>
    public sealed record Record(PersonId Id, string Name, string? Code);

    /// <param name="Score">Null where the pair was never found to be alike.</param>
    /// <param name="Rules">The edition of the policy by which it was scored.</param>
    public sealed record Row(DemonstrationDoubles.Pair Pair, Record? One, Record? Other, Standing Standing, double? Score, IReadOnlyList<string> Reasons, string? Rules)
    {
        /// <summary>Found where it is to be found; not offered where it is not. What somebody has decided since had been found.</summary>
        public bool AsPlanted => Pair.Waits ? Standing is Standing.Waits or Standing.Merged or Standing.Different : Standing is Standing.NotOffered or Standing.Different;
    }

    /// <param name="Others">Pairs in the queue that nobody planted.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, long Others)
    {
        /// <summary>By kind, in the order of the key: planted, and as planted.</summary>
        public IEnumerable<(string Kind, int Planted, int Right)> Kinds => Rows.GroupBy(row => row.Pair.Kind).Select(kind => (kind.Key, kind.Count(), kind.Count(row => row.AsPlanted)));
    }

    /// <summary>The account in whose name the demonstration makes them.</summary>
    public const string MadeBy = "tram-y-te";

    /// <param name="connection">Of the owner of the tables: the key is no list of a person's area.</param>
    /// <param name="madeBy">User name of who entered them: nobody else of the same name is meant.</param>
    public static async Task<Answer> ReadAsync(NpgsqlConnection connection, string madeBy, CancellationToken ct)
    {
        var rows = await connection.RowsAsync("""
            WITH maker AS (SELECT id FROM pt.account WHERE user_name = $3)
            SELECT k.no::int, a.id, a.code, b.id, b.code, coalesce(a.same_as, a.id) = coalesce(b.same_as, b.id), m.state, m.score, m.reasons, m.rules
            FROM unnest($1::text[], $2::text[]) WITH ORDINALITY k(one, other, no)
            LEFT JOIN LATERAL (SELECT p.id, p.code, p.same_as FROM pt.person p WHERE p.name = k.one AND p.entered_by = (SELECT id FROM maker) ORDER BY p.entered_at, p.id LIMIT 1) a ON true
            LEFT JOIN LATERAL (SELECT p.id, p.code, p.same_as FROM pt.person p WHERE p.name = k.other AND p.entered_by = (SELECT id FROM maker) AND p.id <> a.id ORDER BY p.entered_at, p.id LIMIT 1) b ON true
            LEFT JOIN pt.person_match m ON m.person_id = least(a.id, b.id) AND m.other_id = greatest(a.id, b.id) ORDER BY k.no
            """, Read, ct, DemonstrationDoubles.Planted.Select(pair => pair.Name).ToArray(), DemonstrationDoubles.Planted.Select(pair => pair.Other).ToArray(), madeBy);
        return new Answer(rows, await connection.ValueAsync<long>("SELECT count(*) FROM pt.person_match WHERE state = 0", ct) - rows.Count(row => row.Standing == Standing.Waits));
    }

    private static Row Read(NpgsqlDataReader r)
    {
        var pair = DemonstrationDoubles.Planted[r.GetInt32(0) - 1];
        var (one, other) = (r.Maybe<Guid>(1) is { } a ? new Record(new(a), pair.Name, r.Text(2)) : null, r.Maybe<Guid>(3) is { } b ? new Record(new(b), pair.Other, r.Text(4)) : null);
        var standing = one is null || other is null ? Standing.Changed : r.GetBoolean(5) ? Standing.Merged : (MatchState?)r.Maybe<short>(6) switch
        {
            MatchState.Open => Standing.Waits,
            MatchState.Different => Standing.Different,
            _ => Standing.NotOffered,
        };
        return new Row(pair, one, other, standing, r.Maybe<float>(7), r.IsDBNull(8) ? [] : r.GetFieldValue<string[]>(8), r.Text(9));
    }
}
