using PhongTuyen.Kernel;

namespace PhongTuyen.Reporting;

/// <summary>What a set of figures is about: one area, or one unit.</summary>
public readonly record struct FigureScope(AreaLevel Level, AreaKeys Area, UnitId Unit)
{
    public static FigureScope Country => new(AreaLevel.Country, AreaKeys.Unknown, default);
    public static FigureScope Of(AreaKeys area) => new(area.Commune.Value != 0 ? AreaLevel.Commune : area.District.Value != 0 ? AreaLevel.District : area.Known ? AreaLevel.Province : AreaLevel.Country, area, default);
    public static FigureScope Of(UnitId unit) => new(AreaLevel.Hamlet, AreaKeys.Unknown, unit);
    public bool OfUnit => Unit.Value != 0;
}

/// <summary>Figures of one area or unit as of one moment: counters and unfolded differences of the same snapshot, so equal to a recount.</summary>
public sealed class Figures
{
    // A board asks for some fifty sums of each of its parts: every sum finds its few details at once.
    private readonly Dictionary<(Metric Metric, DateOnly Day), List<(int Detail, long N)>> values;

    public Figures() => values = [];

    private Figures(Figures same) => values = same.values;

    /// <summary>The key of what is counted as of now rather than on a day.</summary>
    public static readonly DateOnly Now = DateOnly.MinValue;

    public required DateTimeOffset AsOf { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>The same figures, found unchanged at another moment.</summary>
    internal Figures At(DateTimeOffset moment) => new(this) { AsOf = moment, Today = Today };

    internal int Size => values.Count;

    internal void Add(Metric metric, int detail, DateOnly day, long n)
    {
        if (!values.TryGetValue((metric, day), out var details)) values[(metric, day)] = details = [];
        details.Add((detail, n));
    }

    /// <summary>As of now, over all details or those that fit.</summary>
    public long Stock(Metric metric, Func<int, bool>? detail = null) => Sum(metric, Now, detail);

    public long Flow(Metric metric, DateOnly day, Func<int, bool>? detail = null) => Sum(metric, day, detail);

    /// <summary>Details of a metric that are not zero.</summary>
    public IEnumerable<(int Detail, long N)> Details(Metric metric, DateOnly? day = null) =>
        values.GetValueOrDefault((metric, day ?? Now), []).GroupBy(pair => pair.Detail, (detail, same) => (Detail: detail, N: same.Sum(pair => pair.N))).Where(pair => pair.N != 0).OrderBy(pair => pair.Detail);

    /// <summary>Everybody whose planned end is today or was before.</summary>
    public long DueBy(DateOnly day, bool onlyBefore = false) =>
        onlyBefore ? values.Where(pair => pair.Key.Metric == Metric.PlannedEnd && pair.Key.Day < day).Sum(pair => pair.Value.Sum(one => one.N)) : Sum(Metric.PlannedEnd, day, null);

    private long Sum(Metric metric, DateOnly day, Func<int, bool>? detail)
    {
        if (!values.TryGetValue((metric, day), out var details)) return 0;
        var sum = 0L;
        foreach (var (which, n) in details)
            if (detail is null || detail(which)) sum += n;
        return sum;
    }
}

/// <summary>The figures that boards show, from both sides of a class.</summary>
public static class BoardSums
{
    public static bool IsObservation(int placeClass) => placeClass == 10;
    public static bool IsTreatment(int placeClass) => placeClass >= 20;

    /// <summary>From a metric of beds to the same of closed houses.</summary>
    internal const int OfClosed = 20;

    /// <summary>Open beds of houses that are not closed.</summary>
    public static long Open(Figures figures, Func<int, bool>? ofClass = null) => Standing(figures, Metric.BedsOpen, ofClass);

    /// <summary>
    /// Free places: open beds less those in use and those reserved, in houses that are not closed. Each is a bed that is free, so those of a district are the sum of its
    /// houses'. Who is in house without a bed is told beside it: a free bed of one house is no bed for somebody in another.
    /// </summary>
    public static long Free(Figures figures, Func<int, bool> ofClass) =>
        Standing(figures, Metric.BedsOpen, ofClass) - Standing(figures, Metric.BedsOccupied, ofClass) - Standing(figures, Metric.BedsReserved, ofClass);

    public static long FreeIcu(Figures figures) => Standing(figures, Metric.BedsOpenIcu) - Standing(figures, Metric.BedsOccupiedIcu) - Standing(figures, Metric.BedsReservedIcu);

    public static long FreeOxygen(Figures figures) => Standing(figures, Metric.BedsOpenOxygen) - Standing(figures, Metric.BedsOccupiedOxygen) - Standing(figures, Metric.BedsReservedOxygen);

    private static long Standing(Figures figures, Metric beds, Func<int, bool>? ofClass = null) => figures.Stock(beds, ofClass) - figures.Stock(beds + OfClosed, ofClass);

    /// <summary>In quarantine: under observation in a facility, at home or in a lodging.</summary>
    public static long InQuarantine(Figures figures) => figures.Stock(Metric.InHouse, IsObservation) + figures.Stock(Metric.AtHome, detail => detail % 10 == 1);

    public static long InTreatment(Figures figures) => figures.Stock(Metric.InHouse, IsTreatment) + figures.Stock(Metric.AtHome, detail => detail % 10 == 2);
}
