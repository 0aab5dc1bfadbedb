using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Oversight;

/// <summary>Says that a unit has supplied what is due on a day, or that there was nothing; and takes that back.</summary>
public sealed class DeliverData(Db db, TimeProvider clock)
{
    /// <param name="Id">Made by the sender.</param>
    /// <param name="Due">A day on which it was due, or is due next.</param>
    /// <param name="Nothing">There was nothing to supply.</param>
    public sealed record Input(Guid Id, Guid Duty, UnitId Unit, DateOnly Due, bool Nothing, [property: Most(DataDelivery.NoteMost)] string? Note);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id, "duty.deliver", input, async () =>
    {
        if (await db.FindAsync<DataDuty>([input.Duty], ct) is not { } duty || await DutyReport.OwesAsync(db, input.Duty, input.Unit, ct) is not { } keys) return Refusals.NotFound();
        var now = clock.GetUtcNow();
        if (!duty.Days.Falls(input.Due)) return Problems.NotDue(input.Due);
        if (duty.Days.Moment(input.Due) > now && input.Due != duty.Days.Next(now)) return Problems.NotYet(input.Due);
        var made = await db.Connection.RowsAsync("""
            INSERT INTO pt.oversight_delivery (id, duty_id, unit_id, province_id, district_id, commune_id, due, nothing, note, delivered_at, delivered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING 1
            """, r => r.GetInt32(0), ct, input.Id, input.Duty, input.Unit.Value, keys.Province.Value, keys.District.Value, keys.Commune.Value, input.Due, input.Nothing, VietnameseText.Clean(input.Note), now, db.Visitor!.Account.Value);
        if (made.Count == 0) return Problems.Delivered();
        db.Tell(new DataDelivered(input.Duty, input.Unit, input.Due, input.Nothing, Withdrawn: false));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)input.Id;
    }, ct);

    public Task<Outcome<Nothing>> TakeBackAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await db.FindAsync<DataDelivery>([id], ct) is not { } delivery || !db.Scope.Covers(delivery)) return Refusals.NotFound();
        if (delivery.WithdrawnAt is not null) return Nothing.Value;
        (delivery.WithdrawnAt, delivery.WithdrawnBy) = (clock.GetUtcNow(), db.Visitor!.Account);
        db.Tell(new DataDelivered(delivery.DutyId, delivery.UnitId, delivery.Due, delivery.Nothing, Withdrawn: true));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);
}
