using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// What areas went into as a whole, by the acts that were carried out here. The family of an area is what it went into and everything that went into that: what a right over it
/// covers. Divided areas belong to nobody's family.
/// </summary>
public sealed class AreaFamilies
{
    public static readonly AreaFamilies None = new([]);

    private readonly ILookup<AreaId, AreaId> onward;
    private readonly ILookup<AreaId, AreaId> back;

    public AreaFamilies(IReadOnlyCollection<(AreaId Old, AreaId New)> successions) =>
        (onward, back) = (successions.ToLookup(pair => pair.Old, pair => pair.New), successions.ToLookup(pair => pair.New, pair => pair.Old));

    /// <summary>The area itself first, then the others.</summary>
    public IReadOnlyList<AreaId> Of(AreaId area)
    {
        if (!onward.Contains(area) && !back.Contains(area)) return [area];
        var family = new List<AreaId> { area };
        Walk(family, onward);
        Walk(family, back);
        return family;
    }

    /// <summary>The area itself and what went into it: what its figures sum, those of days before it stood as well.</summary>
    public IReadOnlyList<AreaId> Sources(AreaId area)
    {
        var sources = new List<AreaId> { area };
        Walk(sources, back);
        return sources;
    }

    /// <summary>What it is today: its last successor, or itself.</summary>
    public AreaId Last(AreaId area)
    {
        for (var steps = 0; steps < 50 && onward[area].FirstOrDefault() is { Value: not 0 } next; steps++) area = next;
        return area;
    }

    private static void Walk(List<AreaId> family, ILookup<AreaId, AreaId> way)
    {
        for (var i = 0; i < family.Count; i++)
            foreach (var next in way[family[i]])
                if (!family.Contains(next)) family.Add(next);
    }
}
