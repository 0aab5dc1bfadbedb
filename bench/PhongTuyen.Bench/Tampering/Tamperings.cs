using System.Text.Json.Nodes;
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
internal static class Tamperings
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

    // ── Rows ──

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

    // ── Seals ──

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

    // ── Copies and note ──

    private static Named OfCopy(Journal journal, Random random, Action<List<string>, int> tamper)
    {
        var lines = Any(journal.Files, random).Lines;
        var at = random.Next(lines.Count);
        var no = SealCopy.Read(lines[at])!.No;
        tamper(lines, at);
        return OfSeal(journal.Seals[(int)no - 1]);
    }

    /// <summary>One field of a line otherwise than it was; of a number, which one it is now.</summary>
    private static (string Line, long No) Turned(string line, Random random)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        var field = Any(json.Select(one => one.Key).ToList(), random);
        if (field == "at") json[field] = json[field]!.GetValue<DateTimeOffset>().AddSeconds(random.Next(1, 1_000_000)).ToString("O");
        else if (field is "root" or "seal") json[field] = Convert.ToHexStringLower(Turned(Convert.FromHexString(json[field]!.GetValue<string>()), random));
        else json[field] = json[field]!.GetValue<long>() + random.Next(1, 9) * (field == "no" && random.Next(2) == 0 ? -1 : 1);
        return (json.ToJsonString(), json["no"]!.GetValue<long>());
    }

    private static Named EditCopy(Journal journal, Random random)
    {
        var other = 0L;
        var own = OfCopy(journal, random, (lines, at) => (lines[at], other) = Turned(lines[at], random));
        // Under another number it is missing there and too much here: the lower of the two is the first that is bad.
        return other >= 1 && other < own.Seal ? OfSeal(journal.Seals[(int)other - 1]) : own;
    }

    private static Named? SwapCopies(Journal journal, Random random)
    {
        var lines = Any(journal.Files, random).Lines;
        var (a, b) = (random.Next(lines.Count), random.Next(lines.Count));
        if (a >= b) return null;
        var no = SealCopy.Read(lines[a])!.No;
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return OfSeal(journal.Seals[(int)no - 1]);
    }

    private static Named TruncateCopies(Journal journal, Random random)
    {
        var left = random.Next(journal.Seals.Count);
        foreach (var (_, lines) in journal.Files) lines.RemoveAll(line => SealCopy.Read(line)!.No > left);
        return OfSeal(journal.Seals[left]);
    }

    private static Named EditNote(Journal journal, Random random)
    {
        var last = journal.Seals[^1];
        var before = SealCopy.Read(journal.Note!)!;
        (journal.Note, var no) = Turned(journal.Note!.Trim(), random);
        // A number that is higher says that seals are missing; a lower one stands with the copy of that seal, whose day it is.
        if (no > last.No) return new(last.No + 1, null, null, null);
        return no >= 1 && no != before.No ? OfSeal(journal.Seals[(int)no - 1]) : new(no, null, null, (no < 1 ? before.At : last.SealedAt).LocalDay());
    }

    // ── Values ──

    private static Named OfValue(Journal journal, Guid row) => new(null, null, row, journal.Rows.Find(one => one.Id == row)?.At.LocalDay());

    private static Named? EditValue(Journal journal, Random random)
    {
        var at = random.Next(journal.Values.Count);
        var value = journal.Values[at];
        value = random.Next(8) switch
        {
            0 => value with { Before = value.Before + "x" },
            1 => value with { After = value.After + "x" },
            2 => value with { Salt = Turned(value.Salt, random) },
            3 => value with { Person = value.Person is null || random.Next(2) == 0 ? Id(random) : null },
            4 => value with { Entity = value.Entity + "_other" },
            5 => value with { EntityId = Id(random).ToString() },
            6 => value with { Field = value.Field + "_other" },
            _ => value with { Audit = random.Next(2) == 0 ? Id(random) : Any(journal.Rows, random).Id },
        };
        if (value.Audit == journal.Values[at].Audit && value == journal.Values[at] || journal.Values.Exists(other => Key(other) == Key(value)) && Key(value) != Key(journal.Values[at])) return null;
        journal.Values[at] = value;
        return OfValue(journal, value.Audit);
    }

    private static (Guid, string, string, string) Key(ChangedValue value) => (value.Audit, value.Entity, value.EntityId, value.Field);

    private static Named PutValueIn(Journal journal, Random random)
    {
        var put = Any(journal.Values, random) with { Audit = random.Next(2) == 0 ? Id(random) : Any(journal.Rows, random).Id, Field = "field" + random.Next(1000) };
        journal.Values.Add(put);
        return OfValue(journal, put.Audit);
    }

    private static Named? SwapValues(Journal journal, Random random)
    {
        var (a, b) = (random.Next(journal.Values.Count), random.Next(journal.Values.Count));
        if (a == b) return null;
        var (one, other) = (journal.Values[a], journal.Values[b]);
        (journal.Values[a], journal.Values[b]) = (one with { Before = other.Before, After = other.After, Salt = other.Salt }, other with { Before = one.Before, After = one.After, Salt = one.Salt });
        return OfValue(journal, one.Audit < other.Audit ? one.Audit : other.Audit);
    }
}
