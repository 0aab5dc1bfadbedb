using PhongTuyen.Audit;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Tampering;

/// <summary>What a verification has to name: the first place that is not as it was sealed.</summary>
/// <param name="Seal">Null where a value beside the chain is bad.</param>
/// <param name="Place">Which row of the seal, from 1; null where the seal itself, its copy or the note is bad.</param>
/// <param name="Row">Null where a row is missing: nobody knows its id any more.</param>
internal sealed record Named(long? Seal, int? Place, Guid? Row, DateOnly? Day)
{
    public static Named By(VerifyAudit.Report report) => new(report.BadSeal, report.BadPlace, report.BadRow, report.BadDay);
}

/// <summary>A way of tampering with the audit: does it to the journal at random, and says what has to be named, found without a hash.</summary>
/// <param name="Apply">Null where chance chose what this journal does not have; it is tried again.</param>
internal sealed record Tampering(string Name, Func<Journal, Random, Named?> Apply);

/// <summary>
/// Every way of tampering: rows, seals, copies, note and values edited, deleted, put in, reordered, truncated; alone, several at once, and with the
/// chain made anew behind them. Not among them, because nothing is left that could tell: rows younger than the last seal; database and copies both rewritten
/// by one hand; a value taken away, which is what the erasure of a person does; no seal, no copy and no note left at all.
/// </summary>
internal static partial class Tamperings
{
    public static readonly IReadOnlyList<Tampering> All =
    [
        new("edit a row", (journal, random) => OfRows(journal, () => Edit(journal, random))),
        new("delete a row", (journal, random) => OfRows(journal, () => journal.Rows.RemoveAt(random.Next(journal.Rows.Count)))),
        new("put a row in", (journal, random) => OfRows(journal, () => PutIn(journal, random))),
        new("several rows at once", (journal, random) => OfRows(journal, () => Several(journal, random))),
        new("reorder: two rows change their ids", (journal, random) => Two(journal, random, (a, b) => (a with { Id = b.Id }, b with { Id = a.Id }))),
        new("reorder: two rows change their transactions", (journal, random) => Two(journal, random, (a, b) => a.Xact == b.Xact ? null : (a with { Xact = b.Xact }, b with { Xact = a.Xact }))),
        new("reorder: two rows change their times", (journal, random) => Two(journal, random, (a, b) => (a with { At = b.At }, b with { At = a.At }))),
        new("reorder: a row into another seal", (journal, random) => OfRows(journal, () => Replace(journal.Rows, random, row => row with { Xact = Other(journal, random, row) }))),
        new("reorder: a row behind the last seal", (journal, random) => OfRows(journal, () => Replace(journal.Rows, random, row => row with { Xact = journal.Seals[^1].ToXact + (ulong)random.Next(5) }))),
        new("truncate: the newest rows", (journal, random) => OfRows(journal, () => Truncate(journal.Rows.OrderBy(row => row.Xact).ThenBy(row => row.Id), random, rows => journal.Rows.RemoveAll(rows.Contains)))),
        new("truncate: the oldest rows", (journal, random) => OfRows(journal, () => Truncate(journal.Rows.OrderByDescending(row => row.Xact).ThenByDescending(row => row.Id), random, rows => journal.Rows.RemoveAll(rows.Contains)))),
        new("truncate: all rows", (journal, _) => OfRows(journal, journal.Rows.Clear)),
        new("delete the rows of a day", (journal, random) => OfRows(journal, () => DeleteRows(journal, SealsOfADay(journal, random)))),

        new("edit a seal", EditSeal),
        new("delete a seal", (journal, random) => DeleteSeals(journal, [Any(journal.Seals, random)], rows: false)),
        new("delete a seal with its rows", (journal, random) => DeleteSeals(journal, [Any(journal.Seals, random)], rows: true)),
        new("delete a day, seals and rows", (journal, random) => DeleteSeals(journal, SealsOfADay(journal, random), rows: true)),
        new("truncate: the newest seals", (journal, random) => DeleteSeals(journal, journal.Seals[random.Next(journal.Seals.Count)..], rows: false)),
        new("truncate: the newest seals with their rows", (journal, random) => DeleteSeals(journal, journal.Seals[random.Next(journal.Seals.Count)..], rows: true)),
        new("truncate: all seals with their rows", (journal, _) => DeleteSeals(journal, [.. journal.Seals], rows: true)),
        new("reorder: two seals change their numbers", SwapSeals),
        new("put a seal in", PutSealIn),
        new("edit a row and make the chain anew", (journal, random) => Anew(journal, random, row => Edited(row, random))),
        new("delete a row and make the chain anew", (journal, random) => Anew(journal, random, _ => null)),
        new("delete a seal and number the others anew", Renumber),
        new("delete a seal and its copy", (journal, random) => WithoutCopy(journal, random)),

        new("edit a copy", EditCopy),
        new("delete a copy", (journal, random) => OfCopy(journal, random, (lines, at) => lines.RemoveAt(at))),
        new("tear a copy", (journal, random) => OfCopy(journal, random, (lines, at) => lines[at] = lines[at][..random.Next(1, lines[at].Length)])),
        new("reorder: two copies", SwapCopies),
        new("truncate: the newest copies", TruncateCopies),
        new("truncate: all copies and the note", (journal, _) => { journal.Files.Clear(); journal.Note = null; return OfSeal(journal.Seals[0]); }),
        new("edit the note", EditNote),
        new("delete the note", (journal, _) => { journal.Note = null; return OfSeal(journal.Seals[^1]); }),

        new("edit a value", EditValue),
        new("put a value in", PutValueIn),
        new("reorder: two values", SwapValues),
    ];

