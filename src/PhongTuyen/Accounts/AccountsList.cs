using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>How an account stands on a day: exactly one of these.</summary>
public enum AccountStanding
{
    /// <summary>Signs in.</summary>
    Usable = 1,
    /// <summary>Tạm khóa.</summary>
    Suspended = 2,
    /// <summary>Hết hạn: its last day has passed.</summary>
    Expired = 3,
    /// <summary>Chưa phát phiếu: made of a list, and nobody has handed out its first password yet.</summary>
    Unissued = 4,
}

/// <summary>What narrows the list of accounts.</summary>
public sealed record AccountFilter
{
    /// <summary>Beginnings of words of the name or of the user name, with or without marks, in any order.</summary>
    public string? Text { get; init; }
    public AccountStanding? Standing { get; init; }
    public Role? Role { get; init; }
    /// <summary>This unit and all below it; 0: all of the visitor's.</summary>
    public UnitId Unit { get; init; }
    /// <summary>This unit without those below it; 0: no matter.</summary>
    public UnitId Own { get; init; }
}

/// <summary>Accounts of the visitor's units, in the order of their user names.</summary>
public sealed class AccountsList(Db db, TimeProvider clock)
{
    public const int Page = 30;

    public sealed record Row(AccountId Id, string UserName, string DisplayName, string? Position, UnitId Unit, string UnitName, AccountStanding Standing, DateTimeOffset? ExpiresAt, IReadOnlyList<Role> Roles, DateTimeOffset? LastSignIn);

    /// <param name="More">The key behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    private const string Standing = "CASE WHEN a.state = 2 THEN 2 WHEN a.expires_at <= $2 THEN 3 WHEN a.list_id IS NOT NULL AND NOT a.issued THEN 4 ELSE 1 END";

    // Accounts are staff, thousands at most: their names are folded while they are read.
    private const string Narrowed = """
        ($6 = 0 OR a.unit_id = $6) AND ($3 = 0 OR a.unit_id IN (WITH RECURSIVE below AS (SELECT id FROM pt.unit WHERE id = $3 UNION ALL SELECT u.id FROM pt.unit u JOIN below b ON u.parent_id = b.id) SELECT id FROM below))
        AND NOT EXISTS (SELECT 1 FROM unnest($4::text[]) word WHERE position(' ' || word IN ' ' || translate(regexp_replace(normalize(lower((a.display_name || ' ' || a.user_name) COLLATE "vi-x-icu"), NFD), '[\u0300-\u036f]', '', 'g'), 'đ.-', 'd  ')) = 0)
        AND ($5 = 0 OR EXISTS (SELECT 1 FROM pt.account_grant g WHERE g.account_id = a.id AND g.role = $5 AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > $2)))
        """;

    /// <param name="behind">The user name of the last row of the page before.</param>
    public async Task<Found> FindAsync(AccountFilter filter, string? behind, CancellationToken ct, int page = Page)
    {
        var rows = await db.Connection.RowsAsync($"""
            WITH found AS MATERIALIZED (SELECT a.*, {Standing} AS standing FROM pt.account a WHERE (a.unit_id IN (SELECT unnest($1::int[]))) IS TRUE AND {Narrowed} AND ($7 = 0 OR {Standing} = $7) AND a.user_name > $8 ORDER BY a.user_name LIMIT {page + 1})
            SELECT a.id, a.user_name, a.display_name, a.position, a.unit_id, u.name, a.standing, a.expires_at, coalesce(held.roles, ARRAY[]::smallint[]),
              (SELECT e.at FROM pt.audit_event e WHERE e.subject_kind = 'account' AND e.subject_id = a.id::text AND e.act = 'account.signed-in' ORDER BY e.at DESC LIMIT 1)
            FROM found a JOIN pt.unit u ON u.id = a.unit_id LEFT JOIN pt.roles_of(ARRAY(SELECT id FROM found), $2) held ON held.account_id = a.id ORDER BY a.user_name
            """, Read, ct, [.. Values(filter), (int)(filter.Standing ?? 0), behind ?? ""]);
        return new Found([.. rows.Take(page)], rows.Count > page ? rows[page - 1].UserName : null);
    }

    /// <summary>How many there are of each standing, whatever standing the filter names: the counts of the tabs.</summary>
    public async Task<IReadOnlyDictionary<AccountStanding, long>> CountAsync(AccountFilter filter, CancellationToken ct) =>
        (await db.Connection.RowsAsync($"SELECT {Standing}, count(*) FROM pt.account a WHERE (a.unit_id IN (SELECT unnest($1::int[]))) IS TRUE AND {Narrowed} GROUP BY 1", r => ((AccountStanding)r.GetInt32(0), r.GetInt64(1)), ct, Values(filter))).ToDictionary();

    private object?[] Values(AccountFilter filter) =>
        [db.Scope.Units.Select(unit => unit.Value).ToArray(), clock.GetUtcNow(), filter.Unit.Value, VietnameseText.Tokens(filter.Text), (int)(filter.Role ?? 0), filter.Own.Value];

    private static Row Read(NpgsqlDataReader r) => new(new AccountId(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.Text(3), new UnitId(r.GetInt32(4)), r.GetString(5), (AccountStanding)r.GetInt32(6), r.Maybe<DateTimeOffset>(7),
        [.. r.GetFieldValue<short[]>(8).Select(role => (Role)role)], r.Maybe<DateTimeOffset>(9));
}
