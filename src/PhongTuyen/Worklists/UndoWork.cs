using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Worklists;

/// <summary>Takes an act on work back, whole, while nothing later depends on any of it; what does is listed.</summary>
public sealed class UndoWork(Db db, IEnumerable<IWorklist> lists, TimeProvider clock)
{
    private sealed record Act(string List, WorkActKind Kind, string? Decision, bool Undone);

    private sealed record Item(Guid Id, PersonId? Person, WorkState Before, Guid? OwnerBefore, string? OwnerNameBefore, bool Moved, string ChangedName, DateTimeOffset ChangedAt);

    /// <summary>What depends on it, by item; empty: it can be taken back. Found by taking it back and undoing that.</summary>
    public async Task<Outcome<Dictionary<Guid, Problem>>> DependsAsync(Guid act, CancellationToken ct)
    {
        Dictionary<Guid, Problem>? seen = null;
        var kept = await db.WholeAsync<Nothing>(async () =>
        {
            var undone = await TakeBackAsync(act, ct);
            if (!undone.Done) return undone.As<Nothing>();
            seen = undone.Value.Depends;
            return Refusals.Changed();
        }, ct);
        return seen is { } depends ? depends : kept.As<Dictionary<Guid, Problem>>();
    }

    /// <returns>How many items are as they were before it.</returns>
    public Task<Outcome<int>> RunAsync(Guid act, CancellationToken ct) => db.WholeAsync<int>(async () =>
    {
        var undone = await TakeBackAsync(act, ct);
        if (!undone.Done) return undone.As<int>();
        if (undone.Value.Depends.Count > 0) return Problems.DependsOn(undone.Value.Depends.Count);
        await db.Connection.RunAsync("UPDATE pt.worklist_act SET undone_at = $2, undone_by = $3 WHERE id = $1", ct, act, clock.GetUtcNow(), db.Visitor!.Account.Value);
        var (of, items, _) = undone.Value;
        PersonId[] persons = [.. items.Select(item => item.Person).OfType<PersonId>().Distinct()];
        if (of.Kind == WorkActKind.Decide) db.Tell(new WorkDecided(act, items.Count, Undone: true, persons));
        else db.Tell(new WorkGiven(act, null, items.Count, Undone: true, persons));
        await db.SaveChangesAsync(ct);
        if (of.Kind == WorkActKind.Decide) await lists.Single(list => list.Name == of.List).DecidedAsync(of.Decision!, [.. items.Select(item => item.Id)], ct);
        return items.Count;
    }, ct);

    private sealed record Taken(Act Of, IReadOnlyList<Item> Items, Dictionary<Guid, Problem> Depends);

    private async Task<Outcome<Taken>> TakeBackAsync(Guid id, CancellationToken ct)
    {
        var act = await db.Connection.RowAsync("SELECT list, kind, decision, undone_at IS NOT NULL FROM pt.worklist_act WHERE id = $1 FOR NO KEY UPDATE", r => new Act(r.GetString(0), (WorkActKind)r.GetInt16(1), r.Text(2), r.GetBoolean(3)), ct, id);
        if (act is null || lists.FirstOrDefault(one => one.Name == act.List) is not { } list) return Refusals.NotFound();
        if (act.Undone) return Problems.UndoneAlready();
        var items = await db.Connection.RowsAsync("""
            SELECT i.id, i.person_id, i.state_before, i.owner_before, i.owner_name_before, w.version <> i.version_after, coalesce(w.changed_name, ''), w.changed_at
            FROM pt.worklist_act_item i JOIN pt.worklist_item w ON w.id = i.id AND w.list = i.list WHERE i.act_id = $1 AND i.problem IS NULL ORDER BY i.id FOR NO KEY UPDATE OF w
            """, r => new Item(r.GetGuid(0), r.Maybe<Guid>(1) is { } person ? new PersonId(person) : null, (WorkState)r.GetInt16(2), r.Maybe<Guid>(3), r.Text(4), r.GetBoolean(5), r.GetString(6), r.GetFieldValue<DateTimeOffset>(7)), ct, id);
        // An item that went to another unit is not the visitor's any more, and neither is the act as a whole.
        if (items.Count != await db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.worklist_act_item WHERE act_id = $1 AND problem IS NULL", ct, id)) return Refusals.NotFound();
        var depends = items.Where(item => item.Moved).ToDictionary(item => item.Id, item => Problems.ChangedSince(item.ChangedName, item.ChangedAt));
        var rest = items.FindAll(item => !depends.ContainsKey(item.Id));
        if (act.Kind == WorkActKind.Decide) foreach (var (item, problem) in await list.UndoAsync(act.Decision!, [.. rest.Select(item => item.Id)], ct)) depends[item] = problem;
        else await db.Connection.RunAsync("""
            UPDATE pt.worklist_item w SET state = x.state, owner_id = x.owner, owner_name = x.name, changed_at = $5, changed_by = $6, changed_name = $7, version = w.version + 1
            FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[]) x(id, state, owner, name) WHERE w.list = $8 AND w.id = x.id
            """, ct, rest.Select(item => item.Id).ToArray(), rest.Select(item => (short)item.Before).ToArray(), rest.Select(item => item.OwnerBefore).ToArray(), rest.Select(item => item.OwnerNameBefore).ToArray(),
            clock.GetUtcNow(), db.Visitor!.Account.Value, db.Visitor.DisplayName, act.List);
        return new Taken(act, items, depends);
    }
}
