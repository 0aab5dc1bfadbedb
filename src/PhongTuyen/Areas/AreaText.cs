using PhongTuyen.Kernel;

namespace PhongTuyen.Areas;

/// <summary>
/// Addresses in one line, "Thôn 3, xã X, huyện Y, tỉnh Z": the units are taken from the end, what stands before them is the head.
/// </summary>
public sealed partial class AreaMatcher
{
    /// <summary>
    /// As much of the end of the address as names units that lie in each other. A name without a type just before them ("Lê Lợi, Quận 1")
    /// may be a street or a hamlet and stays in the head; one with its type ("xã Lê Chánh, Tân Châu, Đồng Tháp") must fit.
    /// </summary>
    public AreaTextMatch MatchText(string? text, DateOnly asOf)
    {
        var day = book.DayOf(asOf);
        var parts = AreaTextParts.Of(text, whole => book.Names.Knows(AreaLevel.Province, whole));
        if (parts.Count == 0) return new AreaTextMatch(AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.Nothing, null, []), null);

        var best = AreaTextReading.Best(Readings(parts, day, 1));
        // Without a comma, any run of words may be a name.
        if (best?.Match.Verdict is not AreaVerdict.One && parts.Count == 1)
        {
            var words = parts[0].Split(' ');
            if (AreaTextReading.Best(Readings(words, day, 6)) is { } loose) return new AreaTextMatch(loose.Match, Head(words, loose.Start, " "));
        }
        if (best is null) return new AreaTextMatch(AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.UnknownName, parts[^1], []), string.Join(", ", parts));
        if (Overlooked(parts, best) is not { } name) return new AreaTextMatch(best.Match, Head(parts, best.Start, ", "));
        return new AreaTextMatch(AreaMatch.Not(AreaVerdict.Unmatched, AreaReason.UnknownName, name, [best.Match.Area]), Head(parts, parts.LastIndexOf(name), ", "));
    }

    /// <summary>All ways to read the end of the parts as names of units.</summary>
    /// <param name="longest">How many parts a name may cover.</param>
    private List<AreaTextReading> Readings(IReadOnlyList<string> parts, DateOnly day, int longest)
    {
        var readings = new List<AreaTextReading>();
        var names = new Dictionary<(AreaLevel, int, int), string?>();
        foreach (var levels in AreaTextReading.Levels) Extend(levels, [], parts.Count);
        return readings;

        void Extend(AreaLevel[] levels, AreaWritten[] taken, int end)
        {
            if (taken.Length == levels.Length) readings.Add(new AreaTextReading(Match(taken, day), taken, end));
            else
                for (var start = end - 1; start >= 0 && start >= end - longest; start--)
                    if (Known(levels[taken.Length], start, end) is { } name) Extend(levels, [.. taken, new(levels[taken.Length], name)], start);
        }

        string? Known(AreaLevel level, int start, int end)
        {
            if (names.TryGetValue((level, start, end), out var known)) return known;
            var name = string.Join(' ', parts.Skip(start).Take(end - start));
            return names[(level, start, end)] = book.Names.Knows(level, name) ? name : null;
        }
    }

    /// <summary>A name with its type, before the units that were found, that should have been one more: not to be passed over in silence.</summary>
    private string? Overlooked(List<string> parts, AreaTextReading reading)
    {
        if (reading.Match.Verdict != AreaVerdict.One || book.Find(reading.Match.Area)!.Level is not (var level and < AreaLevel.Commune)) return null;
        return parts.Take(reading.Start).LastOrDefault(part => AreaSpelling.Read(part)[0].Type is { } type
            && (AreaKinds.Fits(type, AreaLevel.Commune) || (level == AreaLevel.Province && AreaKinds.Fits(type, AreaLevel.District))));
    }

    private static string? Head(IReadOnlyList<string> parts, int start, string separator) =>
        start == 0 ? null : string.Join(separator, parts.Take(start));
}
