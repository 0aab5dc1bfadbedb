using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Web.Worklists;

/// <summary>A list of work as it stands in an address, both ways.</summary>
public static class WorkAddress
{
    public static string Of(WorkFilter filter, string? behind = null) => Links.With(Links.Worklist(filter.List), ("tab", filter.Tab.ToString()), ("unit", filter.Unit.Value == 0 ? null : filter.Unit.ToString()), ("owner", filter.Owner?.ToString()),
        ("urgency", filter.Urgency?.ToString()), ("above", filter.Above ? "yes" : null), ("behind", behind));

    /// <summary>Without a tab: the caller chooses one.</summary>
    public static (WorkFilter Filter, bool Chosen) Read(string list, IQueryCollection query, out IReadOnlyList<Problem> faults)
    {
        var asked = new FilterQuery(query);
        var tab = asked.Word<WorkTab>("tab");
        var above = asked.OneOf("above", "yes") is not null;
        var filter = new WorkFilter(list, tab ?? (above ? WorkTab.Late : WorkTab.Free)) { Unit = asked.Unit("unit"), Owner = asked.Id("owner") is { } owner ? new AccountId(owner) : null, Urgency = asked.Word<Urgency>("urgency"), Above = above };
        faults = asked.Faults;
        return (filter, tab is not null || above);
    }
}
