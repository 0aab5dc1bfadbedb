namespace PhongTuyen.Supervision;

/// <summary>What may be out of the ordinary on an operator's day.</summary>
public enum SignKind
{
    /// <summary>Records opened.</summary>
    Opened,
    Searches,
    /// <summary>Sealed numbers shown in full.</summary>
    Numbers,
    /// <summary>Persons in lists that were seen.</summary>
    Listed,
    /// <summary>Lists taken as files.</summary>
    Files,
    FileRows,
    /// <summary>The same person opened again and again.</summary>
    Again,
    /// <summary>Persons who have to do neither with the unit nor with its area.</summary>
    Elsewhere,
    /// <summary>At hours at which the unit hardly works.</summary>
    OddHours,
    /// <summary>Stopped for too many looks.</summary>
    Stops,
    /// <summary>Openings in an emergency.</summary>
    Emergencies,
    /// <summary>Asked for what is not theirs, or not there.</summary>
    NotShown,
}

/// <summary>One thing that is out of the ordinary.</summary>
/// <param name="N">How many.</param>
/// <param name="Bound">From how many it is a sign.</param>
/// <param name="Usual">The operator's own median; null: too few days, or it is not compared.</param>
/// <param name="Median">That of the others of the unit.</param>
/// <param name="Of">Out of how many: persons opened, of those from elsewhere.</param>
/// <param name="Hours">The odd hours.</param>
public sealed record Sign(SignKind Kind, int N, int Bound, int? Usual = null, int? Median = null, int? Of = null, IReadOnlyList<int>? Hours = null);

/// <summary>An operator's day, with what was usual when it began.</summary>
/// <param name="Figures">Opened, searches, numbers, persons in lists, files, rows of files.</param>
/// <param name="Usual">The same as the median of the operator's own days.</param>
/// <param name="Hours">Acts by hour of the day.</param>
/// <param name="UnitHours">Those of the unit on the days before; null: there were none.</param>
public sealed record OperatorDay(IReadOnlyList<int> Figures, IReadOnlyList<int>? Usual, int UsualDays, IReadOnlyList<int>? Median, int MedianDays, int Persons, int Most, int Elsewhere, IReadOnlyList<int> Hours, IReadOnlyList<int>? UnitHours, int Stops, int Emergencies, int NotShown);

/// <summary>Which days of an operator are to be looked at, and how far they are out of the ordinary.</summary>
public static class SupervisionRules
{
    /// <summary>What is compared with what is usual, in the order of the columns of medians.</summary>
    public static readonly IReadOnlyList<SignKind> Figures = [SignKind.Opened, SignKind.Searches, SignKind.Numbers, SignKind.Listed, SignKind.Files, SignKind.FileRows];

    // One number that is enormous does not hide that another day has five signs.
    private const int MostOfOne = 1000;

    /// <summary>From which number on it is a sign. Where nothing is known to be usual, the least number counts as usual.</summary>
    public static int BoundOf(SupervisionTerms.Bound bound, int? usual, int? median)
    {
        if (usual is null && median is null) return bound.Least * bound.TimesOwn;
        var (own, others) = (usual is { } of ? (long)of * bound.TimesOwn : long.MaxValue, median is { } unit ? (long)unit * bound.TimesUnit : long.MaxValue);
        return (int)Math.Max(bound.Least, Math.Min(int.MaxValue, Math.Min(own, others)));
    }

    /// <summary>The farthest out of the ordinary first.</summary>
    public static IReadOnlyList<Sign> Signs(OperatorDay day, SupervisionTerms terms) => [.. All(day, terms).OrderByDescending(Weight).ThenBy(sign => sign.Kind)];

    /// <summary>In hundredths of the bounds, over all signs.</summary>
    public static int Score(IEnumerable<Sign> signs) => signs.Sum(Weight);

    private static int Weight(Sign sign) => (int)Math.Min(MostOfOne, sign.N * 100L / sign.Bound);

    private static IEnumerable<Sign> All(OperatorDay day, SupervisionTerms terms)
    {
        for (var i = 0; i < Figures.Count; i++)
        {
            var (usual, median) = (day.UsualDays >= terms.LeastDays ? day.Usual?[i] : null, day.MedianDays >= terms.LeastDays ? day.Median?[i] : null);
            var from = BoundOf(terms.Bounds.Single(bound => bound.Figure == Figures[i]), usual, median);
            if (day.Figures[i] >= from) yield return new Sign(Figures[i], day.Figures[i], from, usual, median);
        }
        if (day.Most >= terms.Again) yield return new Sign(SignKind.Again, day.Most, terms.Again);
        if (day.Elsewhere >= terms.Elsewhere && day.Elsewhere * 100L >= (long)day.Persons * terms.ElsewherePercent) yield return new Sign(SignKind.Elsewhere, day.Elsewhere, terms.Elsewhere, Of: day.Persons);
        if (Odd(day, terms) is { Count: > 0 } odd && odd.Sum(hour => day.Hours[hour]) is var acts && acts >= terms.OddActs) yield return new Sign(SignKind.OddHours, acts, terms.OddActs, Hours: odd);
        if (day.Stops >= terms.Stops) yield return new Sign(SignKind.Stops, day.Stops, terms.Stops);
        if (day.Emergencies >= terms.Emergencies) yield return new Sign(SignKind.Emergencies, day.Emergencies, terms.Emergencies);
        if (day.NotShown >= terms.NotShown) yield return new Sign(SignKind.NotShown, day.NotShown, terms.NotShown);
    }

    /// <summary>The hours of the day in which the operator did something and the unit hardly ever does.</summary>
    private static List<int> Odd(OperatorDay day, SupervisionTerms terms)
    {
        if (day.UnitHours is not { } unit || unit.Sum(n => (long)n) is var all && all < terms.OddLeast) return [];
        return [.. Enumerable.Range(0, day.Hours.Count).Where(hour => day.Hours[hour] > 0 && unit[hour] * 100L < all * terms.OddPercent)];
    }
}
