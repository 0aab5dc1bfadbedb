using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Notices.Contract;

namespace PhongTuyen.Notices;

/// <summary>Notices inside the program.</summary>
public sealed class NoticeBoard(Db db, TimeProvider clock) : INotify
{
    private static readonly short[] Staff = [(short)Role.Clerk, (short)Role.UnitHead];

    public sealed record Row(Guid Id, string TextKey, IReadOnlyDictionary<string, string> Details, string? Link, bool Urgent, DateTimeOffset At, bool Read);

    public Task UnitAsync(UnitId unit, string text, IReadOnlyDictionary<string, string> details, string? link, string intent, CancellationToken ct) =>
        db.Connection.RunAsync("SELECT pt.tell_unit($1, $2, $3, $4, $5, $6, false, $7)", ct, intent, unit.Value, Staff, text, JsonSerializer.Serialize(details), link, clock.GetUtcNow());

    /// <summary>The visitor's own, newest first; older ones behind <paramref name="before"/>.</summary>
    public Task<List<Row>> MineAsync(DateTimeOffset? before, CancellationToken ct) => db.Connection.RowsAsync("""
        SELECT id, text_key, details, link, urgent, created_at, read_at IS NOT NULL FROM pt.notice
        WHERE account_id = $1 AND created_at < $2 ORDER BY created_at DESC, id LIMIT 51
        """, r => new Row(r.GetGuid(0), r.GetString(1), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(2))!, r.Text(3), r.GetBoolean(4), r.GetFieldValue<DateTimeOffset>(5), r.GetBoolean(6)),
        ct, db.Visitor!.Account.Value, before ?? DateTimeOffset.MaxValue);

    /// <summary>How many are unread, up to 99.</summary>
    public Task<int> UnreadAsync(CancellationToken ct) =>
        db.Connection.ValueAsync<int>("SELECT count(*)::int FROM (SELECT 1 FROM pt.notice WHERE account_id = $1 AND read_at IS NULL LIMIT 99) n", ct, db.Visitor!.Account.Value);

    public Task ReadAllAsync(CancellationToken ct) =>
        db.Connection.RunAsync("UPDATE pt.notice SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL", ct, db.Visitor!.Account.Value, clock.GetUtcNow());
}
