using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>A manager takes a role back. It ends with the account's next request, on open streams too.</summary>
public sealed class RevokeRole(Db db, GiveGuestRole guests, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> RunAsync(Guid id, string? reason, CancellationToken ct)
    {
        if (Inputs.TooLong("reason", reason) is { } tooLong) return tooLong;
        if (await db.FindAsync<AccountGrant>([id], ct) is { GivenUnit: not null } given && given.AccountId != db.Visitor!.Account) return await guests.EndAsync(id, reason, ct);
        return await db.WholeAsync(() => RevokeAsync(id, reason, ct), ct);
    }

    private async Task<Outcome<Nothing>> RevokeAsync(Guid id, string? reason, CancellationToken ct)
    {
        var grant = await db.FindAsync<AccountGrant>([id], ct);
        if (grant is null) return Refusals.NotFound();
        if (grant.AccountId == db.Visitor!.Account) return Problems.NotYourself();
        if (!Roles.MayGive(db.Visitor.Roles).Contains(grant.Role)) return Problems.RoleNotYours();
        if (!await GiveRole.InScopeAsync(db, grant.UnitId, grant.AreaId, ct)) return Problems.RoleNotYours();
        if (grant.RevokedAt is not null) return Nothing.Value;
        (grant.RevokedAt, grant.RevokedBy, grant.Reason) = (clock.GetUtcNow(), db.Visitor.Account, VietnameseText.Clean(reason));
        db.Tell(new RoleRevoked(grant.AccountId, grant.Id, grant.Role));
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("SELECT pt.write_rights($1)", ct, new[] { grant.AccountId.Value });
        await VolunteerEnds.EndWithRoleAsync(db, grant.AccountId, ct);
        return Nothing.Value;
    }
}
