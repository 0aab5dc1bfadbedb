using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>
/// An officer leaves: a manager gives every role of that account, over the same places, to another, with the unread notices. Who leaves is stopped at once, or works
/// beside the other until the end of a last day. It can be taken back whole.
/// </summary>
public sealed class HandOverAccount(Db db, TimeProvider clock)
{
    /// <param name="Id">Made by the sender.</param>
    /// <param name="Account">Who leaves.</param>
    /// <param name="To">User name of who takes over.</param>
    /// <param name="LastDay">Until whose end both work; null: who leaves is stopped at once.</param>
    public sealed record Input(Guid Id, AccountId Account, [property: Most(Account.NameMost)] string? To, DateOnly? LastDay, [property: Most(AccountHandover.ReasonMost)] string? Reason);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Id, "account.hand-over", input, () => HandOverAsync(input, ct), ct);

    private async Task<Outcome<Guid>> HandOverAsync(Input input, CancellationToken ct)
    {
        if (await db.FindAsync<Account>([input.Account], ct) is not { } from || !db.Scope.Units.Contains(from.UnitId)) return Refusals.NotFound();
        if (await AccountReach.FaultAsync(db, from.Id, ct) is { } fault) return fault;
        var now = clock.GetUtcNow();
        var (to, faults) = await ReadAsync(input, from, now, ct);
        if (to is null || faults.Count > 0) return faults;
        // Two managers at once: the second sees what the first has done.
        await db.Connection.RunAsync("SELECT 1 FROM pt.account WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", ct, (object)new[] { from.Id.Value, to.Id.Value });
        var held = await LiveAsync([from.Id, to.Id], now, ct);
        // What another organisation gave was given to this colleague and nobody else: it goes to nobody, and ends with the account.
        var ended = held.Where(grant => grant.AccountId == from.Id && (grant.GivenUnit is null || input.LastDay is null)).ToList();
        if (ended.Count == 0) return Problems.NothingToHandOver();
        var given = new List<Guid>();
        foreach (var grant in ended)
        {
            if (grant.GivenUnit is null && !held.Exists(other => other.AccountId == to.Id && Holds(other, grant, now))) Give(to.Id, grant, grant.Until);
            if (input.LastDay is { } day) Give(from.Id, grant, grant.Until < day.AddDays(1).AtLocal() ? grant.Until : day.AddDays(1).AtLocal());
            (grant.RevokedAt, grant.RevokedBy, grant.Reason) = (now, db.Visitor!.Account, VietnameseText.Clean(input.Reason));
            db.Tell(new RoleRevoked(from.Id, grant.Id, grant.Role));
        }
        var handover = new AccountHandover
        {
            Id = input.Id, AccountId = from.Id, ToAccountId = to.Id, UnitId = from.UnitId, Reason = VietnameseText.Clean(input.Reason)!, LastDay = input.LastDay, Ended = [.. ended.Select(grant => grant.Id)], Given = [.. given],
            Notices = await NoticesAsync(from.Id, to.Id, null, ct), ExpiresBefore = from.ExpiresAt, Stopped = input.LastDay is null && from.State == AccountState.Active, DoneAt = now, DoneBy = db.Visitor!.Account,
        };
        db.Add(handover);
        if (handover.Stopped) await SuspendAccount.StopAsync(db, from, ct);
        else if (input.LastDay is { } last && !(from.ExpiresAt <= last.AddDays(1).AtLocal())) from.ExpiresAt = last.AddDays(1).AtLocal();
        db.Tell(new AccountHandedOver(from.Id, to.Id, handover.Id, Undone: false));
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("SELECT pt.write_rights($1)", ct, (object)new[] { from.Id.Value, to.Id.Value });
        if (ended.Exists(grant => grant.Role == Role.Volunteer)) await VolunteerEnds.EndWithRoleAsync(db, to.Id, ct);
        return input.Id;

        void Give(AccountId account, AccountGrant like, DateTimeOffset? until)
        {
            var id = clock.NewGuid();
            GiveRole.Add(db, new GiveRole.Input(id, account, like.Role, like.UnitId, like.AreaId, like.Since > now ? like.Since : null, until), now);
            given.Add(id);
        }
    }

    /// <summary>Takes it back: the roles, the account and what of the notices is still unread stand as they stood.</summary>
    public Task<Outcome<Nothing>> UndoAsync(Guid id, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await db.FindAsync<AccountHandover>([id], ct) is not { } handover) return Refusals.NotFound();
        if (handover.UndoneAt is not null) return Nothing.Value;
        if (db.Visitor!.Account == handover.AccountId || db.Visitor.Account == handover.ToAccountId) return Problems.NotYourself();
        await db.Connection.RunAsync("SELECT 1 FROM pt.account WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", ct, (object)new[] { handover.AccountId.Value, handover.ToAccountId.Value });
        if (await db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.account_handover WHERE ended && $1 AND undone_at IS NULL)", ct, (object)handover.Given)) return Problems.HandedOn();
        var now = clock.GetUtcNow();
        var grants = await db.Set<AccountGrant>().Where(grant => handover.Ended.Contains(grant.Id) || handover.Given.Contains(grant.Id)).ToListAsync(ct);
        var may = Roles.MayGive(db.Visitor.Roles);
        foreach (var place in grants.Where(grant => grant.GivenUnit is null).Select(grant => (grant.Role, grant.UnitId, grant.AreaId)).Distinct())
            if (!may.Contains(place.Role) || !await GiveRole.InScopeAsync(db, place.UnitId, place.AreaId, ct)) return Problems.AboveYou();
        foreach (var grant in grants)
        {
            if (handover.Ended.Contains(grant.Id))
            {
                if (grant.GivenUnit is not null) continue; // its giver gives it anew
                (grant.RevokedAt, grant.RevokedBy, grant.Reason) = (null, null, null);
                db.Tell(new RoleGiven(grant.AccountId, grant.Id, grant.Role, grant.UnitId, grant.AreaId));
            }
            else if (grant.RevokedAt is null)
            {
                (grant.RevokedAt, grant.RevokedBy, grant.Reason) = (now, db.Visitor.Account, handover.Reason);
                db.Tell(new RoleRevoked(grant.AccountId, grant.Id, grant.Role));
            }
        }
        if (await db.FindAsync<Account>([handover.AccountId], ct) is { } from)
        {
            // What its manager has set since stays.
            if (handover.LastDay is { } last && from.ExpiresAt == last.AddDays(1).AtLocal()) from.ExpiresAt = handover.ExpiresBefore;
            if (handover.Stopped) from.State = AccountState.Active;
        }
        await NoticesAsync(handover.ToAccountId, handover.AccountId, handover.Notices, ct);
        (handover.UndoneAt, handover.UndoneBy) = (now, db.Visitor.Account);
        db.Tell(new AccountHandedOver(handover.AccountId, handover.ToAccountId, id, Undone: true));
        await db.SaveChangesAsync(ct);
        await db.Connection.RunAsync("SELECT pt.write_rights($1)", ct, (object)new[] { handover.AccountId.Value, handover.ToAccountId.Value });
        return Nothing.Value;
    }, ct);

    private async Task<(Account? To, List<Problem> Faults)> ReadAsync(Input input, Account from, DateTimeOffset now, CancellationToken ct)
    {
        var faults = new List<Problem>();
        if (VietnameseText.Clean(input.Reason) is null) faults.Add(Refusals.Required("reason"));
        if (input.LastDay < now.LocalDay()) faults.Add(Problems.LastDayPassed());
        if (VietnameseText.Clean(input.To)?.ToLowerInvariant() is not { } name) return (null, [Refusals.Required("to"), .. faults]);
        var to = await db.Set<Account>().FirstOrDefaultAsync(account => account.UserName == name, ct);
        if (to is null || !db.Scope.Units.Contains(to.UnitId)) faults.Insert(0, Problems.SuccessorUnknown(name));
        else if (to.Id == from.Id) faults.Insert(0, Problems.SuccessorSame());
        else if (to.Id == db.Visitor!.Account) faults.Insert(0, Problems.NotYourself().At("to"));
        else if (!to.Usable(now) || !to.Issued) faults.Insert(0, Problems.SuccessorNotUsable(to.DisplayName));
        return (to, faults);
    }

    private Task<List<AccountGrant>> LiveAsync(AccountId[] accounts, DateTimeOffset now, CancellationToken ct) =>
        db.Set<AccountGrant>().Where(grant => accounts.Contains(grant.AccountId) && grant.RevokedAt == null && (grant.Until == null || grant.Until > now)).OrderBy(grant => grant.Role).ThenBy(grant => grant.GivenAt).ToListAsync(ct);

    /// <summary>Whether one grant says what another does, for at least as long.</summary>
    private static bool Holds(AccountGrant one, AccountGrant other, DateTimeOffset now) =>
        one.Role == other.Role && one.UnitId == other.UnitId && one.AreaId == other.AreaId && (one.Since <= now || one.Since <= other.Since) && (one.Until is null || one.Until >= other.Until);

    private async Task<Guid[]> NoticesAsync(AccountId from, AccountId to, Guid[]? only, CancellationToken ct) =>
        [.. await db.Connection.RowsAsync("SELECT * FROM pt.move_notices($1, $2, $3)", r => r.GetGuid(0), ct, from.Value, to.Value,
            only is null ? new Npgsql.NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid, Value = DBNull.Value } : only)];
}
