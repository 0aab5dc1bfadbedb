using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Quarantine;
using PhongTuyen.Units;

namespace PhongTuyen.Tests.Reorganisation;

/// <summary>Units, accounts and questions for the tests of trees.</summary>
internal static class Trees
{
    private static int count;

    /// <summary>A camp below one of the place's units, with a clerk and a facility.</summary>
    public static async Task<(UnitId Unit, AccountId Clerk)> CampAsync(this TestHouse house, UnitId parent, AreaKeys area, string? name = null)
    {
        var n = Interlocked.Increment(ref count);
        var unit = (await house.RunAsync<AddUnit, UnitId>(house.Place.ProvinceOfficer, use => use.RunAsync(new(house.Clock.NewGuid(), parent, $"CAY-{n}", name ?? $"Khu cách ly số {n}", UnitKind.Camp, area, null, null, null, null), default), Permission.ManageUnits)).Value;
        var clerk = await house.AccountAsync($"cay-{n}", unit, (Role.UnitHead, unit, null));
        await house.FacilityAsync(clerk, unit);
        return (unit, clerk);
    }

    /// <summary>The persons that an account sees, by row-level security alone.</summary>
    public static async Task<IReadOnlySet<PersonId>> PersonsAsync(this TestHouse house, AccountId account) =>
        (await house.AsAsync(account, Permission.SeePersons, (_, db) => db.Connection.RowsAsync("SELECT id FROM pt.person", r => new PersonId(r.GetGuid(0)), default))).ToHashSet();

    /// <summary>Those whose stays it sees.</summary>
    public static async Task<IReadOnlySet<PersonId>> StaysAsync(this TestHouse house, AccountId account) =>
        (await house.AsAsync(account, Permission.SeePersons, (_, db) => db.Connection.RowsAsync("SELECT DISTINCT person_id FROM pt.quarantine_stay", r => new PersonId(r.GetGuid(0)), default))).ToHashSet();

    public static Task<Outcome<Guid>> ActAsync(this TestHouse house, AccountId by, UnitAct what, DateOnly? on = null, string paper = "12/QĐ-UBND") =>
        house.RunAsync<PlanUnitAct, Guid>(by, use => use.RunAsync(new(house.Clock.NewGuid(), what, paper, on ?? house.Clock.Today()), default), Permission.ManageUnits);

    public static Task<Outcome<ReachChange>> PreviewAsync(this TestHouse house, AccountId by, UnitAct what, DateOnly? on = null) =>
        house.RunAsync<PlanUnitAct, ReachChange>(by, use => use.PreviewAsync(new(house.Clock.NewGuid(), what, "12/QĐ-UBND", on ?? house.Clock.Today()), default), Permission.ManageUnits);

    public static Task<Outcome<Nothing>> UndoAsync(this TestHouse house, AccountId by, Guid act) => house.RunAsync<EndAct, Nothing>(by, use => use.UndoAsync(act, default), Permission.ManageUnits);

    /// <summary>All rights as they are written, one line each.</summary>
    public static async Task<List<string>> RightsAsync(this TestHouse house, bool marks = false)
    {
        await using var admin = await house.Direct.OpenConnectionAsync();
        return await admin.RowsAsync($"SELECT account_id || ' ' || role || ' ' || units::text || provinces::text || districts::text || communes::text{(marks ? " || xmin" : "")} FROM pt.account_right ORDER BY 1", r => r.GetString(0), default);
    }

    /// <summary>Whether the written rights are those that the grants and trees give, and what is put together of them is of those.</summary>
    public static async Task<bool> RightsAreDueAsync(this TestHouse house)
    {
        await using var admin = await house.Direct.OpenConnectionAsync();
        return await house.ReachIsOfRightsAsync() && await house.AbleIsOfRightsAsync() && await admin.ValueAsync<bool>("""
            SELECT NOT EXISTS ((SELECT grant_id, role, units, provinces, districts, communes FROM pt.account_right) EXCEPT (SELECT grant_id, role, units, provinces, districts, communes FROM pt.rights_due(NULL)))
               AND NOT EXISTS ((SELECT grant_id, role, units, provinces, districts, communes FROM pt.rights_due(NULL)) EXCEPT (SELECT grant_id, role, units, provinces, districts, communes FROM pt.account_right))
            """, default);
    }

