using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Asks another facility to take somebody over. From now on it sees the person; the stay here goes on until it says yes.</summary>
public sealed class SendTransfer(Db db, INotify notify, TimeProvider clock)
{
    public sealed record Input(TransferId Id, StayId Stay, UnitId ToUnit, StayClass ToClass, string Reason, bool LeavesNow)
    {
        /// <summary>When the vehicle left, where it has; null: now.</summary>
        public DateTimeOffset? LeftAt { get; init; }
    }

    public Task<Outcome<TransferId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id.Value, "transfer.send", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.StayAsync(input.Stay, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State is not (StayState.InHouse or StayState.Absent)) return Problems.NotInState(stay.State);
        if (stay.UnitId == input.ToUnit) return Problems.TransferToSelf();
        var to = await db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == input.ToUnit, ct);
        if (to is null) return Problems.NoSuchFacility();
        if (to.ClosedOn is { } closed && closed <= clock.Today()) return Problems.FacilityClosed(closed);
        if (input.ToClass == StayClass.Observation ? !to.Observation : !to.Treatment) return Problems.ClassNotHere();
        var left = stay.MomentIn(input.LeavesNow ? input.LeftAt : null, clock);
        if (!left.Done) return left.As<TransferId>();
        var transfer = new Transfer
        {
            PersonId = stay.PersonId, Id = input.Id, FromStay = stay.Id, UnitId = stay.UnitId, ProvinceId = stay.ProvinceId, DistrictId = stay.DistrictId, CommuneId = stay.CommuneId,
            ToUnitId = to.UnitId, ToProvinceId = to.ProvinceId, ToDistrictId = to.DistrictId, ToCommuneId = to.CommuneId, ToClass = PlaceClasses.Of(input.ToClass, input.ToClass == StayClass.Treatment ? to.Tier ?? 0 : (short)0),
            State = input.LeavesNow ? TransferState.OnTheWay : TransferState.Sent, SentAt = clock.GetUtcNow(), LeftAt = input.LeavesNow ? left.Value : null, Reason = reason, EnteredBy = db.Visitor!.Account,
        };
        db.Add(transfer);
        if (input.LeavesNow) stay.State = StayState.OnTheWay;
        db.Tell(new TransferMoved(stay.PersonId, transfer.Id, transfer.State, stay.UnitId, to.UnitId));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.TransferOpen();
        }
        await db.TieAsync(stay.PersonId, TieBecause.Transfer, transfer.Id.Value, to.UnitId, new AreaKeys(to.ProvinceId, to.DistrictId, to.CommuneId), ct);
        await notify.UnitAsync(to.UnitId, "notice.transfer-sent", new Dictionary<string, string>(), "/desk/quarantine/transfers", $"transfer/{transfer.Id}/sent", ct);
        return (Outcome<TransferId>)transfer.Id;
    }, ct);
}
