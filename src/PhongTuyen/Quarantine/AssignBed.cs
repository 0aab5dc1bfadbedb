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
    /// <param name="Had">Who had one by then, and keeps it.</param>
    public sealed record Many(IReadOnlyList<One> Given, IReadOnlyList<StayId>? Had = null);

    /// <summary>Lists of the visitor's own that can still be taken back.</summary>
    public Task<List<OwnAct>> MineAsync(CancellationToken ct) => db.OwnActsAsync<Many>(ManyKind, BackKind, many => many.Given.Count, ct);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.assign-bed", input, () => AssignAsync(input, ct), ct);

    /// <summary>
    /// A bus has arrived: everybody gets the next free bed, in order, for as long as there are any; who got which. Who has one by now was given it by somebody else, or from a page that was drawn before: they are left where they lie.
    /// </summary>
    public Task<Outcome<Many>> RunManyAsync(Guid intent, IReadOnlyList<StayId> stays, CancellationToken ct) => db.OnceAsync(intent, ManyKind, new { stays }, async () =>
    {
        if (stays.Count > StayLookup.AtOnce) return Problems.TooManyAtOnce(StayLookup.AtOnce);
        var (given, had) = (new List<One>(), new List<StayId>());
        foreach (var id in stays.Distinct())
        {
            if (await db.StayAsync(id, ct) is { BedId: not null } stay && MayHave(stay))
            {
                had.Add(id);
                continue;
            }
            var outcome = await AssignAsync(new Input(default, id, null, true), ct);
            if (outcome.Done) given.Add(new One(id, null, (await db.StayAsync(id, ct))!.BedId!.Value));
            // None left for this man may still mean one for the woman behind him.
            else if (outcome.Problem.Code != Problems.NoBedFree().Code) return outcome.As<Many>();
        }
        if (given.Count > 0 || stays.Count == 0) return (Outcome<Many>)new Many(given, had);
        return (List<Problem>)[had.Count > 0 && had.Count == stays.Distinct().Count() ? Problems.HaveBeds() : Problems.NoBedFree(), .. had.Select(id => Problems.HasBed().At(id.ToString()))];
    }, ct);

    /// <summary>The same taken back by who did it: each has the bed of before, or none. All or none: who lies elsewhere since is named by their stay in <see cref="Problem.Field"/>.</summary>
    /// <param name="of">The intent with which they got them.</param>
    public Task<Outcome<TakenBack>> GiveBackAsync(Guid intent, Guid of, CancellationToken ct) => db.OnceAsync(intent, BackKind, new { of }, async () =>
    {
        if (await db.AnsweredAsync<Many>(of, ManyKind, ct) is not { } many) return Refusals.NotFound();
        var (depends, back) = (new List<Problem>(), new List<(One One, Stay Stay)>());
        foreach (var one in many.Given)
            if (await db.StayAsync(one.Id, ct) is not { } stay) return Refusals.NotFound();
            else if (stay.BedId != one.Bed) depends.Add(Refusals.ChangedSince().At(one.Id.ToString()));
            else if (!MayHave(stay)) depends.Add(Problems.NotInState(stay.State).At(one.Id.ToString()));
            else back.Add((one, stay));
        // All are freed before one is given again: the bed of before may be the one in which another of the list lies now.
        foreach (var (_, stay) in back) await FreeAsync(stay, ct);
        foreach (var (one, _) in back.Where(pair => pair.One.Before is not null))
            if ((await db.WholeAsync(() => AssignAsync(new Input(default, one.Id, one.Before, false), ct), ct)).Refused(out var problem)) depends.Add(problem.At(one.Id.ToString()));
        return depends.Count > 0 ? (List<Problem>)[Refusals.DependsOn(depends.Count), .. depends] : (Outcome<TakenBack>)new TakenBack(of, many.Given.Count);
    }, ct);

    private static bool MayHave(Stay stay) => stay.State is StayState.InHouse or StayState.Absent or StayState.Expected;

    private async Task FreeAsync(Stay stay, CancellationToken ct)
    {
        await beds.FreeAsync(stay.Id, clock.GetUtcNow(), ct);
        stay.BedId = null;
        db.Tell(new BedAssigned(stay.PersonId, stay.Id, null));
        await db.SaveChangesAsync(ct);
    }

    private async Task<Outcome<StayId>> AssignAsync(Input input, CancellationToken ct)
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (!MayHave(stay)) return Problems.NotInState(stay.State);
        if (input.Bed is null && !input.Any)
        {
            await FreeAsync(stay, ct);
            return stay.Id;
        }
        var given = await beds.AssignAsync(stay, input.Bed, ct, stay.State == StayState.Expected ? BedUseKind.Reserved : BedUseKind.Occupied);
        return given.Done ? stay.Id : given.As<StayId>();
    }
}
