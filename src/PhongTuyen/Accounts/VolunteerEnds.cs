using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;

namespace PhongTuyen.Accounts;

/// <summary>Whoever gives the role of a volunteer names its end, and no later one than the decree allows; asked at every way on which the role is given.</summary>
public sealed class VolunteerEnds(IPolicyBook policies)
{
    // Where no edition is in force, the shortest that one has ever said.
    private const int Otherwise = 30;

    /// <summary>The last day that may be named today for a unit that stands here.</summary>
    public DateOnly LastDay(AreaKeys area, DateOnly today) => policies.For<VolunteerTerm>(area.Lowest(), today, "")?.LastDay(today) ?? today.AddDays(Otherwise);

    /// <param name="until">The moment after the last day.</param>
    public Problem? Fault(AreaKeys area, DateTimeOffset? until, DateOnly today)
    {
        var last = LastDay(area, today);
        return until is { } end && end <= last.AddDays(1).AtLocal() ? null : Problems.VolunteerEnd(last.DayNumber - today.DayNumber, last);
    }

    /// <summary>The same for a role that is about to be given; null where it is another one.</summary>
    public async Task<Problem?> FaultAsync(Db db, GiveRole.Input input, CancellationToken ct) =>
        input.Role != Role.Volunteer ? null
        : input.Unit is not { } unit ? Problems.VolunteerNeedsUnit()
        : Fault(await AreaAsync(db, unit, ct), input.Until, db.Clock.Today());

    /// <summary>Where a unit stands, or what it looks after where that is not known.</summary>
    internal static Task<AreaKeys> AreaAsync(Db db, UnitId unit, CancellationToken ct) => db.Connection.RowAsync($"SELECT {Where} FROM pt.unit u LEFT JOIN pt.area a ON a.id = u.covers_area_id WHERE u.id = $1",
        r => new AreaKeys(new(r.GetInt32(0)), new(r.GetInt32(1)), new(r.GetInt32(2))), ct, unit.Value);

    /// <summary>In SQL, of a unit <c>u</c> and the area <c>a</c> that it looks after.</summary>
    internal const string Where = """
        CASE WHEN u.province_id <> 0 THEN u.province_id ELSE coalesce(a.province_id, 0) END, CASE WHEN u.province_id <> 0 THEN u.district_id ELSE coalesce(a.district_id, 0) END,
        CASE WHEN u.province_id <> 0 THEN u.commune_id ELSE coalesce(a.commune_id, 0) END
        """;

    /// <summary>An account that holds no other role any more ends with it. Called behind each act that gives or takes roles, when that is saved.</summary>
    internal static async Task EndWithRoleAsync(Db db, AccountId id, CancellationToken ct)
    {
        if (await OnlyUntilAsync(db, id, ct) is not { } end || await db.FindAsync<Account>([id], ct) is not { } account || account.ExpiresAt <= end) return;
        account.ExpiresAt = end;
        db.Tell(new AccountChanged(id, end));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>When the last role of an account ends that is a volunteer's and nothing else; null: it is none, or is more.</summary>
    internal static async Task<DateTimeOffset?> OnlyUntilAsync(Db db, AccountId id, CancellationToken ct) => await db.Connection.RowAsync(
        "SELECT CASE WHEN bool_and(role = $2) THEN max(until) END FROM pt.account_grant WHERE account_id = $1 AND revoked_at IS NULL AND (until IS NULL OR until > $3)",
        r => r.Maybe<DateTimeOffset>(0), ct, id.Value, (short)Role.Volunteer, db.Clock.GetUtcNow());
}
