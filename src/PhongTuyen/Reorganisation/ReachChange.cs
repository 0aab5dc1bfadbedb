using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// Who gains or loses sight of what by a change of the trees, read in the midst of it: the rights as they are written out against what the changed trees make of them. It
/// asks counters and grants only, so that it does not grow with the persons.
/// </summary>
/// <param name="Gained">Accounts that see more.</param>
/// <param name="Lost">Accounts that see less.</param>
public sealed record ReachChange(IReadOnlyList<ReachChange.Row> Rows, int Gained, int Lost)
{
    /// <summary>So many accounts are shown.</summary>
    public const int Most = 200;

    /// <summary>What lies in units and areas: people there now, stays ever begun, cases.</summary>
    public readonly record struct Inside(long Now, long Stays, long Cases)
    {
        internal static Inside Sum(IEnumerable<Inside> all) => all.Aggregate(default(Inside), (sum, one) => new Inside(sum.Now + one.Now, sum.Stays + one.Stays, sum.Cases + one.Cases));
    }

    /// <param name="Name">Null where the account is not of the visitor's units.</param>
    public sealed record Row(AccountId Account, string? Name, UnitId Unit, string UnitName, IReadOnlyList<Role> Roles, IReadOnlyList<UnitId> Gained, IReadOnlyList<UnitId> Lost, IReadOnlyList<AreaId> GainedAreas, IReadOnlyList<AreaId> LostAreas)
    {
        public Inside More { get; init; }
        public Inside Less { get; init; }
    }

    internal static async Task<ReachChange> ReadAsync(Db db, CancellationToken ct)
    {
        var rows = await db.Connection.RowsAsync("""
            SELECT d.account_id, d.name, d.unit_id, u.name, d.roles, d.gained_units, d.lost_units, d.gained_areas, d.lost_areas FROM pt.rights_difference($1) d JOIN pt.unit u ON u.id = d.unit_id
            WHERE cardinality(d.gained_units) + cardinality(d.lost_units) + cardinality(d.gained_areas) + cardinality(d.lost_areas) > 0 ORDER BY u.name COLLATE "vi-x-icu", d.name COLLATE "vi-x-icu" NULLS LAST, d.account_id
            """, r => new Row(new AccountId(r.GetGuid(0)), r.Text(1), new UnitId(r.GetInt32(2)), r.GetString(3), [.. r.GetFieldValue<short[]>(4).Select(role => (Role)role)], Units(r.GetFieldValue<int[]>(5)), Units(r.GetFieldValue<int[]>(6)),
            Areas(r.GetFieldValue<int[]>(7)), Areas(r.GetFieldValue<int[]>(8))), ct, db.Clock.GetUtcNow());
        var units = await CountAsync(db, "SELECT unit_id AS id, metric, n FROM pt.report_counter WHERE level = 5 AND province_id = 0 AND district_id = 0 AND commune_id = 0 AND unit_id = ANY ($1) AND day = '-infinity'",
            ["unit_id"], rows.SelectMany(row => row.Gained.Concat(row.Lost)).Select(unit => unit.Value), ct);
        var areas = await OfAreasAsync(db, rows.SelectMany(row => row.GainedAreas.Concat(row.LostAreas)), ct);
        return new ReachChange([.. rows.Take(Most).Select(row => row with { More = Sum(row.Gained, row.GainedAreas), Less = Sum(row.Lost, row.LostAreas) })],
            rows.Count(row => row.Gained.Count + row.GainedAreas.Count > 0), rows.Count(row => row.Lost.Count + row.LostAreas.Count > 0));

        Inside Sum(IReadOnlyList<UnitId> of, IReadOnlyList<AreaId> inside) => Inside.Sum(of.Select(unit => units.GetValueOrDefault(unit.Value)).Concat(inside.Select(area => areas.GetValueOrDefault(area.Value))));
    }

    /// <summary>What is written under areas, each by its own keys.</summary>
    internal static Task<Dictionary<int, Inside>> OfAreasAsync(Db db, IEnumerable<AreaId> of, CancellationToken ct) => CountAsync(db, """
        SELECT a.id, c.metric, c.n FROM pt.area a JOIN pt.report_counter c ON c.level = 4 - a.level AND c.province_id = a.province_id AND c.district_id = a.district_id AND c.commune_id = a.commune_id AND c.unit_id = 0 AND c.day = '-infinity' WHERE a.id = ANY ($1)
        """, ["commune_id", "district_id", "province_id"], of.Select(area => area.Value), ct);

    private static UnitId[] Units(int[] ids) => [.. ids.Select(UnitId.Of)];
    private static AreaId[] Areas(int[] ids) => [.. ids.Select(AreaId.Of)];

    /// <summary>Counters, and the differences that are not folded yet.</summary>
    private static async Task<Dictionary<int, Inside>> CountAsync(Db db, string counters, string[] keys, IEnumerable<int> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToArray();
        if (asked.Length == 0) return [];
        const string now = "metric IN (2, 4, 5, 6)";
        return (await db.Connection.RowsAsync($"""
            SELECT id, coalesce(sum(n) FILTER (WHERE {now}), 0)::bigint, coalesce(sum(n) FILTER (WHERE metric = {(int)Metric.StaysTotal}), 0)::bigint, coalesce(sum(n) FILTER (WHERE metric = {(int)Metric.Cases}), 0)::bigint
            FROM ({counters} {string.Concat(keys.Select(key => $"UNION ALL SELECT {key}, metric, n FROM pt.report_delta WHERE {key} = ANY ($1) AND day = '-infinity' "))}) f
            WHERE {now} OR metric IN ({(int)Metric.StaysTotal}, {(int)Metric.Cases}) GROUP BY id
            """, r => (Id: r.GetInt32(0), Inside: new Inside(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), ct, (object)asked)).ToDictionary(row => row.Id, row => row.Inside);
    }
}
