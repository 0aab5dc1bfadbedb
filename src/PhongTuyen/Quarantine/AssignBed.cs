using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Gives somebody in house another bed, any free bed, or none.</summary>
public sealed class AssignBed(Db db, Beds beds, TimeProvider clock)
{
    /// <param name="Bed">Null with <paramref name="Any"/>: the first free one; null without: the bed is given back.</param>
    public sealed record Input(Guid Intent, StayId Id, BedId? Bed, bool Any);

    private const string ManyKind = "stay.assign-list", BackKind = "stay.give-back-list";

    /// <param name="Before">What it had before; null: none.</param>
    public sealed record One(StayId Id, BedId? Before, BedId Bed);

    /// <param name="Given">Who got one, with which.</param>
    public sealed record Many(IReadOnlyList<One> Given);

    /// <summary>Lists of the visitor's own that can still be taken back.</summary>
    public Task<List<OwnAct>> MineAsync(CancellationToken ct) => db.OwnActsAsync<Many>(ManyKind, BackKind, many => many.Given.Count, ct);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.assign-bed", input, () => AssignAsync(input, ct), ct);

    /// <summary>A bus has arrived: everybody gets the next free bed, in order, for as long as there are any; who got which.</summary>
    public Task<Outcome<Many>> RunManyAsync(Guid intent, IReadOnlyList<StayId> stays, CancellationToken ct) => db.OnceAsync(intent, ManyKind, new { stays }, async () =>
    {
        if (stays.Count > StayLookup.AtOnce) return Problems.TooManyAtOnce(StayLookup.AtOnce);
        var given = new List<One>();
        foreach (var id in stays.Distinct())
        {
            var before = (await db.StayAsync(id, ct))?.BedId;
            var outcome = await AssignAsync(new Input(default, id, null, true), ct);
            if (outcome.Done) given.Add(new One(id, before, (await db.StayAsync(id, ct))!.BedId!.Value));
            // None left for this man may still mean one for the woman behind him.
            else if (outcome.Problem.Code != Problems.NoBedFree().Code) return outcome.As<Many>();
        }
        return given.Count == 0 && stays.Count > 0 ? Problems.NoBedFree() : (Outcome<Many>)new Many(given);
    }, ct);

    /// <summary>The same taken back by who did it: each has the bed of before, or none. All or none: who lies elsewhere since is named by their stay in <see cref="Problem.Field"/>.</summary>
    /// <param name="of">The intent with which they got them.</param>
    public Task<Outcome<TakenBack>> GiveBackAsync(Guid intent, Guid of, CancellationToken ct) => db.OnceAsync(intent, BackKind, new { of }, async () =>
    {
        if (await db.AnsweredAsync<Many>(of, ManyKind, ct) is not { } many) return Refusals.NotFound();
        var depends = new List<Problem>();
        foreach (var one in many.Given)
        {
            if (!(await db.WholeAsync(() => GiveBackAsync(one, ct), ct)).Refused(out var problem)) continue;
            if (problem.Status == 404) return problem;
            depends.Add(problem.At(one.Id.ToString()));
        }
        return depends.Count > 0 ? (List<Problem>)[Refusals.DependsOn(depends.Count), .. depends] : (Outcome<TakenBack>)new TakenBack(of, many.Given.Count);
    }, ct);

    private async Task<Outcome<StayId>> GiveBackAsync(One one, CancellationToken ct)
    {
        if (await db.StayAsync(one.Id, ct) is not { } stay) return Refusals.NotFound();
        return stay.BedId == one.Bed ? await AssignAsync(new Input(default, one.Id, one.Before, false), ct) : Refusals.ChangedSince();
    }

    private async Task<Outcome<StayId>> AssignAsync(Input input, CancellationToken ct)
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State is not (StayState.InHouse or StayState.Absent or StayState.Expected)) return Problems.NotInState(stay.State);
        if (input.Bed is null && !input.Any)
        {
            await beds.FreeAsync(stay.Id, clock.GetUtcNow(), ct);
            stay.BedId = null;
            db.Tell(new BedAssigned(stay.PersonId, stay.Id, null));
            await db.SaveChangesAsync(ct);
            return stay.Id;
        }
        var given = await beds.AssignAsync(stay, input.Bed, ct, stay.State == StayState.Expected ? BedUseKind.Reserved : BedUseKind.Occupied);
        return given.Done ? stay.Id : given.As<StayId>();
    }
}