    private static T Any<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    private static Named OfSeal(AuditSeal seal) => new(seal.No, null, null, seal.SealedAt.LocalDay());

    /// <summary>Does it, and compares the rows of each seal with those that stood there, one object after the other.</summary>
    private static Named? OfRows(Journal journal, Action tamper)
    {
        var before = journal.Copy();
        tamper();
        foreach (var seal in before.Seals)
        {
            var (was, stands) = (before.Of(seal.FromXact, seal.ToXact), journal.Of(seal.FromXact, seal.ToXact));
            for (var i = 0; i < Math.Max(was.Count, stands.Count); i++)
            {
                if (i < was.Count && i < stands.Count && ReferenceEquals(was[i], stands[i])) continue;
                var foreign = i < stands.Count && !was.Exists(row => ReferenceEquals(row, stands[i]));
                return new(seal.No, i + 1, foreign ? stands[i].Id : null, seal.SealedAt.LocalDay());
            }
        }
        return null;
    }

    private static void Replace(List<SealedRow> rows, Random random, Func<SealedRow, SealedRow> with)
    {
        var at = random.Next(rows.Count);
        rows[at] = with(rows[at]);
    }

    private static void Edit(Journal journal, Random random) => Replace(journal.Rows, random, row => Edited(row, random));

    /// <summary>One column otherwise than it was.</summary>
    private static SealedRow Edited(SealedRow row, Random random) => random.Next(10) switch
    {
        0 => row with { At = row.At.AddTicks(TimeSpan.TicksPerMicrosecond * random.NextInt64(1, 10_000_000_000)) },
        1 => row with { Account = row.Account is null || random.Next(2) == 0 ? Id(random) : null },
        2 => row with { Session = row.Session is null || random.Next(2) == 0 ? Id(random) : null },
        3 => row with { Unit = row.Unit + random.Next(1, 100) },
        4 => row with { Act = row.Act == "person.seen" ? "person.listed" : "person.seen" },
        5 => row with { SubjectKind = row.SubjectKind + "s" },
        6 => row with { SubjectId = row.SubjectId.Length > 0 ? row.SubjectId[1..] : "x" },
        7 => row with { Persons = row.Persons.Length == 0 ? [Id(random)] : random.Next(2) == 0 ? row.Persons[1..] : [.. row.Persons, Id(random)] },
        8 => row with { Purpose = row.Purpose is null ? "" : null },
        _ => row with { Detail = row.Detail.Length > 2 && random.Next(2) == 0 ? "{}" : row.Detail.Insert(1, " ") },
    };

    private static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static void PutIn(Journal journal, Random random)
    {
        var like = Any(journal.Rows, random);
        journal.Rows.Add(like with { Id = random.Next(2) == 0 ? Id(random) : Beside(like.Id, random) });
    }

    /// <summary>An id of the same moment, so that the row comes to lie among the others.</summary>
    private static Guid Beside(Guid id, Random random)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        random.NextBytes(bytes.AsSpan(12));
        return new Guid(bytes, bigEndian: true);
    }

    private static void Several(Journal journal, Random random)
    {
        for (var left = random.Next(2, 6); left > 0; left--)
            switch (random.Next(3))
            {
                case 0: Edit(journal, random); break;
                case 1: journal.Rows.RemoveAt(random.Next(journal.Rows.Count)); break;
                default: PutIn(journal, random); break;
            }
    }

    private static Named? Two(Journal journal, Random random, Func<SealedRow, SealedRow, (SealedRow, SealedRow)?> change)
    {
        var (a, b) = (random.Next(journal.Rows.Count), random.Next(journal.Rows.Count));
        return a == b || change(journal.Rows[a], journal.Rows[b]) is not { } changed ? null : OfRows(journal, () => (journal.Rows[a], journal.Rows[b]) = changed);
    }

    private static ulong Other(Journal journal, Random random, SealedRow row)
    {
        var others = journal.Seals.Where(seal => row.Xact < seal.FromXact || row.Xact >= seal.ToXact).ToList();
        return Any(others, random).ToXact - 1;
    }

    private static void Truncate(IOrderedEnumerable<SealedRow> order, Random random, Action<HashSet<SealedRow>> remove)
    {
        var rows = order.ToList();
        remove([.. rows[random.Next(rows.Count)..]]);
    }

    private static void DeleteRows(Journal journal, IReadOnlyList<AuditSeal> seals) => journal.Rows.RemoveAll(row => seals.Any(seal => row.Xact >= seal.FromXact && row.Xact < seal.ToXact));

    private static List<AuditSeal> SealsOfADay(Journal journal, Random random)
    {
        var day = Any(journal.Seals, random).SealedAt.LocalDay();
        return [.. journal.Seals.Where(seal => seal.SealedAt.LocalDay() == day)];
    }
}
