using System.Globalization;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;

namespace PhongTuyen.Web.Reporting;

/// <summary>The figures of a board by their keys: the same for the page, the poll and the stream.</summary>
public static class BoardFigures
{
    public static Dictionary<string, long> Of(Figures f)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["in-quarantine"] = BoardSums.InQuarantine(f),
            ["in-quarantine-facility"] = f.Stock(Metric.InHouse, BoardSums.IsObservation),
            ["in-quarantine-home"] = f.Stock(Metric.AtHome, detail => detail % 10 == 1),
            ["in-treatment"] = BoardSums.InTreatment(f),
            ["in-treatment-severe"] = f.Stock(Metric.InTreatmentBySeverity, severity => severity >= 4),
            ["absent"] = f.Stock(Metric.Absent),
            ["on-the-way"] = f.Stock(Metric.OnTheWay),
            ["expected"] = f.Stock(Metric.Expected),
            ["without-bed"] = f.Stock(Metric.WithoutBed),
            ["start-unknown"] = f.Stock(Metric.StartUnknown),
            ["stays-total"] = f.Stock(Metric.StaysTotal),
            ["positives"] = f.Stock(Metric.ConfirmedByOutcome),
            ["positives-today"] = f.Flow(Metric.ConfirmedOn, f.Today),
            ["positives-yesterday"] = f.Flow(Metric.ConfirmedOn, f.Today.AddDays(-1)),
            ["leaving-today"] = f.DueBy(f.Today),
            ["overdue"] = f.DueBy(f.Today, onlyBefore: true),
            ["due"] = f.DueBy(f.Today) + f.DueBy(f.Today, onlyBefore: true),
            ["free-observation"] = BoardSums.Free(f, BoardSums.IsObservation),
            ["free-treatment"] = BoardSums.Free(f, BoardSums.IsTreatment),
            ["free-icu"] = BoardSums.FreeIcu(f),
            ["free-oxygen"] = BoardSums.FreeOxygen(f),
            ["beds-observation"] = BoardSums.Open(f, BoardSums.IsObservation),
            ["beds-treatment"] = BoardSums.Open(f, BoardSums.IsTreatment),
        };
        foreach (var (key, metric) in Flows)
        {
            values[key + "-today"] = f.Flow(metric, f.Today);
            values[key + "-yesterday"] = f.Flow(metric, f.Today.AddDays(-1));
        }
        for (var tier = 0; tier <= 5; tier++)
        {
            bool OfTier(int placeClass) => placeClass == 20 + tier;
            (values[$"tier-{tier}"], values[$"beds-tier-{tier}"], values[$"free-tier-{tier}"]) = (f.Stock(Metric.InHouse, OfTier), BoardSums.Open(f, OfTier), BoardSums.Free(f, OfTier));
        }
        for (var severity = 0; severity <= 5; severity++) values[$"severity-{severity}"] = f.Stock(Metric.InTreatmentBySeverity, detail => detail == severity);
        for (var outcome = 0; outcome <= 4; outcome++) values[$"outcome-{outcome}"] = f.Stock(Metric.ConfirmedByOutcome, detail => detail == outcome);
        return values;
    }

    /// <summary>The figures that go into a file, each with the key of its word.</summary>
    public static IEnumerable<(string Key, string Word)> InFile =>
    [
        .. new[] { "in-quarantine", "in-treatment", "positives", "positives-today", "absent", "on-the-way", "expected", "stays-total" }.Select(key => (key, "board." + key)),
        .. Flows.Select(flow => (flow.Key + "-today", "board." + flow.Key)),
        .. new[] { "leaving-today", "overdue", "free-observation", "free-treatment", "free-icu", "free-oxygen", "without-bed" }.Select(key => (key, "board." + key)),
        .. Enumerable.Range(0, 6).Select(tier => ($"free-tier-{tier}", $"board.free-tier-{tier}.short")),
    ];

    /// <summary>The flows of a day that a board shows.</summary>
    public static readonly IReadOnlyList<(string Key, Metric Metric)> Flows =
        [("arrived", Metric.Arrived), ("transferred-in", Metric.TransferredIn), ("left", Metric.Left), ("discharged", Metric.Discharged), ("transferred", Metric.TransferredOut), ("died", Metric.Died), ("lost", Metric.Lost)];

    public static object Message(Figures figures, long version) =>
        new { asOf = figures.AsOf.Local().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)[..19] + "+07:00", version, values = Of(figures) };
}
