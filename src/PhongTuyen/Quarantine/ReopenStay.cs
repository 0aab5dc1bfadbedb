using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>
/// Takes back an end that was entered by mistake: the person is as before, in the same bed where nobody else lies in it meanwhile. Not where
/// the person is recorded as present elsewhere.
/// </summary>
public sealed class ReopenStay(Db db, Beds beds)
{
    public sealed record Input(Guid Intent, StayId Id, string Reason);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.reopen", input, () => ReopenAsync(input, ct), ct);

    /// <summary>Undoes a list that was ended in one act. All or none.</summary>
    public Task<Outcome<int>> RunManyAsync(Guid intent, IReadOnlyList<StayId> stays, string reason, CancellationToken ct) =>
        db.OnceAsync(intent, "stay.reopen-many", new { stays, reason }, async () =>
        {
            if (stays.Count > StayLookup.AtOnce) return Problems.TooManyAtOnce(StayLookup.AtOnce);
            foreach (var id in stays)
                if ((await ReopenAsync(new Input(default, id, reason), ct)).Refused(out var problem)) return problem.At(id.ToString());
            return (Outcome<int>)stays.Count;
        }, ct);

    private async Task<Outcome<StayId>> ReopenAsync(Input input, CancellationToken ct)
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State != StayState.Ended || stay.EndedAs == StayEnd.Transferred) return Problems.NotInState(stay.State);
        // First: whoever hears of it must see the person again.
        await db.TieAgainAsync(stay.PersonId, TieBecause.Stay, stay.Id.Value, ct);
        db.Tell(new StayReopened(stay.PersonId, stay.Id, stay.UnitId, stay.Class, stay.Disease, stay.EndedAs!.Value, stay.EndedOn), reason);
        var bed = stay.Reopen();
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.NotYetOver();
        }
        if (bed is not null) await beds.AssignAsync(stay, bed, ct);
        return stay.Id;
    }
}
