using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>The vehicle has left: the person is on the way and in neither house.</summary>
public sealed class DepartTransfer(Db db, TimeProvider clock)
{
    /// <param name="LeftAt">Null: now. A departure may be entered late.</param>
    public sealed record Input(Guid Intent, TransferId Id, DateTimeOffset? LeftAt);

    public Task<Outcome<TransferId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "transfer.depart", input, async () =>
    {
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !db.Scope.Covers(transfer)) return Refusals.NotFound();
        if (transfer.State != TransferState.Sent) return Problems.TransferClosed(transfer.State);
        if (await db.StayAsync(transfer.FromStay, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State is not (StayState.InHouse or StayState.Absent)) return Problems.NotInState(stay.State);
        var left = stay.MomentIn(input.LeftAt, clock);
        if (!left.Done) return left.As<TransferId>();
        (transfer.State, transfer.LeftAt, stay.State) = (TransferState.OnTheWay, left.Value, StayState.OnTheWay);
        db.Tell(new TransferMoved(stay.PersonId, transfer.Id, transfer.State, transfer.UnitId, transfer.ToUnitId));
        await db.SaveChangesAsync(ct);
        return (Outcome<TransferId>)transfer.Id;
    }, ct);
}
