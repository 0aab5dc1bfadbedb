using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>What became of a unit, and what it came from, as this installation has it: the shipped links and what persons decided here.</summary>
public sealed class AreaKin(Db db, AreaStore areas)
{
    /// <param name="Partial">Only a part went there: nothing follows by itself.</param>
    /// <param name="Decided">A person of this installation decided it.</param>
    public sealed record Link(AreaRow Area, bool Partial, bool Decided);

    public sealed record Found(IReadOnlyList<Link> Became, IReadOnlyList<Link> CameFrom);

    /// <summary>Links hang on one version of a unit; all its versions through renamings are looked at.</summary>
    public async Task<Found> OfAsync(AreaId area, CancellationToken ct)
    {
        var versions = areas.Book.Versions(area).Select(row => row.Id).ToHashSet();
        var links = await db.Connection.RowsAsync("SELECT old_id, new_id, partial, decided_by IS NOT NULL FROM pt.area_link WHERE old_id = ANY ($1) OR new_id = ANY ($1) ORDER BY old_id, new_id",
            r => (Old: new AreaId(r.GetInt32(0)), New: new AreaId(r.GetInt32(1)), Partial: r.GetBoolean(2), Decided: r.GetBoolean(3)), ct, versions.Select(id => id.Value).ToArray());
        return new Found(
            [.. links.Where(link => versions.Contains(link.Old) && !versions.Contains(link.New)).Select(link => new Link(areas.Book.Find(link.New)!, link.Partial, link.Decided))],
            [.. links.Where(link => versions.Contains(link.New) && !versions.Contains(link.Old)).Select(link => new Link(areas.Book.Find(link.Old)!, link.Partial, link.Decided))]);
    }
}
