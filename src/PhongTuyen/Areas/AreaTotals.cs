using PhongTuyen.Data;

namespace PhongTuyen.Areas;

/// <summary>How many units the official lists know on a day; what was made for a demonstration does not count.</summary>
public sealed class AreaTotals(Db db)
{
    /// <summary>A day before the first list is answered from the first list.</summary>
    public async Task<AreaCounts> OnAsync(DateOnly day, CancellationToken ct)
    {
        var levels = (await db.Connection.RowsAsync("""
            SELECT level, count(*)::int FROM pt.area
            WHERE source <> 3 AND level BETWEEN 1 AND 3 AND valid_from <= greatest($1, (SELECT min(valid_from) FROM pt.area WHERE source = 1 AND level > 0)) AND (valid_to IS NULL OR valid_to >= $1)
            GROUP BY level
            """, r => ((int)r.GetInt16(0), r.GetInt32(1)), ct, day)).ToDictionary();
        return new AreaCounts(levels.GetValueOrDefault(1), levels.GetValueOrDefault(2), levels.GetValueOrDefault(3));
    }
}
