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

    public Task MyManagersAsync(string text, IReadOnlyDictionary<string, string> details, string? link, string intent, CancellationToken ct) =>
        db.Connection.RunAsync("SELECT pt.tell_my_managers($1, $2, $3, $4, $5, $6)", ct, intent, Roles.MayActOn(db.Visitor!.Roles), text, JsonSerializer.Serialize(details), link, clock.GetUtcNow());

    public const int Page = 50;

    /// <param name="More">Where the next page begins; null on the last one.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, (DateTimeOffset At, Guid Id)? More);

    /// <summary>The visitor's own of one kind, newest first.</summary>
    /// <param name="read">Those that were read, or those that were not.</param>
    public async Task<Found> MineAsync(bool read, (DateTimeOffset At, Guid Id)? behind, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync($"""
            SELECT id, text_key, details, link, urgent, created_at, read_at IS NOT NULL FROM pt.notice
            WHERE account_id = $1 AND (read_at IS NOT NULL) = $2 AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT {Page + 1}
            """, r => new Row(r.GetGuid(0), r.GetString(1), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(2))!, r.Text(3), r.GetBoolean(4), r.GetFieldValue<DateTimeOffset>(5), r.GetBoolean(6)),
            ct, db.Visitor!.Account.Value, read, behind?.At ?? DateTimeOffset.MaxValue, behind?.Id ?? Guid.AllBitsSet);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? (rows[Page - 1].At, rows[Page - 1].Id) : null);
    }

    /// <summary>How many were read and how many not.</summary>
    public Task<(int Unread, int Read)> CountsAsync(CancellationToken ct) => db.Connection.RowAsync(
        "SELECT count(*) FILTER (WHERE read_at IS NULL)::int, count(*) FILTER (WHERE read_at IS NOT NULL)::int FROM pt.notice WHERE account_id = $1", r => (r.GetInt32(0), r.GetInt32(1)), ct, db.Visitor!.Account.Value);

    /// <summary>Marks one of the visitor's own as read and says where it leads. Not there where it is somebody else's.</summary>
    public async Task<Outcome<string?>> ReadAsync(Guid id, CancellationToken ct)
    {
        var found = await db.Connection.RowsAsync("UPDATE pt.notice SET read_at = coalesce(read_at, $3) WHERE id = $1 AND account_id = $2 RETURNING link", r => r.Text(0), ct, id, db.Visitor!.Account.Value, clock.GetUtcNow());
        return found is [var link] ? link : Refusals.NotFound();
    }

    public Task ReadAllAsync(CancellationToken ct) =>
        db.Connection.RunAsync("UPDATE pt.notice SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL", ct, db.Visitor!.Account.Value, clock.GetUtcNow());
}
