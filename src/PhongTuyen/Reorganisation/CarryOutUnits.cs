using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// Carries an act on units out, in the visitor's own transaction and within the visitor's own units, and takes it back. Neither moves a row of the register: what was written
/// under a unit stays under it. The rights are not written out here, so that what they will be can be compared with what they are.
/// </summary>
internal static class CarryOutUnits
{
    public static async Task<UnitsDone> DoAsync(Db db, Guid id, UnitAct act, DateOnly on, string paper, CancellationToken ct) => act.Kind switch
    {
        ActKind.Make => new UnitsDone([await MakeAsync(db, act.Unit, act.Code!, act.Name!, act.NewKind ?? UnitKind.Other, act.Area, on, ct)], [], [], [], []),
        ActKind.Move => await ChangeAsync(db, id, [act.Unit], on, "parent_id = $2", ct, act.Into!.Value.Value),
        ActKind.Rename => await ChangeAsync(db, id, [act.Unit], on, "name = $2, name_folded = $3, kind = coalesce($4, kind)", ct, VietnameseText.Clean(act.Name), VietnameseText.Fold(act.Name!), (short?)act.NewKind),
        ActKind.Merge => await MergeAsync(db, id, act.Unit, act.Into!.Value, on, ct),
        ActKind.Close => await ChangeAsync(db, id, [act.Unit], on, "valid_to = greatest($2, valid_from)", ct, on.AddDays(-1)),
        ActKind.Divide => await DivideAsync(db, id, act, on, paper, ct),
        _ => throw new InvalidOperationException($"{act.Kind} is no act on units."),
    };

    /// <summary>What stood is kept under its last day, then changed.</summary>
    private static async Task<UnitsDone> ChangeAsync(Db db, Guid id, IReadOnlyList<UnitId> units, DateOnly on, string set, CancellationToken ct, params object?[] values)
    {
        var ids = units.Select(unit => unit.Value).ToArray();
        await db.Connection.RunAsync("""
            INSERT INTO pt.unit_past (unit_id, until, act_id, parent_id, name, kind, province_id, district_id, commune_id, covers_area_id)
            SELECT id, $3, $2, parent_id, name, kind, province_id, district_id, commune_id, covers_area_id FROM pt.unit WHERE id = ANY ($1) ON CONFLICT DO NOTHING
            """, ct, ids, id, on.AddDays(-1));
        var before = await db.Connection.RowsAsync("SELECT id, parent_id, name, kind, valid_to FROM pt.unit WHERE id = ANY ($1) ORDER BY id FOR UPDATE", r => new UnitBefore(new UnitId(r.GetInt32(0)),
            r.Maybe<int>(1) is { } parent ? new UnitId(parent) : null, r.GetString(2), (UnitKind)r.GetInt16(3), r.Maybe<DateOnly>(4)), ct, (object)ids);
        await db.Connection.RunAsync($"UPDATE pt.unit SET {set}, version = version + 1 WHERE id = ANY ($1)", ct, [ids, .. values]);
        return new UnitsDone([], before, [], [], []);
    }

    /// <summary>The unit lies below the one that takes it over, with all that was written under it; what stood below it and who worked there go on under that one.</summary>
    private static async Task<UnitsDone> MergeAsync(Db db, Guid id, UnitId unit, UnitId into, DateOnly on, CancellationToken ct)
    {
        var below = await db.Connection.RowsAsync("SELECT id FROM pt.unit WHERE parent_id = $1 AND valid_to IS NULL ORDER BY id", r => new UnitId(r.GetInt32(0)), ct, unit.Value);
        var moved = await ChangeAsync(db, id, below, on, "parent_id = $2", ct, into.Value);
        var merged = await ChangeAsync(db, id, [unit], on, "parent_id = $2, merged_into = $2, valid_to = greatest($3, valid_from)", ct, into.Value, on.AddDays(-1));
        return new UnitsDone([], [.. merged.Before, .. moved.Before], await MoveAccountsAsync(db, unit, into, null, ct), [], []);
    }

