using PhongTuyen.Audit;

namespace PhongTuyen.Bench.Tampering;

/// <summary>Seals edited, taken away, put in, renumbered, and the chain made anew.</summary>
internal static partial class Tamperings
{
    private static byte[] Turned(byte[] bytes, Random random)
    {
        var other = bytes.ToArray();
        other[random.Next(other.Length)] ^= (byte)random.Next(1, 256);
        return other;
    }

    private static Named EditSeal(Journal journal, Random random)
    {
        var at = random.Next(journal.Seals.Count);
        var seal = journal.Seals[at];
        journal.Seals[at] = random.Next(8) switch
        {
            0 => seal with { SealedAt = seal.SealedAt.AddDays(random.Next(1, 100)) },
            1 => seal with { FromXact = seal.FromXact + (ulong)random.Next(1, 100) },
            2 => seal with { ToXact = seal.ToXact + (ulong)random.Next(1, 100) },
            3 => seal with { Rows = seal.Rows + random.Next(1, 5) },
            4 => seal with { RowHashes = Turned(seal.RowHashes, random) },
            5 => seal with { Root = Turned(seal.Root, random) },
            6 => seal with { Previous = Turned(seal.Previous, random) },
            _ => seal with { Seal = Turned(seal.Seal, random) },
        };
        return OfSeal(seal);
    }

    private static Named DeleteSeals(Journal journal, IReadOnlyList<AuditSeal> seals, bool rows)
    {
        if (rows) DeleteRows(journal, seals);
        journal.Seals.RemoveAll(seals.Contains);
        return OfSeal(seals[0]);
    }

    private static Named? SwapSeals(Journal journal, Random random)
    {
        var (a, b) = (random.Next(journal.Seals.Count), random.Next(journal.Seals.Count));
        if (a == b) return null;
        var (one, other) = (journal.Seals[a], journal.Seals[b]);
        (journal.Seals[a], journal.Seals[b]) = (one with { No = other.No }, other with { No = one.No });
        return OfSeal(a < b ? one : other);
    }

    /// <summary>Behind the last one, rightly bound to it; in a gap behind it; or before the first.</summary>
    private static Named PutSealIn(Journal journal, Random random)
    {
        var last = journal.Seals[^1];
        var no = random.Next(3) switch { 0 => last.No + 1, 1 => last.No + random.Next(2, 9), _ => -random.Next(9) };
        var put = AuditSeal.Over(no, last.SealedAt.AddDays(random.Next(3)), last.ToXact, last.ToXact + 10, [], last.Seal);
        journal.Seals.Add(put);
        return OfSeal(put);
    }

    /// <summary>Whoever may write everything in the database makes all hashes fit; the copies outside know better.</summary>
    private static Named Anew(Journal journal, Random random, Func<SealedRow, SealedRow?> change)
    {
        var at = random.Next(journal.Rows.Count);
        var row = journal.Rows[at];
        var first = journal.Seals.FindIndex(seal => row.Xact >= seal.FromXact && row.Xact < seal.ToXact);
        if (change(row) is { } changed) journal.Rows[at] = changed;
        else journal.Rows.RemoveAt(at);
        Bind(journal, first);
        return OfSeal(journal.Seals[first]);
    }

    private static void Bind(Journal journal, int from)
    {
        for (var i = from; i < journal.Seals.Count; i++)
        {
            var seal = journal.Seals[i];
            var (begins, previous) = i == 0 ? (0UL, AuditSeal.First) : (journal.Seals[i - 1].ToXact, journal.Seals[i - 1].Seal);
            journal.Seals[i] = AuditSeal.Over(i + 1, seal.SealedAt, begins, seal.ToXact, journal.Of(begins, seal.ToXact), previous);
        }
    }

    private static Named Renumber(Journal journal, Random random)
    {
        var at = random.Next(journal.Seals.Count);
        var gone = journal.Seals[at];
        DeleteSeals(journal, [gone], rows: true);
        Bind(journal, at);
        // The next one stands there under its number, with its own day; of the last one only the copy is left.
        return OfSeal(at < journal.Seals.Count ? journal.Seals[at] : gone);
    }

    private static Named? WithoutCopy(Journal journal, Random random)
    {
        var at = random.Next(journal.Seals.Count);
        var seal = journal.Seals[at];
        DeleteSeals(journal, [seal], rows: true);
        foreach (var (_, lines) in journal.Files) lines.RemoveAll(line => SealCopy.Read(line)?.No == seal.No);
        return new(seal.No, null, null, null);
    }
}
