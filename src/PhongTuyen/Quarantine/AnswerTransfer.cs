using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>The other side answers: received, so that the stay there ends and one here begins in the same moment; or refused, so that the person is back where they were.</summary>
public sealed class AnswerTransfer(Db db, AdmitPerson admit, StayClash clash, INotify notify, TimeProvider clock)
{
    /// <param name="NewStay">Id of the stay that begins here, made by the sender.</param>
    public sealed record Receipt(TransferId Id, StayId NewStay, DateTimeOffset ArrivedAt, BedId? Bed, bool AnyBed, Severity Severity);

    public sealed record Refusal(Guid Intent, TransferId Id, string Reason);

    public Task<Outcome<StayId>> ReceiveAsync(Receipt input, CancellationToken ct) => db.OnceAsync(input.NewStay.Value, "transfer.receive", input, async () =>
    {
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !CoversReceiver(transfer)) return Refusals.NotFound();
        if (!transfer.Open) return Problems.TransferClosed(transfer.State);
        if (input.ArrivedAt < transfer.SentAt) return Problems.EndBeforeArrival("arrivedAt");
        await clash.HoldAsync(transfer.PersonId, ct);
        var before = await db.Connection.RowAsync("SELECT s.reason, s.protection, s.origin_on FROM pt.transfer_stay($1) s", r => ((StayReason)r.GetInt16(0), (Protection)r.GetInt16(1), r.Maybe<DateOnly>(2)), ct, transfer.Id.Value);
        if (!await db.Connection.ValueAsync<bool>("SELECT pt.close_sent_stay($1, true, $2)", ct, transfer.Id.Value, input.ArrivedAt)) return Refusals.NotFound();
        var (toClass, tier) = PlaceClasses.From(transfer.ToClass);
        var admitted = await admit.AdmitAsync(new(input.NewStay, transfer.PersonId, transfer.ToUnitId, StayPlace.Facility, toClass, tier, input.ArrivedAt, false, before.Item1 == StayReason.Unknown ? StayReason.Other : before.Item1)
        {
            Protection = before.Item2, OriginOn = before.Item3, Severity = input.Severity, Bed = input.Bed, AnyBed = input.AnyBed, ViaTransfer = true,
        }, ct);
        if (!admitted.Done) return admitted;
        await CloseAsync(transfer, TransferState.Received, input.NewStay, null, ct);
        return admitted;
    }, ct);

    public Task<Outcome<TransferId>> RefuseAsync(Refusal input, CancellationToken ct) => db.OnceAsync(input.Intent, "transfer.refuse", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !CoversReceiver(transfer)) return Refusals.NotFound();
        if (!transfer.Open) return Problems.TransferClosed(transfer.State);
        if (!await db.Connection.ValueAsync<bool>("SELECT pt.close_sent_stay($1, false, $2)", ct, transfer.Id.Value, clock.GetUtcNow())) return Refusals.NotFound();
        await CloseAsync(transfer, TransferState.Refused, null, reason, ct);
        return (Outcome<TransferId>)transfer.Id;
    }, ct);

    /// <summary>The sender takes it back before it is answered.</summary>
    public Task<Outcome<TransferId>> WithdrawAsync(Refusal input, CancellationToken ct) => db.OnceAsync(input.Intent, "transfer.withdraw", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !db.Scope.Covers(transfer)) return Refusals.NotFound();
        if (!transfer.Open) return Problems.TransferClosed(transfer.State);
        if (await db.StayAsync(transfer.FromStay, ct) is { State: StayState.OnTheWay } stay) stay.State = StayState.InHouse;
        await CloseAsync(transfer, TransferState.Withdrawn, null, reason, ct);
        return (Outcome<TransferId>)transfer.Id;
    }, ct);

    private bool CoversReceiver(Transfer transfer) => db.Scope.Covers(transfer.ToUnitId, new AreaKeys(transfer.ToProvinceId, transfer.ToDistrictId, transfer.ToCommuneId));

    private async Task CloseAsync(Transfer transfer, TransferState state, StayId? stay, string? answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        (transfer.State, transfer.ToStay, transfer.Answer, transfer.ClosedAt, transfer.ClosedBy) = (state, stay, answer, now, db.Visitor!.Account);
        db.Tell(new TransferMoved(transfer.PersonId, transfer.Id, state, transfer.UnitId, transfer.ToUnitId));
        await db.SaveChangesAsync(ct);
        await notify.UnitAsync(state == TransferState.Withdrawn ? transfer.ToUnitId : transfer.UnitId, "notice.transfer-" + TextOf(state), new Dictionary<string, string>(),
            "/desk/quarantine/transfers", $"transfer/{transfer.Id}/{state}", ct);
    }

    private static string TextOf(TransferState state) => state switch
    {
        TransferState.Received => "received",
        TransferState.Refused => "refused",
        _ => "withdrawn",
    };
}
