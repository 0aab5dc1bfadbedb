using System.Text.Json.Nodes;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Tampering;

/// <summary>What lies beside the chain: copies and note outside of the database, values before and after a change.</summary>
internal static partial class Tamperings
{
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