    /// <summary>Whether what the entrance reads is the written rights put together, place by place, now and at moments that come.</summary>
    public static Task<bool> ReachIsOfRightsAsync(this TestHouse house)
    {
        static string Places(string table, string units) => $"""
            SELECT r.account_id, r.role, r.until, m.moment, p.kind, p.place FROM pt.{table} r JOIN unnest(ARRAY[$1, $1 + interval '1 day', $1 + interval '90 days', 'infinity'::timestamptz]) m (moment) ON r.since <= m.moment
              CROSS JOIN LATERAL (SELECT 0, unnest({units}) UNION SELECT 1, unnest(r.provinces) UNION SELECT 2, unnest(r.districts) UNION SELECT 3, unnest(r.communes) UNION SELECT 4, 0) p (kind, place)
            """;
        return house.AskAsync<bool>($"""
            WITH written AS ({Places("account_right", "r.units")}), reach AS ({Places("account_reach", "r.units::int[]")})
            SELECT NOT EXISTS ((TABLE written EXCEPT TABLE reach) UNION ALL (TABLE reach EXCEPT TABLE written))
            """, house.Clock.GetUtcNow());
    }

    /// <summary>Whether it is written of whoever is or was answerable for data when they could enter it: what their account and their written rights say, now and at moments that come.</summary>
    public static Task<bool> AbleIsOfRightsAsync(this TestHouse house) => house.AskAsync<bool>("""
        SELECT NOT EXISTS (SELECT 1 FROM pt.oversight_officer o JOIN pt.account a ON a.id = o.account_id JOIN pt.unit u ON u.id = o.unit_id CROSS JOIN unnest(ARRAY[$1, $1 + interval '1 day', $1 + interval '90 days', $1 + interval '99 years']) m (moment)
          WHERE (o.province_id, o.district_id, o.commune_id) <> (u.province_id, u.district_id, u.commune_id) OR o.able @> m.moment <> (a.state = 1 AND (a.expires_at IS NULL OR a.expires_at > m.moment)
            AND EXISTS (SELECT 1 FROM pt.account_right r WHERE r.account_id = a.id AND r.role = ANY ($2) AND r.since <= m.moment AND (r.until IS NULL OR r.until > m.moment)
              AND (u.id = ANY (r.units) OR u.province_id = ANY (r.provinces) OR u.district_id = ANY (r.districts) OR u.commune_id = ANY (r.communes)))))
        """, house.Clock.GetUtcNow(), Roles.With(Permission.EnterData));

    /// <summary>Writes out what the grants of an account give, after a test has changed them behind the program's back.</summary>
    public static Task WriteRightsAsync(this TestHouse house, AccountId account) => house.AskAsync<object>("SELECT NULL FROM (SELECT pt.write_rights(ARRAY[$1])) w", account.Value);

    /// <summary>Until the work on this connection waits for a lock, or is done without.</summary>
    public static async Task LockedOrDoneAsync(this TestHouse house, Npgsql.NpgsqlConnection connection, Task work)
    {
        while (!work.IsCompleted && !await house.AskAsync<bool>("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1", connection.ProcessID)) await Task.Delay(10, Xunit.TestContext.Current.CancellationToken);
    }

    public static Task<string?> NameOnAsync(this TestHouse house, UnitId unit, DateOnly day) =>
        house.AsAsync(house.Place.ProvinceOfficer, Permission.ManageUnits, (_, db) => db.Connection.ValueAsync<string>("SELECT pt.unit_name_on($1, $2)", default, unit.Value, day));

    public static Task<Unit?> UnitAsync(this TestHouse house, UnitId id) => house.AsAsync(house.Place.ProvinceOfficer, Permission.ManageUnits, (_, db) => db.FindAsync<Unit>([id], default).AsTask());
}
