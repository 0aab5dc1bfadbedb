using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Takes an entry that never was true out of the figures, or strikes somebody who was expected and did not come. The row stays, with the reason.</summary>
public sealed class WithdrawStay(Db db, Beds beds, CloseTransfer transfer, TimeProvider clock)
{
    public sealed record Input(Guid Intent, StayId Id, string Reason);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.withdraw", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State is not (StayState.Expected or StayState.InHouse or StayState.Absent)) return Problems.NotInState(stay.State);
        await beds.FreeAsync(stay.Id, clock.GetUtcNow(), ct);
        (stay.State, stay.BedId, stay.EndNote) = (StayState.Withdrawn, null, reason);
        db.Tell(new StayWithdrawn(stay.PersonId, stay.Id));
        await db.SaveChangesAsync(ct);
        await transfer.OfEndedAsync(stay, ct);
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
