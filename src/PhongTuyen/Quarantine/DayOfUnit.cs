using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine.Contract;

namespace PhongTuyen.Quarantine;

/// <summary>What a clerk has to do today: who is expected, who leaves today or should have left, what is missing, which transfers wait.</summary>
public sealed class DayOfUnit(Db db)
{
    public const int Most = 200;

    public sealed record Row(StayId Id, PersonId Person, string Shown, string? Bed, StayClass Class, DateTimeOffset? ExpectedAt, DateOnly? PlannedEnd, DateTimeOffset? ArrivedAt, IReadOnlyList<string> Missing);

    public sealed record Day(IReadOnlyList<Row> Expected, IReadOnlyList<Row> Leaving, IReadOnlyList<Row> Overdue, IReadOnlyList<Row> Missing);

    /// <param name="unit">One unit of the visitor's.</param>
    public async Task<Day> OfAsync(UnitId unit, DateOnly today, CancellationToken ct)
    {
        var day = await db.Connection.TogetherAsync(Read, ct,
            Ask("s.state = 1", "s.expected_at", unit.Value),
            Ask("s.state = 2 AND s.planned_end = $2", "s.planned_end", unit.Value, today),
            Ask("s.state = 2 AND s.planned_end < $2", "s.planned_end", unit.Value, today),
            // The newest first: those are the ones whose papers are still at hand.
            Ask($"s.state = 2 AND ({string.Join(" OR ", Gaps.Select(gap => gap.Test))})", "s.listed_at DESC", unit.Value));
        return new Day(day[0], day[1], day[2], day[3]);
    }

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

    private static (string, object?[]) Ask(string where, string order, params object?[] values) => ($"""
        SELECT s.id, s.person_id, coalesce(p.name, p.code, '?'),
          (SELECT concat_ws(' · ', nullif(r.wing, ''), r.name, b.label) FROM pt.quarantine_bed b JOIN pt.quarantine_room r ON r.id = b.room_id WHERE b.id = s.bed_id),
          s.class, s.expected_at, s.planned_end, s.arrived_at, array_remove(ARRAY[{string.Join(", ", Gaps.Select(gap => $"CASE WHEN {gap.Test} THEN '{gap.Name}' END"))}], NULL)
        FROM pt.quarantine_stay s JOIN pt.person p ON p.id = s.person_id WHERE s.unit_id = $1 AND {where} ORDER BY {order}, p.name_key, s.id LIMIT {Most}
        """, values);

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(new StayId(r.GetGuid(0)), new PersonId(r.GetGuid(1)), r.GetString(2), r.Text(3), (StayClass)r.GetInt16(4), r.Maybe<DateTimeOffset>(5), r.Maybe<DateOnly>(6), r.Maybe<DateTimeOffset>(7), r.GetFieldValue<string[]>(8));
}
