using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What a clerk has to do today: who is expected, who leaves today or should have left, what is missing. The transfers that wait are those of <see cref="TransfersList"/>.</summary>
public sealed class DayOfUnit(Db db)
{
    /// <summary>How many of each list are shown; how many there are, the counters say.</summary>
    public const int Most = 100;

    public sealed record Row(StayId Id, PersonId Person, string Shown, string? Bed, StayClass Class, DateTimeOffset? ExpectedAt, DateOnly? PlannedEnd, DateTimeOffset? ArrivedAt, IReadOnlyList<string> Missing)
    {
        /// <summary>The record is sealed and the visitor not named for it.</summary>
        public bool Sealed => Shown.Length == 0;
    }

    /// <param name="MoreMissing">Whether there are more with gaps than are shown: no counter counts them.</param>
    public sealed record Day(IReadOnlyList<Row> Expected, IReadOnlyList<Row> Leaving, IReadOnlyList<Row> Overdue, IReadOnlyList<Row> Missing, bool MoreMissing);

    /// <param name="unit">One unit of the visitor's.</param>
    public async Task<Day> OfAsync(UnitId unit, DateOnly today, CancellationToken ct)
    {
        // One statement: what is said of a row is asked for once, not for each list.
        var rows = await db.Connection.RowsAsync($"""
            SELECT s.list, s.id, s.person_id, {Seals.Shown},
              (SELECT concat_ws(' · ', nullif(r.wing, ''), r.name, b.label) FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id WHERE b.id = s.bed_id),
              s.class, s.expected_at, s.planned_end, s.arrived_at,
              CASE WHEN s.list = 3 THEN array_remove(ARRAY[{string.Join(", ", Gaps.Select(gap => $"CASE WHEN {gap.Test} THEN '{gap.Name}' END"))}], NULL) ELSE ARRAY[]::text[] END
            FROM ({List(0, "s.state = 1", "s.expected_at")}
              UNION ALL {List(1, "s.state = 2 AND s.planned_end = $2", "s.planned_end")}
              UNION ALL {List(2, "s.state = 2 AND s.planned_end < $2", "s.planned_end")}
              UNION ALL {List(3, $"s.state = 2 AND ({string.Join(" OR ", Gaps.Select(gap => gap.Test))})", "s.listed_at DESC")}) s LEFT JOIN pt.person p ON p.id = s.person_id
            ORDER BY s.list, CASE s.list WHEN 0 THEN s.expected_at END, CASE WHEN s.list IN (1, 2) THEN s.planned_end END, CASE s.list WHEN 3 THEN s.listed_at END DESC, p.name_key, s.id
            """, r => (List: r.GetInt32(0), Row: Read(r)), ct, unit.Value, today);
        IReadOnlyList<Row> Of(int list) => [.. rows.Where(row => row.List == list).Select(row => row.Row)];
        // What a sealed record lacks is not for those who do not see it.
        IReadOnlyList<Row> missing = [.. Of(3).Where(row => !row.Sealed)];
        return new Day(Of(0), Of(1), Of(2), [.. missing.Take(Most)], missing.Count > Most);
    }

    /// <summary>Of those with gaps the newest first: those are the ones whose papers are still at hand.</summary>
    private static string List(int list, string where, string order) => $"(SELECT {list} AS list, s.id, s.person_id, s.bed_id, s.class, s.expected_at, s.planned_end, s.arrived_at, s.arrived_on, s.place, s.reason, s.listed_at FROM pt.quarantine_stay s WHERE s.unit_id = $1 AND {where} ORDER BY {order}, s.id LIMIT {(list == 3 ? Most + 1 : Most)})";

    /// <summary>What a record of somebody in house should not lack.</summary>
    private static readonly (string Name, string Test)[] Gaps =
    [
        ("arrival", "s.arrived_on IS NULL"),
        ("bed", "(s.place = 1 AND s.bed_id IS NULL)"),
        ("plan", "s.planned_end IS NULL"),
        ("reason", "s.reason = 0"),
        ("number", "NOT EXISTS (SELECT 1 FROM pt.person_document d WHERE d.person_id = s.person_id)"),
        ("birth", "EXISTS (SELECT 1 FROM pt.person q WHERE q.id = s.person_id AND q.birth_precision = 0)"),
    ];

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(new StayId(r.GetGuid(1)), new PersonId(r.GetGuid(2)), r.GetString(3), r.Text(4), (StayClass)r.GetInt16(5), r.Maybe<DateTimeOffset>(6), r.Maybe<DateOnly>(7), r.Maybe<DateTimeOffset>(8), r.GetFieldValue<string[]>(9));
}
