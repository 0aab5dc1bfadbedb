using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>The hamlets of one commune as its people list them: "Thôn 2" before "Thôn 10", those that ended last.</summary>
public sealed class HamletsOfCommune(Db db)
{
    private static readonly CompareInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN").CompareInfo;

    public async Task<IReadOnlyList<Hamlet>> FindAsync(AreaId commune, CancellationToken ct)
    {
        var hamlets = await db.Set<Hamlet>().AsNoTracking().Where(h => h.CommuneId == commune).ToListAsync(ct);
        return [.. hamlets.OrderBy(h => h.ValidTo is not null).ThenBy(h => h.Name, Comparer<string>.Create((one, other) => Vietnamese.Compare(one, other, CompareOptions.NumericOrdering))).ThenBy(h => h.Id)];
    }

    /// <summary>How many hamlets that stand each of these communes has written down.</summary>
    public async Task<IReadOnlyDictionary<AreaId, int>> CountAsync(IEnumerable<AreaId> communes, CancellationToken ct) => (await db.Connection.RowsAsync(
        "SELECT commune_id, count(*)::int FROM pt.area_hamlet WHERE commune_id = ANY ($1) AND valid_to IS NULL GROUP BY commune_id", r => (new AreaId(r.GetInt32(0)), r.GetInt32(1)), ct, communes.Select(id => id.Value).ToArray())).ToDictionary();
}
