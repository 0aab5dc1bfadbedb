using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>Takes back an end that was entered by mistake. Not where the person is recorded as present elsewhere meanwhile.</summary>
public sealed class ReopenStay(Db db)
{
    public sealed record Input(Guid Intent, StayId Id, string Reason);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.reopen", input, () => ReopenAsync(input, ct), ct);

    /// <summary>Undoes a list that was ended in one act. All or none.</summary>
    public Task<Outcome<int>> RunManyAsync(Guid intent, IReadOnlyList<StayId> stays, string reason, CancellationToken ct) =>
        db.OnceAsync(intent, "stay.reopen-many", new { stays, reason }, async () =>
        {
            foreach (var id in stays)
                if ((await ReopenAsync(new Input(default, id, reason), ct)).Refused(out var problem)) return problem.At(id.ToString());
            return (Outcome<int>)stays.Count;
        }, ct);

    private async Task<Outcome<StayId>> ReopenAsync(Input input, CancellationToken ct)
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State != StayState.Ended || stay.EndedAs == StayEnd.Transferred) return Problems.NotInState(stay.State);
        db.Tell(new StayReopened(stay.PersonId, stay.Id, stay.UnitId, stay.EndedAs!.Value, stay.EndedOn), reason);
        (stay.State, stay.EndedAs, stay.EndedAt, stay.EndedOn) = (StayState.InHouse, null, null, null);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.NotYetOver();
        }
        return stay.Id;
    }
}
