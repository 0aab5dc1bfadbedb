using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager gives an account a role over units or areas that are the manager's own. It works from the next request on.</summary>
public sealed class GiveRole(Db db, VolunteerEnds ends)
{
    public sealed record Input(Guid Id, AccountId Account, Role Role, UnitId? Unit, AreaId? Area, DateTimeOffset? Since, DateTimeOffset? Until);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) =>
        db.OnceAsync(input.Id, "account.give-role", input, () => GiveAsync(db, ends, input, ct), ct);

    internal static async Task<Outcome<Guid>> GiveAsync(Db db, VolunteerEnds ends, Input input, CancellationToken ct)
    {
        var now = db.Clock.GetUtcNow();
        if (input.Account == db.Visitor!.Account) return Problems.NotYourself();
        if (!Roles.MayGive(db.Visitor.Roles).Contains(input.Role)) return Problems.RoleNotYours();
        if (input.Unit is null == input.Area is null) return Problems.GrantNeedsPlace();
        if (input.Until <= (input.Since ?? now)) return Problems.EndBeforeStart();
        if (await db.FindAsync<Account>([input.Account], ct) is null) return Refusals.NotFound();
        if (!await InScopeAsync(db, input, ct)) return Refusals.NotFound();
        if (await ends.FaultAsync(db, input, ct) is { } end) return end;
        if (input.Role == Role.Inspector && input.Until is null) return Refusals.Required("until");
        if (await HeldAsync(db, input, ct)) return Problems.RoleHeld();
        Add(db, input, now);
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("SELECT pt.write_rights($1)", ct, new[] { input.Account.Value });
        if (input.Role == Role.Volunteer) await VolunteerEnds.EndWithRoleAsync(db, input.Account, ct);
        return input.Id;
    }

    /// <summary>The grant and what is told of it, still to be saved; whether it may be given was asked before, and the rights are written out after.</summary>
    internal static void Add(Db db, Input input, DateTimeOffset now)
    {
        db.Add(new AccountGrant
        {
            Id = input.Id,
            AccountId = input.Account,
            Role = input.Role,
            UnitId = input.Unit,
            AreaId = input.Area,
            Since = input.Since ?? now,
            Until = input.Until,
            GivenBy = db.Visitor!.Account,
            GivenAt = now,
        });
        db.Tell(new RoleGiven(input.Account, input.Id, input.Role, input.Unit, input.Area));
    }

    /// <summary>Whether a living grant says the same for at least as long. Two that are given at once meet here one after the other.</summary>
    private static async Task<bool> HeldAsync(Db db, Input input, CancellationToken ct)
    {
        await db.Connection.RunAsync("SELECT pt.rights_in_turn(false)", ct); // whoever writes out all rights takes its turn before the accounts, too
        await db.Connection.RunAsync("SELECT 1 FROM pt.account WHERE id = $1 FOR NO KEY UPDATE", ct, input.Account.Value);
        // The clock is read behind the lock: what the first has given meanwhile does not lie in the future of the second.
        var since = input.Since ?? db.Clock.GetUtcNow();
        return await db.Connection.ValueAsync<bool>("""
            SELECT EXISTS (SELECT 1 FROM pt.account_grant WHERE account_id = $1 AND role = $2 AND unit_id IS NOT DISTINCT FROM $3 AND area_id IS NOT DISTINCT FROM $4
              AND revoked_at IS NULL AND since <= $5 AND (until IS NULL OR until >= $6))
            """, ct, input.Account.Value, (short)input.Role, input.Unit?.Value, input.Area?.Value, since, input.Until);
    }

    private static Task<bool> InScopeAsync(Db db, Input input, CancellationToken ct) => InScopeAsync(db, input.Unit, input.Area, ct);

    /// <summary>Whether the place of a grant lies within the visitor's own.</summary>
    internal static async Task<bool> InScopeAsync(Db db, UnitId? of, AreaId? area, CancellationToken ct) => of is { } unit
        ? db.Scope.Units.Contains(unit)
        : await db.Connection.ValueAsync<bool>("""
            SELECT CASE level WHEN 0 THEN 0 = ANY (pt.ints('pt.provinces')) ELSE pt.in_scope(0, province_id, district_id, commune_id) END FROM pt.area WHERE id = $1
            """, ct, area!.Value.Value);
}
