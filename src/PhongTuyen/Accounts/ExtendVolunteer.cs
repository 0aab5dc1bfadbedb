using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A volunteer is needed for longer (gia hạn): who could give the role names a new last day and says why. Again no further off than the decree allows, counted from this day.</summary>
public sealed class ExtendVolunteer(Db db, VolunteerEnds ends)
{
    /// <param name="Intent">Made by the sender.</param>
    /// <param name="LastDay">Included.</param>
    public sealed record Input(Guid Intent, AccountId Account, DateOnly? LastDay, [property: Most(AccountHandover.ReasonMost)] string? Reason);

    public Task<Outcome<Nothing>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "account.extend", input, () => ExtendAsync(input, ct), ct);

    private async Task<Outcome<Nothing>> ExtendAsync(Input input, CancellationToken ct)
    {
        if (await db.FindAsync<Account>([input.Account], ct) is not { } account || !db.Scope.Units.Contains(account.UnitId)) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, account.Id, ct) is { } fault) return fault;
        if (!Roles.MayGive(db.Visitor!.Roles).Contains(Role.Volunteer)) return Problems.RoleNotYours();
        await db.Connection.RunAsync("SELECT 1 FROM pt.account WHERE id = $1 FOR NO KEY UPDATE", ct, account.Id.Value);
        var (now, today) = (db.Clock.GetUtcNow(), db.Clock.Today());
        var grants = await db.Set<AccountGrant>().Where(grant => grant.AccountId == account.Id && grant.Role == Role.Volunteer && grant.RevokedAt == null).ToListAsync(ct);
        if (grants.Count == 0) return Problems.NotVolunteer();
        var faults = new List<Problem>();
        if (input.LastDay is not { } last) faults.Add(Refusals.Required("lastDay"));
        else if (last < today) faults.Add(Problems.EndBeforeStart().At("lastDay"));
        if (VietnameseText.Clean(input.Reason) is not { } reason) faults.Add(Refusals.ReasonNeeded("reason"));
        else if (faults.Count == 0)
        {
            var until = input.LastDay!.Value.AddDays(1).AtLocal();
            foreach (var grant in grants)
            {
                if (!await GiveRole.InScopeAsync(db, grant.UnitId, grant.AreaId, ct)) return Problems.AboveYou();
                if (ends.Fault(await VolunteerEnds.AreaAsync(db, grant.UnitId!.Value, ct), until, today) is { } tooFar) return tooFar.At("lastDay");
                grant.Until = until;
            }
            // The account itself goes on with it; one that ends on another day for other roles stays as its manager set it, if that is later.
            if (account.ExpiresAt < until) account.ExpiresAt = until;
            db.Tell(new VolunteerExtended(account.Id, until), reason);
            await db.SaveChangesAsync(ct);
            await db.Connection.RunAsync("SELECT pt.write_rights($1)", ct, new[] { account.Id.Value });
            await VolunteerEnds.EndWithRoleAsync(db, account.Id, ct);
            return Nothing.Value;
        }
        return faults;
    }
}
