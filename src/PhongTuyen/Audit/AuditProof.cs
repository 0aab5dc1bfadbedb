using PhongTuyen.Kernel;

namespace PhongTuyen.Audit;

/// <summary>
/// Whether rows, seals, copies and values of the audit agree, and if not, where they first do not. Reads nothing itself: whoever calls brings
/// what stands in the database and outside of it.
/// </summary>
/// <param name="rows">The rows of a range of transactions (the first included, the last not), in order of their ids.</param>
internal sealed class AuditProof(Func<ulong, ulong, Task<List<SealedRow>>> rows, SealCopies copies)
{
    private long seals, checkedRows, last;
    private ulong covered;
    private byte[] previous = AuditSeal.First;
    private bool wholeBefore;

    /// <param name="values">In the order of their audit rows.</param>
    /// <returns>The number of unsealed rows is left at 0.</returns>
    public async Task<VerifyAudit.Report> RunAsync(IAsyncEnumerable<AuditSeal> all, IAsyncEnumerable<ValueBeside> values, CancellationToken ct)
    {
        await foreach (var seal in all.WithCancellation(ct))
            if (await FaultAsync(seal) is { } bad) return bad;
        if (await BehindAsync() is { } missing) return missing;
        await foreach (var value in values.WithCancellation(ct))
            if (value.Detail is null || !value.Value.StandsIn(value.Detail))
                return Fault(value.Detail is null ? "A value before or after a change stands there without its audit row." : "A value before or after a change is not the one whose hash stands in the audit row.", null, value.At) with { BadRow = value.Value.Audit };
        return new(seals, checkedRows, 0, null, null, null, null);
    }

    /// <summary>Up to which transaction the seals reach.</summary>
    public ulong Covered => covered;

    private VerifyAudit.Report Fault(string sentence, long? seal, DateTimeOffset? at) => new(seals, checkedRows, 0, sentence, null, seal, at?.LocalDay());

    private async Task<VerifyAudit.Report?> FaultAsync(AuditSeal seal)
    {
        var next = last + 1;
        // A hole in the numbers: what is missing is named; but a number that nobody copied either was put in.
        if (seal.No > next && (copies.Any(next) || copies.Any(seal.No))) return Missing(next);
        if (seal.No != next) return Fault($"Seal {seal.No} was put in: the next one is seal {next}.", seal.No, seal.SealedAt);
        var whole = seal.Seal.AsSpan().SequenceEqual(seal.Bound());
        if (!whole && (wholeBefore || !seal.Seal.AsSpan().SequenceEqual(seal.BoundAtFirst()))) return Fault($"Seal {seal.No} was changed.", seal.No, DayOf(seal));
        if (!seal.Previous.AsSpan().SequenceEqual(previous)) return Fault($"Seal {seal.No} is not bound to seal {last}.", seal.No, DayOf(seal));
        if (seal.FromXact != covered) return Fault($"Seal {seal.No} does not begin where seal {last} ended.", seal.No, DayOf(seal));
        if (!copies.Any(seal.No)) return Fault($"Seal {seal.No} has no copy outside of the database.", seal.No, seal.SealedAt);
        var own = SealCopy.Of(seal);
        if (!copies.Of(seal.No).Contains(own)) return Fault($"Seal {seal.No} differs from its copy outside of the database.", seal.No, seal.SealedAt);
        if (copies.IsDisplaced(seal.No)) return Fault($"The copy of seal {seal.No} outside of the database stands behind those of later seals.", seal.No, seal.SealedAt);
        var found = await rows(seal.FromXact, seal.ToXact);
        if (FirstBad(seal, found) is { } bad) return Fault(bad.Sentence, seal.No, seal.SealedAt) with { BadRow = bad.Row, BadPlace = bad.Place };
        if (copies.Of(seal.No).Any(other => other != own && !Holds(other, found))) return Fault($"Seal {seal.No} was made twice, and what its first copy outside covered is not there any more.", seal.No, seal.SealedAt);
        (seals, checkedRows, last, covered, previous, wholeBefore) = (seals + 1, checkedRows + found.Count, seal.No, seal.ToXact, seal.Seal, whole);
        return null;
    }

    /// <summary>What is bound says when; where the seal itself was changed, its copy does.</summary>
    private DateTimeOffset DayOf(AuditSeal seal) => copies.Of(seal.No).LastOrDefault()?.At ?? seal.SealedAt;

    private VerifyAudit.Report Missing(long no) => Fault($"Seal {no} is missing from the database{(copies.Any(no) ? "; its copy outside is there" : ", and its copy outside too")}.", no, copies.Of(no).LastOrDefault()?.At);

    /// <summary>What was copied outside behind the last seal that is there.</summary>
    private async Task<VerifyAudit.Report?> BehindAsync()
    {
        // The one copy that may be ahead is that of a seal whose commit failed; then the rows that it covers are there, and the next seal takes them in.
        foreach (var ahead in copies.Behind(last))
            if (ahead.No > last + 1 || ahead.No <= copies.Last?.No || !Holds(ahead, await rows(covered, Math.Max(covered, ahead.To)))) return Missing(last + 1);
        if (copies.Last is not { } noted) return wholeBefore && last > 1 ? Fault($"The note outside of the database that seal {last} was committed is gone.", last, copies.Of(last).LastOrDefault()?.At) : null;
        if (noted.No > last) return Missing(last + 1);
        // It is written behind each commit: a crash leaves it one seal behind, no more.
        return noted.No < last - 1 || !copies.Of(noted.No).Contains(noted) ? Fault("The note outside of the database of the last committed seal was changed.", noted.No, copies.Of(noted.No).LastOrDefault()?.At ?? noted.At) : null;
    }

    /// <summary>Whether the rows that a copy covers are still those that it was made over.</summary>
    private bool Holds(SealCopy copy, List<SealedRow> from) =>
        copy.From == covered && copy.Root == Convert.ToHexStringLower(AuditSeal.Hashes(from.Where(row => row.Xact < copy.To)).Root);

    /// <summary>The first of the rows of a seal that is not what was sealed in its place. A row that is missing has no id any more; it is named by its place and by those beside it.</summary>
    private static (string Sentence, Guid? Row, int? Place)? FirstBad(AuditSeal seal, List<SealedRow> found)
    {
        var (shortened, root) = AuditSeal.Hashes(found);
        if (root.AsSpan().SequenceEqual(seal.Root) && found.Count == seal.Rows && shortened.AsSpan().SequenceEqual(seal.RowHashes)) return null;
        var at = shortened.AsSpan().CommonPrefixLength(seal.RowHashes) / AuditSeal.Short;
        if (at == found.Count && at == seal.Rows) return ($"Seal {seal.No} is not that of its rows.", null, null);
        var place = $"Of seal {seal.No}, row {at + 1} of {seal.Rows}";
        // A row that was sealed further behind stands here in its stead: the one before it is gone.
        if (at == found.Count || StandsLater(seal, shortened.AsSpan(at * AuditSeal.Short, AuditSeal.Short), at))
            return ($"{place} is missing{(at > 0 ? $", behind {found[at - 1].Id}" : "")}{(at < found.Count ? $", before {found[at].Id}" : "")}.", null, at + 1);
        return ($"{place} was changed or put in.", found[at].Id, at + 1);
    }

    private static bool StandsLater(AuditSeal seal, ReadOnlySpan<byte> hash, int behind)
    {
        for (var i = behind + 1; i < seal.Rows; i++)
            if (seal.RowHashes.AsSpan(i * AuditSeal.Short, AuditSeal.Short).SequenceEqual(hash)) return true;
        return false;
    }
}
