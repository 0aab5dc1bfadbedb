using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>Transfers at either end: open ones coming and going, and the last closed ones.</summary>
public sealed class TransfersList(Db db)
{
    public sealed record Row(TransferId Id, PersonId Person, string Shown, StayId FromStay, StayId? ToStay, UnitId From, string FromName, UnitId To, string ToName, short ToClass, TransferState State, DateTimeOffset SentAt, DateTimeOffset? LeftAt, DateTimeOffset? ClosedAt, string Reason, string? Answer, bool Coming, bool Going);

    /// <param name="open">Open ones, the oldest first; otherwise the last 100 closed ones.</param>
    public Task<List<Row>> FindAsync(bool open, CancellationToken ct) => db.Connection.RowsAsync($"""
        SELECT t.id, t.person_id, coalesce(p.name, p.code, '?'), t.from_stay, t.to_stay, t.unit_id, f.name, t.to_unit_id, o.name, t.to_class, t.state, t.sent_at, t.left_at, t.closed_at, t.reason, t.answer,
          pt.in_scope(t.to_unit_id, t.to_province_id, t.to_district_id, t.to_commune_id), pt.in_scope(t.unit_id, t.province_id, t.district_id, t.commune_id)
        FROM pt.quarantine_transfer t JOIN pt.person p ON p.id = t.person_id JOIN pt.unit f ON f.id = t.unit_id JOIN pt.unit o ON o.id = t.to_unit_id
        WHERE t.state {(open ? "IN (1, 2) ORDER BY t.sent_at, t.id LIMIT 300" : "IN (3, 4, 5) ORDER BY t.sent_at DESC, t.id LIMIT 100")}
        """, Read, ct);

    public async Task<Row?> OneAsync(TransferId id, CancellationToken ct) => await db.Connection.RowAsync<Row?>("""
        SELECT t.id, t.person_id, coalesce(p.name, p.code, '?'), t.from_stay, t.to_stay, t.unit_id, f.name, t.to_unit_id, o.name, t.to_class, t.state, t.sent_at, t.left_at, t.closed_at, t.reason, t.answer,
          pt.in_scope(t.to_unit_id, t.to_province_id, t.to_district_id, t.to_commune_id), pt.in_scope(t.unit_id, t.province_id, t.district_id, t.commune_id)
        FROM pt.quarantine_transfer t JOIN pt.person p ON p.id = t.person_id JOIN pt.unit f ON f.id = t.unit_id JOIN pt.unit o ON o.id = t.to_unit_id WHERE t.id = $1
        """, Read, ct, id.Value);

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(new TransferId(r.GetGuid(0)), new PersonId(r.GetGuid(1)), r.GetString(2), new StayId(r.GetGuid(3)), r.Maybe<Guid>(4) is { } to ? new StayId(to) : null,
        new UnitId(r.GetInt32(5)), r.GetString(6), new UnitId(r.GetInt32(7)), r.GetString(8), r.GetInt16(9), (TransferState)r.GetInt16(10), r.GetFieldValue<DateTimeOffset>(11), r.Maybe<DateTimeOffset>(12), r.Maybe<DateTimeOffset>(13),
        r.GetString(14), r.Text(15), r.GetBoolean(16), r.GetBoolean(17));
}
