using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Somebody who should be here is not; or is back (readmitted).</summary>
public sealed class MarkAbsence(Db db)
{
    public sealed record Input(Guid Intent, StayId Id, bool Absent, string? Note);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.absence", input, async () =>
    {
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State != (input.Absent ? StayState.InHouse : StayState.Absent)) return Problems.NotInState(stay.State);
        stay.State = input.Absent ? StayState.Absent : StayState.InHouse;
        if (VietnameseText.Clean(input.Note) is { } note) stay.Note = note;
        db.Tell(new StayAbsence(stay.PersonId, stay.Id, input.Absent));
        await db.SaveChangesAsync(ct);
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
