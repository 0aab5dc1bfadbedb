using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>Extends or shortens the term, with a reason and the number of the paper. The end that the rule gave stays beside it.</summary>
public sealed class ChangePlan(Db db, TimeProvider clock)
{
    public sealed record Input(Guid Intent, StayId Id, DateOnly PlannedEnd, string Reason, [property: Most(RunFacility.PaperMost)] string? Paper);

    public Task<Outcome<StayId>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "stay.replan", input, async () =>
    {
        if (VietnameseText.Clean(input.Reason) is not { } reason) return Refusals.ReasonNeeded("reason");
        if (await db.StayAsync(input.Id, ct) is not { } stay) return Refusals.NotFound();
        if (!stay.Present) return Problems.NotInState(stay.State);
        if (input.PlannedEnd < (stay.OriginOn ?? stay.ArrivedOn)) return Problems.PlanBeforeOrigin();
        var day = clock.Today();
        if (input.PlannedEnd > (stay.OriginOn > day ? stay.OriginOn.Value : day).AddDays(StayPlan.DaysMost) || input.PlannedEnd < (stay.EnteredAt.LocalDay() < day ? stay.EnteredAt.LocalDay() : day).AddDays(-StayPlan.DaysMost)) return Problems.TooFarAway("plannedEnd", StayPlan.DaysMost);
        if (input.PlannedEnd == stay.PlannedEnd) return Problems.SamePlan();
        db.Add(StayPlan.Of(stay, input.PlannedEnd, reason, VietnameseText.Clean(input.Paper), clock, db.Visitor!.Account));
        db.Tell(new StayReplanned(stay.PersonId, stay.Id, stay.PlannedEnd, input.PlannedEnd));
        stay.PlannedEnd = input.PlannedEnd;
        await db.SaveChangesAsync(ct);
        return (Outcome<StayId>)stay.Id;
    }, ct);
}
