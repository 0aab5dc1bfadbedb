using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Ends a stay: left, discharged, died, lost. One act for one person or for a whole list; each can be taken back (<see cref="ReopenStay"/>).</summary>
public sealed class EndStay(Db db, Beds beds, CloseTransfer transfer, TimeProvider clock)
{
    /// <param name="At">Null: the day is not known; then the end counts in no day's flow.</param>
    public sealed record Input(Guid Intent, StayId Id, StayEnd How, DateTimeOffset? At, string? Note);

    internal const string ManyKind = "stay.end-list";

    /// <param name="Version">As this act left it: what was changed later is not taken back with it.</param>
    public sealed record One(StayId Id, int Version);

    public sealed record Many(IReadOnlyList<One> Stays);

    /// <summary>Lists of the visitor's own that can still be taken back (<see cref="ReopenStay.RunManyAsync"/>).</summary>
    public Task<List<OwnAct>> MineAsync(CancellationToken ct) => db.OwnActsAsync<Many>(ManyKind, ReopenStay.ManyKind, many => many.Stays.Count, ct);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.end", input, () => EndAsync(input, ct), ct);

    /// <summary>All or none: a list that is refused for one person names them by their stay in <see cref="Problem.Field"/>.</summary>
    public Task<Outcome<Many>> RunManyAsync(Guid intent, IReadOnlyList<StayId> stays, StayEnd how, DateTimeOffset? at, CancellationToken ct) =>
        // Not the moment: the same form sent again is the same act.
        db.OnceAsync(intent, ManyKind, new { stays, how }, async () =>
        {
            if (stays.Count > StayLookup.AtOnce) return Problems.TooManyAtOnce(StayLookup.AtOnce);
            var ended = new List<One>();
            foreach (var id in stays.Distinct())
            {
                if ((await EndAsync(new Input(default, id, how, at, null), ct)).Refused(out var problem)) return problem.At(id.ToString());
                ended.Add(new One(id, (await db.StayAsync(id, ct))!.Version));
            }
            return (Outcome<Many>)new Many(ended);
        }, ct);

    private async Task<Outcome<StayId>> EndAsync(Input input, CancellationToken ct)
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State is not (StayState.InHouse or StayState.Absent)) return Problems.NotInState(stay.State);
        if (input.How == StayEnd.Transferred || !Enum.IsDefined(input.How)) return Refusals.NotOneOf("how");
        if (input.At > clock.GetUtcNow().AddMinutes(5)) return Refusals.InFuture("at");
        var ended = stay.ArrivedAt is { } arrived ? input.At?.Since(arrived) : input.At;
        if (ended < stay.ArrivedAt) return Problems.EndBeforeArrival("at");
        await beds.FreeAsync(stay.Id, ended ?? clock.GetUtcNow(), ct);
        stay.End(input.How, ended, VietnameseText.Clean(input.Note));
        db.Tell(new StayEnded(stay.PersonId, stay.Id, stay.UnitId, stay.Class, stay.Disease, input.How, stay.EndedOn));
        await db.SaveChangesAsync(ct);
        await transfer.OfEndedAsync(stay, ct);
        return stay.Id;
    }
}
