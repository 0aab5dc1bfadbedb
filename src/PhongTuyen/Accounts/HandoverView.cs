using Npgsql;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>To whom an account can be handed over, and what went over when it was.</summary>
public sealed class HandoverView(Db db)
{
    /// <summary>So many are offered by name; others are typed.</summary>
    public const int MostOffered = 200;

    public sealed record Candidate(string UserName, string DisplayName, string? Position);

    /// <param name="Position">Null: not known.</param>
    public sealed record Side(AccountId Id, string UserName, string DisplayName, string? Position, string UnitName);

    /// <param name="Notices">How many unread ones went over.</param>
    /// <param name="Undone">Null: it stands.</param>
    public sealed record Shown(Guid Id, Side From, Side To, UnitId Unit, string UnitName, string Reason, DateOnly? LastDay, int Notices, DateTimeOffset At, string By, DateTimeOffset? Undone, string? UndoneBy);

    public sealed record Went(Role Role, string? UnitName, AreaId? Area, DateTimeOffset? Until);

    /// <summary>Accounts of the same unit that can sign in, without the visitor's own, by name.</summary>
    public Task<List<Candidate>> CandidatesAsync(Account from, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT user_name, display_name, position FROM pt.account WHERE unit_id = $1 AND id <> $2 AND id <> $3 AND state = 1 AND issued AND (expires_at IS NULL OR expires_at > $4)
        ORDER BY display_name COLLATE "vi-x-icu", user_name LIMIT {MostOffered}
        """, r => new Candidate(r.GetString(0), r.GetString(1), r.Text(2)), ct, from.UnitId.Value, from.Id.Value, db.Visitor!.Account.Value, db.Clock.GetUtcNow());

    /// <summary>Those that an account has to do with at either side, the newest first.</summary>
    public Task<List<Shown>> OfAsync(AccountId account, CancellationToken ct) => db.Connection.RowsAsync($"{Columns} WHERE h.account_id = $1 OR h.to_account_id = $1 ORDER BY h.done_at DESC LIMIT 10", Read, ct, account.Value);

    /// <summary>Null where it lies outside of the visitor's units.</summary>
    public Task<Shown?> OneAsync(Guid id, CancellationToken ct) => db.Connection.RowAsync<Shown?>($"{Columns} WHERE h.id = $1", Read, ct, id);

    /// <summary>The roles that ended with it, as who takes over has them.</summary>
    public Task<List<Went>> RolesAsync(Guid id, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT g.role, u.name, g.area_id, g.until FROM pt.account_handover h JOIN pt.account_grant g ON g.id = ANY (h.ended) LEFT JOIN pt.unit u ON u.id = g.unit_id WHERE h.id = $1 ORDER BY g.role, u.name_folded, g.area_id
        """, r => new Went((Role)r.GetInt16(0), r.Text(1), r.Maybe<int>(2) is { } area ? new AreaId(area) : null, r.Maybe<DateTimeOffset>(3)), ct, id);

    // An account that has moved to a unit beyond the visitor's is not shown any more; its side stays, without a name.
    private const string Columns = """
        SELECT h.id, h.account_id, f.user_name, f.display_name, f.position, fu.name, h.to_account_id, t.user_name, t.display_name, t.position, tu.name,
          h.unit_id, u.name, h.reason, h.last_day, cardinality(h.notices), h.done_at, d.display_name, h.undone_at, b.display_name
        FROM pt.account_handover h JOIN pt.unit u ON u.id = h.unit_id
          LEFT JOIN pt.account f ON f.id = h.account_id LEFT JOIN pt.unit fu ON fu.id = f.unit_id LEFT JOIN pt.account t ON t.id = h.to_account_id LEFT JOIN pt.unit tu ON tu.id = t.unit_id
          LEFT JOIN pt.account d ON d.id = h.done_by LEFT JOIN pt.account b ON b.id = h.undone_by
        """;

    private static Shown Read(NpgsqlDataReader r) => new(r.GetGuid(0), SideOf(r, 1), SideOf(r, 6), new UnitId(r.GetInt32(11)), r.GetString(12), r.GetString(13), r.Maybe<DateOnly>(14), r.GetInt32(15),
        r.GetFieldValue<DateTimeOffset>(16), r.Text(17) ?? "", r.Maybe<DateTimeOffset>(18), r.Text(19));

    private static Side SideOf(NpgsqlDataReader r, int at) => new(new AccountId(r.GetGuid(at)), r.Text(at + 1) ?? "", r.Text(at + 2) ?? "", r.Text(at + 3), r.Text(at + 4) ?? "");
}
