using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Gives somebody in house another bed, any free bed, or none.</summary>
public sealed class AssignBed(Db db, Beds beds, TimeProvider clock)
{
    /// <param name="Bed">Null with <paramref name="Any"/>: the first free one; null without: the bed is given back.</param>
    public sealed record Input(Guid Intent, StayId Id, BedId? Bed, bool Any);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.assign-bed", input, () => AssignAsync(input, ct), ct);

    /// <summary>A bus has arrived: everybody gets the next free bed, in order, for as long as there are any; how many got one.</summary>
    public Task<Outcome<int>> RunManyAsync(Guid intent, IReadOnlyList<StayId> stays, CancellationToken ct) => db.OnceAsync(intent, "stay.assign-many", new { stays }, async () =>
    {
        if (stays.Count > StayLookup.AtOnce) return Problems.TooManyAtOnce(StayLookup.AtOnce);
        var given = 0;
        foreach (var id in stays)
        {
            var outcome = await AssignAsync(new Input(default, id, null, true), ct);
            if (outcome.Done) given++;
            // None left for this man may still mean one for the woman behind him.
            else if (outcome.Problem.Code != Problems.NoBedFree().Code) return outcome.As<int>();
        }
        return given == 0 && stays.Count > 0 ? Problems.NoBedFree() : (Outcome<int>)given;
    }, ct);

    /// <summary>The same taken back: nobody of them has a bed.</summary>
    public Task<Outcome<int>> GiveBackAsync(Guid intent, IReadOnlyList<StayId> stays, CancellationToken ct) => db.OnceAsync(intent, "stay.give-back-many", new { stays }, async () =>
    {
        if (stays.Count > StayLookup.AtOnce) return Problems.TooManyAtOnce(StayLookup.AtOnce);
        foreach (var id in stays)
            if ((await AssignAsync(new Input(default, id, null, false), ct)).Refused(out var problem)) return problem;
        return (Outcome<int>)stays.Count;
    }, ct);

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
