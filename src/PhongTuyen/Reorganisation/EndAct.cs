using Microsoft.EntityFrameworkCore;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>Withdraws an act on units that is still planned, or undoes one that was carried out, while nothing later builds upon it.</summary>
public sealed class EndAct(Db db, AreaStore areas, TimeProvider clock)
{
    public Task<Outcome<Nothing>> WithdrawAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await FindAsync(id, ct) is not { } act) return Refusals.NotFound();
        if (act.State == ActState.Withdrawn) return Nothing.Value;
        if (act.State is not (ActState.Planned or ActState.Stuck)) return Problems.NotPlanned();
        return await EndAsync(act, ActState.Withdrawn, "notice.tree-withdrawn", 0, 0, ct);
    }, ct);

    public Task<Outcome<Nothing>> UndoAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await FindAsync(id, ct) is not { } act) return Refusals.NotFound();
        if (act.State == ActState.Undone) return Nothing.Value;
        if (act.State != ActState.Done) return Problems.NotDone();
        if (act.Kind >= ActKind.Areas) return await UndoAreasAsync(act, ct);
        var done = UnitsDone.Read(act.Done!);
        if (await DependsAsync(act, done, ct) is { } depends) return depends;
        await CarryOutUnits.UndoAsync(db, act.Id, done, ct);
        var change = await ReachChange.ReadAsync(db, ct);
        if (change.Rows.FirstOrDefault(row => row.Account == db.Visitor!.Account) is { } own && (own.Gained.Count > 0 || own.Lost.Except(done.Made).Any())) return Problems.OwnReach();
        await db.Connection.RunAsync("SELECT pt.write_rights(NULL)", ct);
        return await EndAsync(act, ActState.Undone, "notice.tree-undone", change.Gained, change.Lost, ct);
    }, ct);

    /// <summary>The areas first, with the places of units; then the units, the last step before the others.</summary>
    private async Task<Outcome<Nothing>> UndoAreasAsync(ReorganisationAct act, CancellationToken ct)
    {
        if (!db.Scope.Provinces.Contains(AreaStore.Country)) return Refusals.NotFound();
        var done = ReformDone.Read(act.Done!);
        var later = await db.Connection.RowsAsync("""
            SELECT paper FROM pt.reorganisation_act WHERE id <> $1 AND state = 2 AND done_no > $2 AND (units && $3 OR id IN (SELECT n.act_id FROM pt.area_succession s JOIN pt.area_succession n ON n.old_id = s.new_id WHERE s.act_id = $1)) ORDER BY done_no LIMIT 5
            """, r => r.GetString(0), ct, act.Id, act.DoneNo ?? 0, done.Steps.SelectMany(step => step.Before.Select(unit => unit.Id.Value).Concat(step.Made.Select(unit => unit.Value))).Distinct().ToArray());
        if (later.Count > 0) return Problems.Depends(string.Join("; ", later.Distinct()));
        if (!await db.Connection.ValueAsync<bool>("SELECT pt.areas_unfollow($1, $2, $3, $4)", ct, act.Id, act.DoneAt, done.Made.ToArray(), done.Ended.ToArray())) return Problems.AreasUsed();
        foreach (var step in done.Steps.Reverse()) await CarryOutUnits.UndoAsync(db, act.Id, step, ct);
        await db.Connection.RunAsync("UPDATE pt.account_grant SET revoked_at = $2, revoked_by = $3 WHERE id = ANY ($1) AND revoked_at IS NULL", ct, done.Given.ToArray(), clock.GetUtcNow(), db.Visitor!.Account.Value);
        var change = await ReachChange.ReadAsync(db, ct);
        await db.Connection.RunAsync("SELECT pt.write_rights(NULL)", ct);
        var ended = await EndAsync(act, ActState.Undone, "notice.tree-undone", change.Gained, change.Lost, ct);
        await areas.ReadAsync(db.Connection, ct);
        return ended;
    }

    private async Task<Outcome<Nothing>> EndAsync(ReorganisationAct act, ActState state, string notice, int gained, int lost, CancellationToken ct)
    {
        (act.State, act.EndedAt, act.EndedBy) = (state, clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new TreesChanged(act.Id, act.Kind, state, act.UnitId, null, act.EffectiveOn, gained, lost));
        await db.SaveChangesAsync(ct);
        await TellOfActs.TellAsync(db, act, notice, ct);
        return Nothing.Value;
    }

    /// <summary>Locked: two who end it at once meet here one after the other.</summary>
    private async Task<ReorganisationAct?> FindAsync(Guid id, CancellationToken ct)
    {
        await db.Connection.RunAsync("SELECT 1 FROM pt.reorganisation_act WHERE id = $1 FOR UPDATE", ct, id);
        return await db.Set<ReorganisationAct>().FirstOrDefaultAsync(act => act.Id == id, ct) is { } act && db.Scope.Units.Contains(act.UnitId) ? act : null;
    }

    /// <summary>Later acts on the same units, and what was written under a unit that it made.</summary>
    private async Task<Problem?> DependsAsync(ReorganisationAct act, UnitsDone done, CancellationToken ct)
    {
        var touched = act.Units.Concat(done.Made.Select(unit => unit.Value)).Concat(done.Before.Select(unit => unit.Id.Value)).Distinct().ToArray();
        var made = done.Made.Select(unit => unit.Value).ToArray();
        var later = await db.Connection.RowsAsync("SELECT paper FROM pt.reorganisation_act WHERE id <> $1 AND (units && $2 OR unit_id = ANY ($4)) AND (state = 1 OR (state = 2 AND done_no > $3)) ORDER BY effective_on, entered_at LIMIT 5",
            r => r.GetString(0), ct, act.Id, touched, act.DoneNo ?? 0, made);
        if (later.Count > 0) return Problems.Depends(string.Join("; ", later.Distinct()));
        foreach (var unit in made)
        {
            var (stays, units, accounts) = await db.Connection.RowAsync("SELECT pt.unit_was_used($1), (SELECT count(*)::int FROM pt.unit WHERE parent_id = $1 AND valid_to IS NULL AND id <> ALL ($2)), (SELECT count(*)::int FROM pt.account WHERE unit_id = $1 AND id <> ALL ($3))",
                r => (r.GetBoolean(0), r.GetInt32(1), r.GetInt32(2)), ct, unit, done.Before.Select(before => before.Id.Value).ToArray(), done.Accounts.Select(account => account.Id.Value).ToArray());
            if (stays || units + accounts > 0) return Problems.UsedSince();
        }
        return null;
    }
}
