using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>One way to read the end of an address.</summary>
/// <param name="Names">From the province down.</param>
/// <param name="Start">The first part that belongs to it; what stands before is the head.</param>
internal sealed record AreaTextReading(AreaMatch Match, IReadOnlyList<AreaWritten> Names, int Start)
{
    /// <summary>Which levels the last names may stand for, from the last one on.</summary>
    public static readonly AreaLevel[][] Levels =
    [
        [AreaLevel.Province, AreaLevel.District, AreaLevel.Commune], [AreaLevel.Province, AreaLevel.Commune], [AreaLevel.Province, AreaLevel.District],
        [AreaLevel.District, AreaLevel.Commune], [AreaLevel.Province], [AreaLevel.District], [AreaLevel.Commune],
    ];

    /// <summary>The lowest name can be nothing but a unit: a bare "Lê Lợi" is more often a street.</summary>
    private bool IsSure => Names[^1].Level != AreaLevel.Commune || AreaSpelling.Read(Names[^1].Text)[0].Type is not null;

    /// <summary>The reading of most names; null where none says anything.</summary>
    public static AreaTextReading? Best(List<AreaTextReading> readings)
    {
        var found = readings.FindAll(reading => reading.Match.Verdict == AreaVerdict.One);
        var most = found.Count == 0 ? 0 : found.Max(reading => reading.Names.Count);
        if (Against(readings, most) is { } against) return against;
        if (found.Count == 0) return null;
        // Of those with as many names, the one that covers more of the text; where these differ, a person chooses.
        var best = found.FindAll(reading => reading.Names.Count == most).GroupBy(reading => reading.Start).MinBy(group => group.Key)!.ToList();
        var areas = best.Select(reading => reading.Match.Area).Distinct().ToList();
        return areas.Count == 1 ? best[0]
            : best[0] with { Match = AreaMatch.Not(AreaVerdict.Ambiguous, AreaReason.SameName, best[0].Names[^1].Text, areas) };
    }

    /// <summary>A choice or a contradiction among more names than any clean reading has: it explains more of the address than that reading.</summary>
    private static AreaTextReading? Against(List<AreaTextReading> readings, int most)
    {
        var against = readings.Where(reading => reading.Names.Count > most && reading.Match switch
        {
            { Verdict: AreaVerdict.Ambiguous } => true,
            { Verdict: AreaVerdict.Impossible } => reading.IsSure || most == 0,
            { Reason: AreaReason.OtherDay } => reading.IsSure,
            _ => false,
        }).OrderByDescending(reading => reading.Names.Count).ThenBy(reading => reading.Start).FirstOrDefault();
        // With one more name below it, the contradiction can be shown at its place.
        return against is null ? null
            : readings.Find(reading => reading.Match.Verdict == AreaVerdict.Impossible && reading.Names.Count > against.Names.Count) ?? against;
    }
}
