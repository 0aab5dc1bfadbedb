using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.People.Matching;

/// <summary>
/// Says that two records are one person (gộp hồ sơ), and takes it back (tách hồ sơ), however much was written since. Nothing is moved: each stay, case, result and paper stays with its record, so that a
/// merge and its undoing are inverse. Whoever sees one record sees the others while they are merged.
/// </summary>
public sealed class MergePersons(Db db, PersonRecords records)
{
    public const int ReasonMost = 300;

    /// <summary>More records of one person are a mistake of merging, not a person.</summary>
    public const int RecordsMost = 20;

    /// <param name="Intent">Made by the sender; the id of the merge as well.</param>
    /// <param name="Kept">The record that is alike, of the person whose page shows all from now on.</param>
    /// <param name="Joined">The one that it is like: when another merge is undone, these two stay together.</param>
    public sealed record Input(Guid Intent, PersonId Kept, PersonId Joined, [property: Most(ReasonMost)] string? Reason);

    public sealed record Split(Guid Intent, Guid Merge, [property: Most(ReasonMost)] string? Reason);

    /// <returns>The record that stands for the person.</returns>
    public Task<Outcome<PersonId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "person.merge", input, () => MergeAsync(input, ct), ct);

    /// <returns>The record that stood for them.</returns>
    public Task<Outcome<PersonId>> SplitAsync(Split input, CancellationToken ct) => db.OnceAsync(input.Intent, "person.split", input, () => SplitOnceAsync(input, ct), ct);

    private async Task<Outcome<PersonId>> MergeAsync(Input input, CancellationToken ct)
    {
        await HoldAsync(ct);
        var (kept, joined) = (await records.OfAsync(input.Kept, ct), await records.OfAsync(input.Joined, ct));
        if (kept is null || joined is null) return Refusals.NotFound();
        if (kept.Root == joined.Root) return Problems.OnePersonAlready();
        PersonId[] all = [.. kept.All, .. joined.All];
        if (await RefusalAsync(all, ct) is { } refusal) return refusal;
        if (all.Length > RecordsMost) return Problems.TooManyRecords(RecordsMost);
        var (now, reason) = (db.Clock.GetUtcNow(), VietnameseText.Clean(input.Reason));
        await db.Connection.RunAsync("INSERT INTO pt.person_merge (id, kept_id, joined_id, unit_id, reason, merged_at, merged_by) VALUES ($1, $2, $3, $4, $5, $6, $7)", ct, input.Intent, input.Kept.Value, input.Joined.Value, db.Visitor!.Unit.Value, reason, now, db.Visitor.Account.Value);
        await StandAsync(all.ToDictionary(record => record, _ => kept.Root), ct);
        await DecideAsync(MatchState.Open, MatchState.Same, all, all, reason, ct);
        db.Tell(new PersonsMerged(input.Intent, kept.Root, joined.Root, all), reason);
        await db.SaveChangesAsync(ct);
        return kept.Root;
    }

    private async Task<Outcome<PersonId>> SplitOnceAsync(Split input, CancellationToken ct)
    {
        await HoldAsync(ct);
        if (await records.MergeAsync(input.Merge, ct) is not { } merge || await records.OfAsync(merge.Kept, ct) is not { } group) return Refusals.NotFound();
        if (merge.SplitAt is not null) return Problems.SplitAlready();
        if (VietnameseText.Clean(input.Reason) is not { Length: >= 5 } reason) return Problems.ReasonOfSplit();
        if (await RefusalAsync(group.All, ct) is { } refusal) return refusal;
        var (now, left) = (db.Clock.GetUtcNow(), (await records.MergesAsync(group.All, ct)).Where(other => other.SplitAt is null && other.Id != merge.Id));
        await db.Connection.RunAsync("UPDATE pt.person_merge SET split_at = $2, split_by = $3, split_reason = $4 WHERE id = $1", ct, merge.Id, now, db.Visitor!.Account.Value, reason);
        var roots = PersonRecords.Roots(group.All, [.. left.Select(other => (other.Kept, other.Joined))]);
        await StandAsync(roots, ct);
        var joined = group.All.Where(record => roots[record] == roots[merge.Joined]).ToArray();
        await DecideAsync(MatchState.Same, MatchState.Different, joined, [.. group.All.Except(joined)], reason, ct);
        db.Tell(new PersonsSplit(merge.Id, merge.Kept, merge.Joined, group.All), reason);
        await db.SaveChangesAsync(ct);
        return merge.Kept;
    }

    /// <summary>Merges are few: one after the other, so that two that meet in one person make one group.</summary>
    private Task HoldAsync(CancellationToken ct) => db.Connection.RunAsync("SELECT pg_advisory_xact_lock(7106)", ct);

    private async Task<Problem?> RefusalAsync(IReadOnlyList<PersonId> all, CancellationToken ct)
    {
        foreach (var record in all)
            if (!await db.TiedAsync(record, ct)) return OnlySeen.Problem();
        return await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.person_seal WHERE person_id = ANY ($1) AND lifted_at IS NULL)", ct, all.Select(record => record.Value).ToArray()) ? Problems.SealedNotMerged() : null;
    }

    private Task StandAsync(IReadOnlyDictionary<PersonId, PersonId> roots, CancellationToken ct) =>
        db.Connection.RunAsync("SELECT pt.stand_for($1, $2)", ct, roots.Keys.Select(record => record.Value).ToArray(), roots.Values.Select(root => root.Value).ToArray());

    /// <summary>What is decided of the persons is decided of every pair of their records.</summary>
    private Task DecideAsync(MatchState from, MatchState to, IReadOnlyList<PersonId> ones, IReadOnlyList<PersonId> others, string? reason, CancellationToken ct) => db.Connection.RunAsync("""
        UPDATE pt.person_match SET state = $2, decided_at = $5, decided_by = $6, reason = $7
         WHERE state = $1 AND ((person_id = ANY ($3) AND other_id = ANY ($4)) OR (person_id = ANY ($4) AND other_id = ANY ($3)))
        """, ct, (short)from, (short)to, ones.Select(one => one.Value).ToArray(), others.Select(other => other.Value).ToArray(), db.Clock.GetUtcNow(), db.Visitor!.Account.Value, reason);
}
