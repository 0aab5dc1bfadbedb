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

    internal const string ManyKind = "stay.reopen-list";

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.reopen", input, () => ReopenAsync(input, ct), ct);

    /// <summary>Undoes a list that the visitor ended in one act. All or none: where something depends on it, all that does is named by its stay in <see cref="Problem.Field"/>.</summary>
    /// <param name="of">The intent with which they were ended.</param>
    public Task<Outcome<TakenBack>> RunManyAsync(Guid intent, Guid of, string reason, CancellationToken ct) =>
        db.OnceAsync(intent, ManyKind, new { of, reason }, async () =>
        {
            if (await db.AnsweredAsync<EndStay.Many>(of, EndStay.ManyKind, ct) is not { } ended) return Refusals.NotFound();
            var depends = new List<Problem>();
            foreach (var one in ended.Stays)
            {
                if (!(await db.WholeAsync(() => ReopenAsync(new Input(default, one.Id, reason), ct, one.Version), ct)).Refused(out var problem)) continue;
                if (problem.Status == 404) return problem;
                depends.Add(problem.At(one.Id.ToString()));
            }
            return depends.Count > 0 ? (List<Problem>)[Refusals.DependsOn(depends.Count), .. depends] : (Outcome<TakenBack>)new TakenBack(of, ended.Stays.Count);
        }, ct);

    /// <param name="version">Only as it was then; null: as it is.</param>
    private async Task<Outcome<StayId>> ReopenAsync(Input input, CancellationToken ct, int? version = null)
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (stay.State != StayState.Ended || stay.EndedAs == StayEnd.Transferred) return Problems.NotInState(stay.State);
        if (stay.Version != (version ?? stay.Version)) return Refusals.ChangedSince();
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
