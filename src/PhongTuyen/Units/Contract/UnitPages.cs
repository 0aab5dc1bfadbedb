using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Units.Contract;

/// <summary>Pages of units in the order of their folded names and then ids, as <c>pt.unit</c> has it (COLLATE "C").</summary>
internal static class UnitPages
{
    /// <param name="Place">District, or where there is none province; null: not known.</param>
    public sealed record Line(string Name, string Code, UnitKind Kind, string? Parent, string? Place, string? Telephone);

    /// <summary>The key behind which a page begins, from the address.</summary>
    /// <returns>Before all, where it is null or no key.</returns>
    public static (string Folded, UnitId Id) Read(string? behind)
    {
        var cut = behind?.LastIndexOf('_') ?? -1;
        return (cut > 0 ? behind![..cut] : "", cut > 0 && UnitId.TryParse(behind![(cut + 1)..], out var id) ? id : default);
    }

    /// <summary>One row more was read than the page holds.</summary>
    /// <param name="more">The key of the page's last row; null where none follows.</param>
    public static IReadOnlyList<T> Cut<T>(IReadOnlyList<T> rows, int page, Func<T, (string Folded, UnitId Id)> key, out string? more)
    {
        more = rows.Count > page && key(rows[page - 1]) is var last ? $"{last.Folded}_{last.Id}" : null;
        return more is null ? rows : [.. rows.Take(page)];
    }

    /// <summary>What a list shows of units, in the order given, each with the area in which it is listed: looked up for the rows of a page, where a join would read all fifteen thousand areas.</summary>
    public static IReadOnlyList<Line> AskLines(Questions questions, IReadOnlyList<(UnitId Unit, AreaId Area)> units) => questions.Ask("""
        SELECT u.name, u.code, u.kind, (SELECT p.name FROM pt.unit p WHERE p.id = u.parent_id), (SELECT a.name FROM pt.area a WHERE a.id = x.area), u.telephone
        FROM unnest($1::int[], $2::int[]) WITH ORDINALITY x (id, area, n) JOIN pt.unit u ON u.id = x.id ORDER BY x.n
        """, r => new Line(r.GetString(0), r.GetString(1), (UnitKind)r.GetInt16(2), r.Text(3), r.Text(4), r.Text(5)), units.Select(one => one.Unit.Value).ToArray(), units.Select(one => one.Area.Value).ToArray());
}