    private static async Task<UnitsDone> DivideAsync(Db db, Guid id, UnitAct act, DateOnly on, string paper, CancellationToken ct)
    {
        var (parent, kind) = await db.Connection.RowAsync("SELECT parent_id, kind FROM pt.unit WHERE id = $1", r => (new UnitId(r.GetInt32(0)), (UnitKind)r.GetInt16(1)), ct, act.Unit.Value);
        var (made, before, accounts, ended, given) = (new List<UnitId>(), new List<UnitBefore>(), new List<AccountBefore>(), new List<Guid>(), new List<Guid>());
        foreach (var part in act.Parts)
        {
            var unit = await MakeAsync(db, parent, part.Code, part.Name, kind, part.Area, on, ct);
            made.Add(unit);
            before.AddRange((await ChangeAsync(db, id, part.Below, on, "parent_id = $2", ct, unit.Value)).Before);
            accounts.AddRange(await MoveAccountsAsync(db, act.Unit, unit, part.Accounts, ct));
            // Whoever goes over leaves the old unit's persons behind: the role over it ends, and the same one over the new unit begins.
            foreach (var old in await db.Connection.RowsAsync("UPDATE pt.account_grant SET revoked_at = $3, revoked_by = $4 WHERE account_id = ANY ($1) AND unit_id = $2 AND revoked_at IS NULL RETURNING id, account_id, role, until",
                r => (Id: r.GetGuid(0), Account: r.GetGuid(1), Role: r.GetInt16(2), Until: r.Maybe<DateTimeOffset>(3)), ct, part.Accounts.Select(account => account.Value).ToArray(), act.Unit.Value, db.Clock.GetUtcNow(), db.Visitor!.Account.Value))
            {
                var grant = db.Clock.NewGuid();
                await db.Connection.RunAsync("INSERT INTO pt.account_grant (id, account_id, role, unit_id, since, until, given_by, given_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $5, $8)", ct,
                    grant, old.Account, old.Role, unit.Value, db.Clock.GetUtcNow(), old.Until, db.Visitor!.Account.Value, paper);
                ended.Add(old.Id);
                given.Add(grant);
            }
        }
        return new UnitsDone(made, before, accounts, ended, given);
    }

    private static async Task<UnitId> MakeAsync(Db db, UnitId parent, string code, string name, UnitKind kind, AreaKeys area, DateOnly on, CancellationToken ct)
    {
        var unit = new UnitId(await db.Connection.ValueAsync<int>("""
            INSERT INTO pt.unit (id, parent_id, code, name, name_folded, kind, province_id, district_id, commune_id, valid_from)
            VALUES (nextval(pg_get_serial_sequence('pt.unit', 'id'))::int, $1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
            """, ct, parent.Value, code, VietnameseText.Clean(name), VietnameseText.Fold(name), (short)kind, area.Province.Value, area.District.Value, area.Commune.Value, on));
        // It is the visitor's own at once, for the rest of this transaction too.
        await db.Connection.RunAsync("SELECT set_config('pt.units', (current_setting('pt.units')::int[] || $1)::text, true)", ct, unit.Value);
        return unit;
    }

    /// <param name="only">Null: all of the unit.</param>
    private static async Task<List<AccountBefore>> MoveAccountsAsync(Db db, UnitId from, UnitId into, IReadOnlyList<AccountId>? only, CancellationToken ct) =>
        await db.Connection.RowsAsync("UPDATE pt.account SET unit_id = $2, version = version + 1 WHERE unit_id = $1 AND ($3::uuid[] IS NULL OR id = ANY ($3)) RETURNING id", r => new AccountBefore(new AccountId(r.GetGuid(0)), from, into), ct,
            from.Value, into.Value, only?.Select(account => account.Value).ToArray());

    /// <summary>Everything as it stood before. Whether nothing was built upon it meanwhile was asked.</summary>
    public static async Task UndoAsync(Db db, Guid id, UnitsDone done, CancellationToken ct)
    {
        foreach (var unit in done.Before)
            await db.Connection.RunAsync("UPDATE pt.unit SET parent_id = $2, name = $3, name_folded = $4, kind = $5, valid_to = $6, merged_into = NULL, version = version + 1 WHERE id = $1", ct,
                unit.Id.Value, unit.Parent?.Value, unit.Name, VietnameseText.Fold(unit.Name), (short)unit.Kind, unit.ValidTo);
        await db.Connection.RunAsync("DELETE FROM pt.unit_past WHERE act_id = $1", ct, id);
        foreach (var account in done.Accounts)
            await db.Connection.RunAsync("UPDATE pt.account SET unit_id = $3, version = version + 1 WHERE id = $1 AND unit_id = $2", ct, account.Id.Value, account.Into.Value, account.Unit.Value);
        await db.Connection.RunAsync("UPDATE pt.account_grant SET revoked_at = $2, revoked_by = $3 WHERE id = ANY ($1) AND revoked_at IS NULL", ct, done.Given.ToArray(), db.Clock.GetUtcNow(), db.Visitor!.Account.Value);
        await db.Connection.RunAsync("UPDATE pt.account_grant SET revoked_at = NULL, revoked_by = NULL WHERE id = ANY ($1)", ct, (object)done.Ended.ToArray());
        // A unit that was made is closed with the day before it began: its number stands in the audit.
        await db.Connection.RunAsync("UPDATE pt.unit SET valid_to = valid_from - 1, version = version + 1 WHERE id = ANY ($1)", ct, (object)done.Made.Select(unit => unit.Value).ToArray());
    }
}
