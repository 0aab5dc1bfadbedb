using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>The other side answers: received, so that the stay there ends and one here begins in the same moment; or refused, so that the person is back where they were.</summary>
public sealed class AnswerTransfer(Db db, AdmitPerson admit, StayClash clash, CloseTransfer close, TimeProvider clock)
{
    /// <param name="NewStay">Id of the stay that begins here, made by the sender.</param>
    public sealed record Receipt(TransferId Id, StayId NewStay, DateTimeOffset ArrivedAt, BedId? Bed, bool AnyBed, Severity Severity);

    public sealed record Refusal(Guid Intent, TransferId Id, string Reason);

    public Task<Outcome<StayId>> ReceiveAsync(Receipt input, CancellationToken ct) => db.OnceAsync(input.NewStay.Value, "transfer.receive", input, async () =>
    {
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !CoversReceiver(transfer)) return Refusals.NotFound();
        if (!transfer.Open) return Problems.TransferClosed(transfer.State);
        if (await db.SealedAsync(transfer.PersonId, ct)) return Seals.Problem();
        await clash.HoldAsync(transfer.PersonId, ct);
        var before = await db.Connection.RowAsync("SELECT s.reason, s.protection, s.origin_on, s.class, s.hand_end, s.hand_reason, s.disease, s.arrived_at FROM pt.transfer_stay($1) s",
            r => (Reason: (StayReason)r.GetInt16(0), Protection: (Protection)r.GetInt16(1), OriginOn: r.Maybe<DateOnly>(2), Class: (StayClass)r.GetInt16(3), End: r.Maybe<DateOnly>(4), EndReason: r.GetString(5), Disease: r.GetString(6), ArrivedAt: r.Maybe<DateTimeOffset>(7)), ct, transfer.Id.Value);
        if (before.Disease is null) return Refusals.NotFound();
        // The other side may have entered late, and without their times, that it sent and that the vehicle left: only its arrival is an earliest.
        var arrived = transfer.LeftAt is { } left ? input.ArrivedAt.Since(left) : input.ArrivedAt;
        if (arrived < before.ArrivedAt) return Problems.EndBeforeArrival("arrivedAt");
        if (!await db.Connection.ValueAsync<bool>("SELECT pt.close_sent_stay($1, true, $2)", ct, transfer.Id.Value, arrived)) return await MeanwhileAsync(transfer.Id, ct);
        var (toClass, tier) = PlaceClasses.From(transfer.ToClass);
        var admitted = await admit.AdmitAsync(new(input.NewStay, transfer.PersonId, transfer.ToUnitId, StayPlace.Facility, toClass, tier, arrived, false, before.Reason == StayReason.Unknown ? StayReason.Other : before.Reason)
        {
            Disease = before.Disease, Protection = before.Protection, OriginOn = before.OriginOn, Severity = input.Severity, Bed = input.Bed, AnyBed = input.AnyBed, ViaTransfer = true,
            // A term that was set by hand goes on; from observation to treatment another rule begins.
            PlannedEnd = before.Class == toClass ? before.End : null, PlanReason = before.EndReason,
        }, ct);
        if (!admitted.Done) return admitted;
        await close.AsAsync(transfer, TransferState.Received, input.NewStay, null, ct);
        return admitted;
    }, ct);

    public Task<Outcome<TransferId>> RefuseAsync(Refusal input, CancellationToken ct) => db.OnceAsync(input.Intent, "transfer.refuse", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !CoversReceiver(transfer)) return Refusals.NotFound();
        if (!transfer.Open) return Problems.TransferClosed(transfer.State);
        if (!await db.Connection.ValueAsync<bool>("SELECT pt.close_sent_stay($1, false, $2)", ct, transfer.Id.Value, clock.GetUtcNow())) return await MeanwhileAsync(transfer.Id, ct);
        await close.AsAsync(transfer, TransferState.Refused, null, reason, ct);
        return (Outcome<TransferId>)transfer.Id;
    }, ct);

    /// <summary>The sender takes it back before it is answered.</summary>
    public Task<Outcome<TransferId>> WithdrawAsync(Refusal input, CancellationToken ct) => db.OnceAsync(input.Intent, "transfer.withdraw", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.TransferAsync(input.Id, ct) is not { } transfer || !db.Scope.Covers(transfer)) return Refusals.NotFound();
        if (!transfer.Open) return Problems.TransferClosed(transfer.State);
        if (await db.StayAsync(transfer.FromStay, ct) is { State: StayState.OnTheWay } stay) stay.State = StayState.InHouse;
        await close.AsAsync(transfer, TransferState.Withdrawn, null, reason, ct);
        return (Outcome<TransferId>)transfer.Id;
    }, ct);

    /// <summary>Somebody answered in this very moment, or the stay has ended otherwise.</summary>
    private async Task<Problem> MeanwhileAsync(TransferId id, CancellationToken ct) =>
        (TransferState)await db.Connection.ValueAsync<short>("SELECT state FROM pt.quarantine_transfer WHERE id = $1", ct, id.Value) is var state && state is TransferState.Sent or TransferState.OnTheWay ? Refusals.Changed() : Problems.TransferClosed(state);

    private bool CoversReceiver(Transfer transfer) => db.Scope.Covers(transfer.ToUnitId, new AreaKeys(transfer.ToProvinceId, transfer.ToDistrictId, transfer.ToCommuneId));
}
