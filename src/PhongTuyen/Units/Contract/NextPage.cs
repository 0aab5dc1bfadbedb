using PhongTuyen.Kernel;

namespace PhongTuyen.Units.Contract;

/// <summary>A page of units that stand in memory in the order of their folded names, as <c>pt.unit</c> has it (COLLATE "C").</summary>
internal static class NextPage
{
    /// <param name="behind">Folded name and id of the last row of the page before; null: from the beginning.</param>
    /// <param name="more">The same of the last row here; null where none follows.</param>
    public static IReadOnlyList<T> Behind<T>(IEnumerable<T> all, Func<T, (string Folded, UnitId Id)> key, string? behind, int page, out string? more)
    {
        var cut = behind?.LastIndexOf('_') ?? -1;
        var (after, id) = (cut > 0 ? behind![..cut] : "", cut > 0 && UnitId.TryParse(behind![(cut + 1)..], out var read) ? read.Value : 0);
        var rows = all.SkipWhile(one => string.CompareOrdinal(key(one).Folded, after) is var order && (order < 0 || (order == 0 && key(one).Id.Value <= id))).Take(page + 1).ToList();
        more = rows.Count > page ? $"{key(rows[page - 1]).Folded}_{key(rows[page - 1]).Id}" : null;
        return rows.Count > page ? rows[..page] : rows;
    }
}
