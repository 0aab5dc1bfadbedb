using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// A manager of units makes, moves, renames, merges, divides or closes one of theirs, from a day on, by a paper: looks first what would change, then has it done, or planned
/// where the day is still to come. On its day <see cref="ReorganisationWorker"/> carries it out in the planner's name.
/// </summary>
public sealed class PlanUnitAct(Db db, ReorganisationSettings settings, TimeProvider clock)
{
    /// <summary>So many days ahead an act may be planned.</summary>
    private const int Farthest = 730;

    /// <param name="Intent">Made by the sender.</param>
    /// <param name="On">The first day on which it holds.</param>
    public sealed record Input(Guid Intent, UnitAct What, [property: Most(ReorganisationAct.PaperMost)] string? Paper, DateOnly? On);

    /// <summary>What would change if it were done now. Nothing is.</summary>
    public async Task<Outcome<ReachChange>> PreviewAsync(Input input, CancellationToken ct)
    {
        if (Inputs.Faults(input, clock.Today()) is { Count: > 0 } wrong) return wrong;
        if (await FaultsAsync(input, ct) is { Count: > 0 } faults) return faults;
        ReachChange? seen = null;
        // Done, looked at and undone: what would be is read where it is, not computed a second time.
        var kept = await db.WholeAsync<Nothing>(async () =>
        {
            await CarryOutUnits.DoAsync(db, clock.NewGuid(), input.What, input.On!.Value, VietnameseText.Clean(input.Paper)!, ct);
            seen = await ReachChange.ReadAsync(db, ct);
            return Refusals.Changed();
        }, ct);
        return seen is { } change ? change : kept.As<ReachChange>();
    }

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "tree.act", input, async () =>
    {
        if (await FaultsAsync(input, ct) is { Count: > 0 } faults) return faults;
        var (what, on) = (input.What, input.On!.Value);
        var act = new ReorganisationAct
        {
            Id = input.Intent, UnitId = what.Unit, Kind = what.Kind, Units = [.. what.Named.Select(unit => unit.Value).Distinct()], Paper = VietnameseText.Clean(input.Paper)!, EffectiveOn = on,
            Content = what.Write(), State = ActState.Planned, EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor!.Account,
        };
        db.Add(act);
        if (on <= clock.Today()) return await DoAsync(db, act, what, ct) is { } problem ? problem : (Outcome<Guid>)act.Id;
        db.Tell(new TreesChanged(act.Id, act.Kind, act.State, act.UnitId, what.Into, on, 0, 0));
        await db.SaveChangesAsync(ct);
        await TellOfActs.TellAsync(db, act, "notice.tree-planned", ct);
        return (Outcome<Guid>)act.Id;
    }, ct);

    private async Task<List<Problem>> FaultsAsync(Input input, CancellationToken ct)
    {
        var (faults, today) = (new List<Problem>(), clock.Today());
        if (VietnameseText.Clean(input.Paper) is null) faults.Add(Refusals.Required("paper"));
        if (input.On is not { } on) faults.Add(Refusals.Required("on"));
        else if (today.DayNumber - on.DayNumber > settings.DaysBack) faults.Add(Problems.TooFarBack(settings.DaysBack));
        else if (on.DayNumber - today.DayNumber > Farthest) faults.Add(Problems.TooFarAhead());
        faults.AddRange(await UnitActCheck.FaultsAsync(db, input.What, input.On ?? today, Guid.Empty, ct));
        // What is not there is not told from what may not be seen.
        return faults.Exists(fault => fault.Status == 404) ? [faults.First(fault => fault.Status == 404)] : faults;
    }

    /// <summary>Carries it out now: trees, rights, audit and notices in one transaction. Null: done.</summary>
    internal static async Task<Problem?> DoAsync(Db db, ReorganisationAct act, UnitAct what, CancellationToken ct)
    {
        var done = await CarryOutUnits.DoAsync(db, act.Id, what, act.EffectiveOn, act.Paper, ct);
        var change = await ReachChange.ReadAsync(db, ct);
        var own = change.Rows.FirstOrDefault(row => row.Account == db.Visitor!.Account);
        if (own is not null && (own.Lost.Count > 0 || own.Gained.Except(done.Made).Any())) return Problems.OwnReach();
        await db.Connection.RunAsync("SELECT pt.write_rights(NULL)", ct);
        foreach (var unit in done.Made) db.WidenScope(unit);
        (act.State, act.Done, act.DoneAt) = (ActState.Done, done.Write(), db.Clock.GetUtcNow());
        act.DoneNo = await db.Connection.ValueAsync<long>("SELECT nextval('pt.reorganisation_done_no')", ct);
        db.Tell(new TreesChanged(act.Id, act.Kind, act.State, act.UnitId, what.Into, act.EffectiveOn, change.Gained, change.Lost));
        await db.SaveChangesAsync(ct);
        await TellOfActs.TellAsync(db, act, "notice.tree-done", ct);
        return null;
    }
}
