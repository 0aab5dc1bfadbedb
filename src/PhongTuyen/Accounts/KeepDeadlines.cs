using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Accounts;

/// <summary>Sets a deadline for the accounts of the units below one of the visitor's own, takes it back, and takes that back.</summary>
public sealed class KeepDeadlines(Db db, TimeProvider clock)
{
    /// <summary>So far ahead or behind a deadline may lie, in days: one of last year is still looked up, one of the next century is a slip of the hand.</summary>
    private const int Farthest = 3660;

    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Unit">The units below it are meant.</param>
    /// <param name="Kind">Those of this kind; null: all.</param>
    public sealed record Input(Guid Intent, UnitId Unit, UnitKind? Kind, DateOnly? Due, [property: Most(AccountDeadline.PaperMost)] string? Paper);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "account.deadline", input, async () =>
    {
        if (!db.Scope.Units.Contains(input.Unit)) return Refusals.NotFound();
        var faults = new List<Problem>();
        if (input.Due is not { } due) faults.Add(Refusals.Required("due"));
        else if (Math.Abs(due.DayNumber - clock.Today().DayNumber) > Farthest) faults.Add(Problems.DeadlineFarAway(Farthest));
        if (VietnameseText.Clean(input.Paper) is not { } paper) faults.Add(Refusals.Required("paper"));
        else if (paper.Length > AccountDeadline.PaperMost) faults.Add(Refusals.TooLong("paper", AccountDeadline.PaperMost));
        if (input.Kind is { } kind && !Enum.IsDefined(kind)) faults.Add(Refusals.Required("kind"));
        if (faults.Count > 0) return faults;
        var deadline = new AccountDeadline { Id = clock.NewGuid(), UnitId = input.Unit, Kind = input.Kind, Due = input.Due!.Value, Paper = VietnameseText.Clean(input.Paper)!, EnteredAt = clock.GetUtcNow(), EnteredBy = db.Visitor!.Account };
        db.Add(deadline);
        db.Tell(new DeadlineChanged(deadline.Id, deadline.UnitId, Withdrawn: false));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)deadline.Id;
    }, ct);

    /// <summary>Takes it back, or takes that back.</summary>
    public Task<Outcome<Nothing>> WithdrawAsync(Guid id, bool withdrawn, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await db.FindAsync<AccountDeadline>([id], ct) is not { } deadline || !db.Scope.Units.Contains(deadline.UnitId)) return Refusals.NotFound();
        if (deadline.WithdrawnAt is not null == withdrawn) return Nothing.Value;
        deadline.WithdrawnAt = withdrawn ? clock.GetUtcNow() : null;
        db.Tell(new DeadlineChanged(id, deadline.UnitId, withdrawn));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);
}
