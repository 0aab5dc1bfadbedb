using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>One stay of the visitor's scope, for changing it.</summary>
internal static class StayLookup
{
    /// <summary>The most that one act over a list takes: two full buses, and more than a page shows.</summary>
    public const int AtOnce = 250;

    public static Task<Stay?> StayAsync(this Db db, StayId id, CancellationToken ct) => db.Set<Stay>().FirstOrDefaultAsync(s => s.Id == id, ct);

    /// <summary>When something happened during a stay that may be entered late.</summary>
    /// <param name="typed">Null: now.</param>
    public static Outcome<DateTimeOffset> MomentIn(this Stay stay, DateTimeOffset? typed, TimeProvider clock)
    {
        if (typed is not { } moment) return clock.GetUtcNow();
        if (moment > clock.GetUtcNow().AddMinutes(5)) return Refusals.InFuture("at");
        if (moment < clock.GetUtcNow().AddDays(-StayPlan.PastMost)) return Problems.TooFarAway("at", StayPlan.PastMost);
        if (stay.ArrivedAt is not { } arrived) return moment;
        return moment.Since(arrived) is var since && since < arrived ? Problems.EndBeforeArrival("at") : since;
    }

    public static Task<Transfer?> TransferAsync(this Db db, TransferId id, CancellationToken ct) => db.Set<Transfer>().FirstOrDefaultAsync(t => t.Id == id, ct);
}
