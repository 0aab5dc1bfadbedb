using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reporting;

/// <summary>
/// Who did what on a day: by whom, where, which act, on how many persons. It names no person. Row policies show the acts of the visitor's units and their own.
/// </summary>
public sealed class ActsTrail(Db db)
{
    public const int Page = 50;

    /// <param name="Name">Null where nobody was signed in, or where the account is not within the visitor's units.</param>
    public sealed record Row(Guid Id, DateTimeOffset At, AccountId? Account, string? UserName, string? Name, string? UnitName, string Act, string SubjectKind, string SubjectId, int Persons);

    /// <param name="More">The row behind which the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, Guid? More);

    /// <summary>Newest first. Ids begin with their time, so that a day is a range of the primary key.</summary>
    public async Task<Found> FindAsync(DateOnly day, AccountId? account, string? act, Guid? behind, CancellationToken ct)
    {
        var (from, to) = (FirstId(day), FirstId(day.AddDays(1)));
        // A place to go on from that lies in another day is none.
        if (behind is { } id && string.CompareOrdinal(id.ToString(), from.ToString()) > 0 && string.CompareOrdinal(id.ToString(), to.ToString()) < 0) to = id;
        var rows = await db.Connection.RowsAsync($"""
            SELECT e.id, e.at, e.account_id, a.user_name, a.display_name, u.name, e.act, e.subject_kind, e.subject_id, cardinality(e.persons)
            FROM pt.audit_event e LEFT JOIN pt.account a ON a.id = e.account_id LEFT JOIN pt.unit u ON u.id = e.unit_id
            WHERE e.id >= $1 AND e.id < $2 AND ($3::uuid IS NULL OR e.account_id = $3) AND ($4::text IS NULL OR e.act = $4) ORDER BY e.id DESC LIMIT {Page + 1}
            """, r => new Row(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.Maybe<Guid>(2) is { } who ? new AccountId(who) : null, r.Text(3), r.Text(4), r.Text(5), r.GetString(6), r.GetString(7), r.GetString(8), r.GetInt32(9)), ct,
            from, to, account?.Value, act);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? rows[Page - 1].Id : null);
    }

    /// <summary>The account of that name among those of the visitor's units.</summary>
    public async Task<AccountId?> AccountAsync(string userName, CancellationToken ct) =>
        await db.Connection.ValueAsync<Guid?>("SELECT id FROM pt.account WHERE user_name = $1", ct, userName.Trim().ToLowerInvariant()) is { } id ? new AccountId(id) : null;

    private static Guid FirstId(DateOnly day) => Guid.ParseExact($"{day.AtLocal().ToUnixTimeMilliseconds():x12}{new string('0', 20)}", "N");
}
