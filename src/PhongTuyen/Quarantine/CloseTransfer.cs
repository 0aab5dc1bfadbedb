using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>How a transfer comes to its end, and who is told.</summary>
public sealed class CloseTransfer(Db db, INotify notify, TimeProvider clock)
{
    /// <param name="answer">Why it was refused or withdrawn.</param>
    internal async Task AsAsync(Transfer transfer, TransferState state, StayId? stay, string? answer, CancellationToken ct)
    {
        (transfer.State, transfer.ToStay, transfer.Answer, transfer.ClosedAt, transfer.ClosedBy) = (state, stay, answer, clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new TransferMoved(transfer.PersonId, transfer.Id, state, transfer.UnitId, transfer.ToUnitId));
        await db.SaveChangesAsync(ct);
        await notify.UnitAsync(state == TransferState.Withdrawn ? transfer.ToUnitId : transfer.UnitId, "notice.transfer-" + TextOf(state), new Dictionary<string, string>(),
            "/desk/quarantine/transfers", $"transfer/{transfer.Id}/{state}", ct);
    }

    /// <summary>Somebody who left, died or never was here is not sent any more: the transfer that waits for an answer goes with the stay.</summary>
    internal async Task OfEndedAsync(Stay stay, CancellationToken ct)
    {
        var open = await db.Set<Transfer>().FirstOrDefaultAsync(t => t.PersonId == stay.PersonId && t.FromStay == stay.Id && (t.State == TransferState.Sent || t.State == TransferState.OnTheWay), ct);
        if (open is not null) await AsAsync(open, TransferState.Withdrawn, null, null, ct);
    }

    private static string TextOf(TransferState state) => state switch
    {
        TransferState.Received => "received",
        TransferState.Refused => "refused",
        _ => "withdrawn",
    };
}
