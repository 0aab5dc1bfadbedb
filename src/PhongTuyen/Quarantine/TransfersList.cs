using System.Globalization;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>
/// Transfers at either end: open ones coming and going, and the closed ones; by key and never by offset. Each subtree of the scope gives its first rows
/// from one range of an index at each end, and these are merged: the cost depends on the page, not on how many transfers there are.
/// </summary>
public sealed class TransfersList(Db db, ReachOfUnits reach)
{
    public const int Page = 10;

    // Units whose open transfers are sooner found among all of their provinces: with 133 of them each by itself was still quicker.
    private const int FromUnits = 300;

    public sealed record Row(TransferId Id, PersonId Person, string Shown, StayId FromStay, StayId? ToStay, UnitId From, string FromName, UnitId To, string ToName, short ToClass, TransferState State, DateTimeOffset SentAt, DateTimeOffset? LeftAt, DateTimeOffset? ClosedAt, string Reason, string? Answer, bool Coming, bool Going)
    {
        /// <summary>The record is sealed and the visitor not named for it.</summary>
        public bool Sealed => Shown.Length == 0;
    }

    /// <param name="More">The key behind which the next page begins; null at the end.</param>
    public sealed record Found(IReadOnlyList<Row> Rows, string? More);

    /// <param name="open">Open ones, the oldest first; otherwise closed ones, the newest first.</param>
    /// <param name="unit">Only those that come to or go from this unit; 0: of the whole scope.</param>
    /// <param name="behind">Key of the last row of the page before.</param>
    public async Task<Found> FindAsync(bool open, CancellationToken ct, UnitId unit = default, string? behind = null, int page = Page)
    {
        var values = new List<object?>();
        var direction = open ? "" : " DESC";
        var rest = behind?.Split('_') is [var at, var id] && Clock.OfTicks(at) is { } moment && Guid.TryParse(id, out var last) ? $" AND (t.sent_at, t.id) {(open ? ">" : "<")} ({Value(moment)}, {Value(last)})" : "";
        var (scope, roots) = (db.Scope, new List<(string Column, string Keys, string? Own)>());
        void Area(string column, IReadOnlyList<AreaId> areas)
        {
            if (unit.Value == 0 && areas.Count > 0) roots.Add((column, Keys([.. areas.Select(area => area.Value)]), null));
        }
        Area("province_id", scope.Provinces);
        Area("district_id", scope.Districts);
        Area("commune_id", scope.Communes);
        // The units of an area's officer are hundreds, and their transfers lie in the area: only those are asked for themselves that ever had a stay elsewhere.
        int[] units = unit.Value != 0 ? [unit.Value] : roots.Count == 0 ? [.. scope.Units.Select(own => own.Value)] : await reach.BeyondAsync(db, ct);
        // Open ones are few at any time: those of hundreds of units are looked for among all of their provinces, in their order.
        if (open && unit.Value == 0 && roots.Count == 0 && scope.Units.Count >= FromUnits) roots.Add(("province_id", Keys(await reach.ProvincesAsync(db, ct)), Value(units)));
        else if (units.Length > 0 || roots.Count == 0) roots.Add(("unit_id", Keys(units), null));
        var found = string.Join("\n UNION ", roots.SelectMany(root => new[] { "", "to_" }.SelectMany(end => States(open, root.Column).Select(state => $"""
            SELECT x.* FROM {root.Keys} k(key) CROSS JOIN LATERAL (SELECT t.* FROM pt.quarantine_transfer t WHERE t.{end}{root.Column} = k.key AND t.state {state}{(root.Own is { } own ? $" AND (t.{end}unit_id = ANY ({own}::int[])) IS TRUE" : "")}{rest} ORDER BY t.sent_at{direction}, t.id{direction} LIMIT {page + 1}) x
            """))));
        var rows = await db.Connection.RowsAsync($"{Columns} FROM ({found}) t {Names} ORDER BY t.sent_at{direction}, t.id{direction} LIMIT {page + 1}", Read, ct, [.. values]);
        return new Found([.. rows.Take(page)], rows.Count > page ? string.Create(CultureInfo.InvariantCulture, $"{rows[page - 1].SentAt.UtcTicks}_{rows[page - 1].Id}") : null);

        string Keys(int[] keys) => $"unnest({Value(keys)}::int[])";

        string Value(object value)
        {
            values.Add(value);
            return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The states as the indexes have them: those of a unit hold each state by itself.</summary>
    private static string[] States(bool open, string column) => open ? ["IN (1, 2)"] : column == "unit_id" ? ["= 3", "= 4", "= 5"] : ["IN (3, 4, 5)"];

    private static readonly string Columns = $"""
        SELECT t.id, t.person_id, {Seals.Shown}, t.from_stay, t.to_stay, t.unit_id, f.name, t.to_unit_id, o.name, t.to_class, t.state, t.sent_at, t.left_at, t.closed_at, t.reason, t.answer,
          {Scope.Test("t.to_unit_id", "t.to_")}, {Scope.Test("t.unit_id", "t.")}
        """;

    private const string Names = "LEFT JOIN pt.person p ON p.id = t.person_id JOIN pt.unit f ON f.id = t.unit_id JOIN pt.unit o ON o.id = t.to_unit_id";

    public async Task<Row?> OneAsync(TransferId id, CancellationToken ct) => await db.Connection.RowAsync<Row?>($"{Columns} FROM pt.quarantine_transfer t {Names} WHERE t.id = $1", Read, ct, id.Value);

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(new TransferId(r.GetGuid(0)), new PersonId(r.GetGuid(1)), r.GetString(2), new StayId(r.GetGuid(3)), r.Maybe<Guid>(4) is { } to ? new StayId(to) : null,
        new UnitId(r.GetInt32(5)), r.GetString(6), new UnitId(r.GetInt32(7)), r.GetString(8), r.GetInt16(9), (TransferState)r.GetInt16(10), r.GetFieldValue<DateTimeOffset>(11), r.Maybe<DateTimeOffset>(12), r.Maybe<DateTimeOffset>(13),
        r.GetString(14), r.Text(15), r.GetBoolean(16), r.GetBoolean(17));
}
