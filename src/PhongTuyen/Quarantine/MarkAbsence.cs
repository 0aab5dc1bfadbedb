using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Somebody who should be here is not; or is back (readmitted).</summary>
public sealed class MarkAbsence(Db db, TimeProvider clock)
{
    /// <param name="At">Since when, or when they came back; null: now. Either may be entered late.</param>
    public sealed record Input(Guid Intent, StayId Id, bool Absent, DateTimeOffset? At, string? Note);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.absence", input, async () =>
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State != (input.Absent ? StayState.InHouse : StayState.Absent)) return Problems.NotInState(stay.State);
        var at = stay.MomentIn(input.At, clock);
        if (!at.Done) return at.As<StayId>();
        if (input.Absent) (stay.State, stay.AbsentSince, stay.ReturnedAt, stay.AbsenceNote) = (StayState.Absent, at.Value, null, VietnameseText.Clean(input.Note));
        else
        {
            var back = stay.AbsentSince is { } since ? at.Value.Since(since) : at.Value;
            if (back < stay.AbsentSince) return Problems.BackBeforeAway();
            (stay.State, stay.ReturnedAt, stay.AbsenceNote) = (StayState.InHouse, back, VietnameseText.Clean(input.Note) ?? stay.AbsenceNote);
        }
        db.Tell(new StayAbsence(stay.PersonId, stay.Id, input.Absent));
        await db.SaveChangesAsync(ct);
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
