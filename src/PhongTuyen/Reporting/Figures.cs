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

    /// <summary>Free places: open beds less those in use, reserved, and those that somebody in house without a bed will need. Never below zero.</summary>
    public static long Free(Figures figures, Func<int, bool> ofClass) => Math.Max(0,
        figures.Stock(Metric.BedsOpen, ofClass) - figures.Stock(Metric.BedsOccupied, ofClass) - figures.Stock(Metric.BedsReserved, ofClass) - figures.Stock(Metric.WithoutBed, ofClass));

    public static long FreeIcu(Figures figures) => figures.Stock(Metric.BedsOpenIcu) - figures.Stock(Metric.BedsOccupiedIcu) - figures.Stock(Metric.BedsReservedIcu);

    public static long FreeOxygen(Figures figures) => figures.Stock(Metric.BedsOpenOxygen) - figures.Stock(Metric.BedsOccupiedOxygen) - figures.Stock(Metric.BedsReservedOxygen);

    /// <summary>In quarantine: under observation in a facility, at home or in a lodging.</summary>
    public static long InQuarantine(Figures figures) => figures.Stock(Metric.InHouse, IsObservation) + figures.Stock(Metric.AtHome, detail => detail % 10 == 1);

    public static long InTreatment(Figures figures) => figures.Stock(Metric.InHouse, IsTreatment) + figures.Stock(Metric.AtHome, detail => detail % 10 == 2);
}
