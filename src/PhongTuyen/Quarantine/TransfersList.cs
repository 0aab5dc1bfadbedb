using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Quarantine;

/// <summary>Transfers at either end: open ones coming and going, and the closed ones; by key and never by offset.</summary>
public sealed class TransfersList(Db db)
{
    public const int Page = 15;

    public sealed record Row(TransferId Id, PersonId Person, string Shown, StayId FromStay, StayId? ToStay, UnitId From, string FromName, UnitId To, string ToName, short ToClass, TransferState State, DateTimeOffset SentAt, DateTimeOffset? LeftAt, DateTimeOffset? ClosedAt, string Reason, string? Answer, bool Coming, bool Going);

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="open">Open ones, the oldest first; otherwise closed ones, the newest first.</param>
    /// <param name="unit">Only those that come to or go from this unit; 0: of the whole scope.</param>
    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(bool open, CancellationToken ct, UnitId unit = default, string? behind = null)
    {
        var last = behind?.Split('_') is [var at, var id] && Clock.OfTicks(at) is { } moment && Guid.TryParse(id, out var key) ? (At: (DateTimeOffset?)moment, Id: key) : default;
        // Where there are only units, both ends are looked up; a whole area reads the open ones of the installation in their order.
        int[] units = unit.Value != 0 ? [unit.Value] : db.Scope is { Provinces.Count: 0, Districts.Count: 0, Communes.Count: 0 } ? [.. db.Scope.Units.Select(own => own.Value)] : [];
        int[] states = open ? [1, 2] : [3, 4, 5];
        var direction = open ? "" : "DESC";
        string Rows(string where) => $"""
            SELECT t.* FROM pt.quarantine_transfer t WHERE {where} AND ({(last.At is null ? "$2::timestamptz IS NULL AND $3::uuid = $3" : $"(t.sent_at, t.id) {(open ? ">" : "<")} ($2, $3)")})
            ORDER BY t.sent_at {direction}, t.id {direction} LIMIT {Page + 1}
            """;
        // Of closed ones there are many: state by state, so that each is a range of the index of its end.
        string OfEnd(string end) => string.Join(" UNION ALL ", (open ? ["IN (1, 2)"] : states.Select(state => $"= {state}")).Select(state => $"SELECT x.* FROM unnest($1::int[]) k(unit) CROSS JOIN LATERAL ({Rows($"t.{end} = k.unit AND t.state {state}")}) x"));
        var rows = await db.Connection.RowsAsync($"""
            {Columns} FROM ({(units.Length > 0 ? $"({OfEnd("unit_id")}) UNION ({OfEnd("to_unit_id")})" : Rows($"t.state IN ({string.Join(", ", states)}) AND $1::int[] = $1"))}) t {Names} ORDER BY t.sent_at {direction}, t.id {direction} LIMIT {Page + 1}
            """, Read, ct, units, last.At, last.Id);
        return new Found([.. rows.Take(Page)], rows.Count > Page ? string.Create(CultureInfo.InvariantCulture, $"{rows[Page - 1].SentAt.UtcTicks}_{rows[Page - 1].Id}") : null);
    }

    private static readonly string Columns = $"""
        SELECT t.id, t.person_id, coalesce(p.name, p.code, '?'), t.from_stay, t.to_stay, t.unit_id, f.name, t.to_unit_id, o.name, t.to_class, t.state, t.sent_at, t.left_at, t.closed_at, t.reason, t.answer,
          {Scope.Test("t.to_unit_id", "t.to_")}, {Scope.Test("t.unit_id", "t.")}
        """;

    private const string Names = "JOIN pt.person p ON p.id = t.person_id JOIN pt.unit f ON f.id = t.unit_id JOIN pt.unit o ON o.id = t.to_unit_id";

    public async Task<Row?> OneAsync(TransferId id, CancellationToken ct) => await db.Connection.RowAsync<Row?>($"{Columns} FROM pt.quarantine_transfer t {Names} WHERE t.id = $1", Read, ct, id.Value);

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(new TransferId(r.GetGuid(0)), new PersonId(r.GetGuid(1)), r.GetString(2), new StayId(r.GetGuid(3)), r.Maybe<Guid>(4) is { } to ? new StayId(to) : null,
        new UnitId(r.GetInt32(5)), r.GetString(6), new UnitId(r.GetInt32(7)), r.GetString(8), r.GetInt16(9), (TransferState)r.GetInt16(10), r.GetFieldValue<DateTimeOffset>(11), r.Maybe<DateTimeOffset>(12), r.Maybe<DateTimeOffset>(13),
        r.GetString(14), r.Text(15), r.GetBoolean(16), r.GetBoolean(17));
}
