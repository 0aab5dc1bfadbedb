using Microsoft.Extensions.Caching.Memory;
using PhongTuyen.Data;

namespace PhongTuyen.Quarantine;

/// <summary>
/// Which units of a scope have ever had a stay outside of the scope's areas: only those can add to a list of the areas. Almost always none, out of hundreds.
/// And in which provinces the units of a scope have had one. Both change when a unit has its first stay in an area. What was read is given again only while that stands the same, which every request brings (<see cref="Visitor.Reach"/>).
/// </summary>
public sealed class ReachOfUnits : IDisposable
{
    // Of scopes; each is some bytes and the few units that reach beyond it.
    private const long Most = 20_000;

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <returns>All units of the scope where its areas are not all provinces or all districts.</returns>
    public async Task<int[]> BeyondAsync(Db db, CancellationToken ct)
    {
        var scope = db.Scope;
        int? level = scope switch
        {
            { Provinces.Count: > 0, Districts.Count: 0, Communes.Count: 0 } => 1,
            { Provinces.Count: 0, Districts.Count: > 0, Communes.Count: 0 } => 2,
            _ => null,
        };
        if (level is null || scope.Units.Count == 0) return Units(scope);
        return await OnceAsync(db, "", () => db.Connection.RowsAsync("SELECT DISTINCT r.unit_id FROM pt.quarantine_reach r WHERE r.level = $1 AND r.unit_id = ANY ($2) AND r.area_id <> ALL ($3)",
            r => r.GetInt32(0), ct, level, Units(scope), (level == 1 ? scope.Provinces : scope.Districts).Select(area => area.Value).ToArray()));
    }

    /// <returns>All provinces in which a unit of the scope has ever had a stay; with 0 where that was not known.</returns>
    public Task<int[]> ProvincesAsync(Db db, CancellationToken ct) => OnceAsync(db, "in ", () => db.Connection.RowsAsync(
        "SELECT DISTINCT area_id FROM pt.quarantine_reach WHERE level = 1 AND unit_id = ANY ($1)", r => r.GetInt32(0), ct, Units(db.Scope)));

    private async Task<int[]> OnceAsync(Db db, string question, Func<Task<List<int>>> read)
    {
        var reach = db.Visitor!.Reach;
        var mark = db.HasTold ? null : question + db.Scope.Mark;
        if (mark is not null && kept.Get<Known>(mark) is { } known && known.Reach == reach) return known.Keys;
        int[] keys = [.. await read()];
        if (mark is not null) kept.Set(mark, new Known(reach, keys), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
        return keys;
    }

    private static int[] Units(Scope scope) => [.. scope.Units.Select(unit => unit.Value)];

    public void Dispose() => kept.Dispose();

    private sealed record Known(long Reach, int[] Keys);
}
