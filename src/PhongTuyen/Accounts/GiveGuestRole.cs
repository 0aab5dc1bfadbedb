using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Policies;
using PhongTuyen.Units.Contract;

namespace PhongTuyen.Accounts;

/// <summary>
/// An officer gives a role over a place of their own to a colleague of another organisation (quyền của người đơn vị khác), named by user name, for a purpose and until a day; prolongs it, ends it.
/// No account of another organisation is ever listed: an unknown name and one that may not have the role answer the same.
/// </summary>
public sealed class GiveGuestRole(Db db, IPolicyBook policies)
{
    public const int PurposeMost = 300;
    public const int PaperMost = 100;

    /// <param name="Until">The moment after the last day.</param>
    public sealed record Input(Guid Id, [property: Most(Account.NameMost)] string? UserName, Role Role, UnitId? Unit, AreaId? Area, DateTimeOffset? Until, [property: Most(PurposeMost)] string? Purpose, [property: Most(PaperMost)] string? Paper);

    /// <summary>The roles that the visitor may give to people of other organisations.</summary>
    public static IReadOnlyList<Role> MayGive(Db db) => [.. Roles.MayGive(db.Visitor!.Roles).Intersect(Roles.OfGuests)];

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id, "account.give-guest-role", input, async () =>
    {
        var (now, me) = (db.Clock.GetUtcNow(), db.Visitor!);
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.UserName)?.ToLowerInvariant() is not { } name) faults.Add(Refusals.Required("userName"));
        else if (name == me.UserName) return Problems.NotYourself().At("userName");
        else if (await OursAsync(name, ct)) faults.Add(Problems.GuestIsOurs());
        if (VietnameseText.Clean(input.Purpose) is not { Length: >= 5 }) faults.Add(Problems.PurposeOfGuest());
        if (!MayGive(db).Contains(input.Role)) faults.Add(Problems.RoleNotYours());
        if (input.Unit is null == input.Area is null || !await GiveRole.InScopeAsync(db, input.Unit, input.Area, ct)) faults.Add(Problems.GrantNeedsPlace());
        else if (await EndFaultAsync(input.Role, input.Unit, input.Area, input.Until, now, ct) is { } fault) faults.Add(fault);
        if (faults.Count > 0) return faults;
        var wanted = VietnameseText.Clean(input.UserName)!.ToLowerInvariant();
        var given = await db.Connection.RowAsync<(Guid Account, bool Held)?>("SELECT account, held FROM pt.give_guest_role($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", r => (r.GetGuid(0), r.GetBoolean(1)), ct,
            input.Id, wanted, (short)input.Role, input.Unit?.Value, input.Area?.Value, input.Until!.Value, VietnameseText.Clean(input.Purpose)!, VietnameseText.Clean(input.Paper), me.Unit.Value, now);
        if (given is not { } one) return Unknown(wanted, ct);
        if (one.Held) return Problems.RoleHeld();
        db.Tell(new GuestRoleGiven(new AccountId(one.Account), input.Id, input.Role, input.Unit, input.Area, input.Until!.Value, wanted), VietnameseText.Clean(input.Purpose));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)input.Id;
    }, ct);

    public Task<Outcome<Nothing>> ProlongAsync(Guid grant, DateTimeOffset? until, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        var now = db.Clock.GetUtcNow();
        if (await PlaceAsync(grant, ct) is not { } place) return Refusals.NotFound();
        if (await EndFaultAsync(place.Role, place.Unit, place.Area, until, now, ct) is { } fault) return fault;
        var done = await db.Connection.RowAsync<(Guid Account, short Role)?>("SELECT account, role FROM pt.prolong_guest_role($1, $2, $3, $4)", r => (r.GetGuid(0), r.GetInt16(1)), ct, grant, Given(), until!.Value, now);
        if (done is not { } one) return Refusals.NotFound();
        db.Tell(new GuestRoleProlonged(new AccountId(one.Account), grant, (Role)one.Role, until.Value));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>By those over whose place it is, or by those who manage the account. It ends with the account's next request, on open streams too.</summary>
    public Task<Outcome<Nothing>> EndAsync(Guid grant, string? reason, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (Inputs.TooLong("reason", reason) is { } tooLong) return tooLong;
        var done = await db.Connection.RowAsync<(Guid Account, short Role)?>("SELECT account, role FROM pt.end_guest_role($1, $2, $3, $4)", r => (r.GetGuid(0), r.GetInt16(1)), ct, grant, Given(), VietnameseText.Clean(reason), db.Clock.GetUtcNow());
        if (done is not { } one) return Refusals.NotFound();
        db.Tell(new GuestRoleEnded(new AccountId(one.Account), grant, (Role)one.Role), VietnameseText.Clean(reason));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);

    /// <summary>The last day for which a role can be given over a place today; null: to nobody of another organisation.</summary>
    internal async Task<DateOnly?> LastDayAsync(Role role, UnitId? unit, AreaId? area, CancellationToken ct) =>
        policies.For<GuestGrants>(await AreaOfAsync(unit, area, ct), db.Clock.Today(), "")?.DaysOf(role) is { } days ? db.Clock.Today().AddDays(days) : null;

    private short[] Given() => [.. MayGive(db).Select(role => (short)role)];

    /// <summary>That nobody is called so, or that it may not be: said alike, and written down.</summary>
    private Problem Unknown(string name, CancellationToken ct)
    {
        db.AfterRefusal(async () =>
        {
            db.Tell(new GuestAskedFor(name));
            await db.SaveChangesAsync(ct);
        });
        return Problems.GuestUnknown();
    }

    private Task<bool> OursAsync(string name, CancellationToken ct) =>
        db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.account WHERE user_name = $1 AND unit_id = ANY ((SELECT pt.ints('pt.units'))::int[]))", ct, name);

    private async Task<Problem?> EndFaultAsync(Role role, UnitId? unit, AreaId? area, DateTimeOffset? until, DateTimeOffset now, CancellationToken ct)
    {
        if (until is not { } end) return Refusals.Required("until");
        if (end <= now) return Problems.EndBeforeStart();
        if (await LastDayAsync(role, unit, area, ct) is not { } last) return Problems.RoleNotYours();
        return end > last.AddDays(1).AtLocal() ? Problems.GuestTooLong(last) : null;
    }

    private async Task<(Role Role, UnitId? Unit, AreaId? Area)?> PlaceAsync(Guid grant, CancellationToken ct)
    {
        var found = await db.Connection.RowAsync<(short Role, int? Unit, int? Area)?>("SELECT role, unit, area FROM pt.guest_place($1)", r => (r.GetInt16(0), r.Maybe<int>(1), r.Maybe<int>(2)), ct, grant);
        return found is { } one ? ((Role)one.Role, one.Unit is { } unit ? new UnitId(unit) : null, one.Area is { } area ? new AreaId(area) : null) : null;
    }

    private async Task<AreaId> AreaOfAsync(UnitId? unit, AreaId? area, CancellationToken ct)
    {
        if (area is { } of) return of;
        var keys = (await db.AreaOfAsync(unit!.Value, ct)).GetValueOrDefault();
        return keys.Known ? keys.Lowest() : AreaStore.Country;
    }
}
