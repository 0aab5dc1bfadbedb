using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support;

/// <summary>The queue as it stands in an address, both ways.</summary>
public static class QueueAddress
{
    public static string Of(ReportFilter filter, string? behind = null) => Links.With(Links.ReportQueue, ("state", filter.State?.ToString()), ("unit", filter.Unit.Value == 0 ? null : filter.Unit.ToString()), ("area", filter.Area.Value == 0 ? null : filter.Area.ToString()),
        ("late", filter.Late ? "yes" : null), ("mine", filter.Mine ? "yes" : null), ("behind", behind));

    public static ReportFilter Read(IQueryCollection query, out IReadOnlyList<Problem> faults)
    {
        var asked = new FilterQuery(query);
        var filter = new ReportFilter { State = asked.Word<ReportState>("state"), Unit = asked.Unit("unit"), Area = asked.AreaNumber("area"), Late = asked.OneOf("late", "yes") is not null, Mine = asked.OneOf("mine", "yes") is not null };
        faults = asked.Faults;
        return filter;
    }
}
