using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>The list of stays: tabs that exclude each other and add up to all, filters in the address, older pages by key.</summary>
public sealed class StaysModel(Db db, StaysList stays, TakeList taken, ListRequests requests, FigureReader figures, AreaStore areas) : HousePage(db), ITakenList
{
    [BindProperty]
    public TakeFields Take { get; set; } = new();

    public StayFilter Filter { get; private set; } = new();
    public StaysList.Found Found { get; private set; } = new([], null);
    /// <summary>Without numbers where no figure counts just what the filter names.</summary>
    public IReadOnlyList<(StayState? State, long? N)> Tabs { get; private set; } = [];
    public string? UnitName { get; private set; }
    public string? AreaName { get; private set; }
    public string? ImportName { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        var query = new FilterQuery(Request.Query);
        Filter = StayAddress.Read(query, areas);
        await ShowAsync(behind, unreadable: query.Faults.Count > 0);
        return query.Faults.Count > 0 ? Refuse(query.Faults, "") : Page();
    }

    public ListRequests.Row? Asked { get; private set; }

    public async Task<IActionResult> OnPostAskAsync()
    {
        var query = new FilterQuery(Request.Query);
        Filter = StayAddress.Read(query, areas);
        var outcome = query.Faults.Count > 0 ? query.Faults.ToList() : await requests.AskAsync(Intent, "stays", Here, Take.Purpose, stays.AllAsync(Filter, Ct), Ct);
        if (outcome.Done) return Done(Here, "take.asked");
        await ShowAsync(null, unreadable: query.Faults.Count > 0);
        return Refuse(outcome.Problems, nameof(Take));
    }

    public async Task<IActionResult> OnPostFileAsync(string? form)
    {
        var query = new FilterQuery(Request.Query);
        Filter = StayAddress.Read(query, areas);
        if (query.Faults is { Count: > 0 } faults)
        {
            await ShowAsync(null, unreadable: true);
            return Refuse(faults, "");
        }
        var outcome = await taken.RunAsync("stays", Here, Take.Purpose, stays.AllAsync(Filter, Ct), row => row.Sealed ? null : row.Person, Ct);
        if (outcome.Done) return await StayColumns.File(S).WriteAsync(outcome.Value, form, Ct);
        await ShowAsync(null, unreadable: false);
        return Refuse(outcome.Problems, nameof(Take));
    }

    private async Task ShowAsync(string? behind, bool unreadable)
    {
        if (!unreadable) Found = await stays.FindAsync(Filter, behind, Ct);
        Tabs = unreadable ? CountTabs(null) : Filter.Import is { } import ? TabsOf(await stays.CountAsync(import, Ct)) : CountTabs(await BoardScope.OfListAsync(Filter.Unit, Filter.Area, figures, Db.Scope, Ct));
        if (Filter.Import is { } from) ImportName = await Db.Connection.ValueAsync<string>("SELECT file_name FROM pt.import_run WHERE id = $1", Ct, from.Value) ?? "?";
        if (Filter.Unit.Value != 0) UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Filter.Unit.Value);
        if (Filter.Area.Known) AreaName = areas.Book.Path(Filter.Area.Commune.Value != 0 ? Filter.Area.Commune : Filter.Area.District.Value != 0 ? Filter.Area.District : Filter.Area.Province);
        if (Intent == default) NewIntent();
        Asked = await requests.MineAsync("stays", Here, Ct);
        await ListedAsync("stays", Found.Rows.Where(row => !row.Sealed).Select(row => row.Person));
    }

    /// <summary>The address of the same list on another tab.</summary>
    public string Tab(StayState? state) => StayAddress.Of(Filter.Import is { } import ? new StayFilter { State = state, Import = import } : new StayFilter { State = state, Unit = Filter.Unit, Area = Filter.Area });

    public string Here => StayAddress.Of(Filter);

    public string Older => $"{Here}{(Here.Contains('?', StringComparison.Ordinal) ? '&' : '?')}behind={Found.More}";

    /// <summary>Whether anything but the tab, the unit, the area or the import narrows the list.</summary>
    public bool Narrowed => Filter != new StayFilter { State = Filter.State, Unit = Filter.Unit, Area = Filter.Area, Import = Filter.Import };

    /// <summary>What the list is of, each with the address without it.</summary>
    public IEnumerable<(string Text, string Without)> Chips()
    {
        if (UnitName is { } unit) yield return (unit, StayAddress.Of(Filter with { Unit = default }));
        if (AreaName is { } area) yield return (area, StayAddress.Of(Filter with { Area = default }));
        if (ImportName is { } file) yield return (S.Say("imports.of", ("file", file)), StayAddress.Of(Filter with { Import = null }));
    }

    private static readonly StayState[] States = [StayState.Expected, StayState.InHouse, StayState.Absent, StayState.OnTheWay, StayState.Ended];

    private static List<(StayState?, long?)> TabsOf(IReadOnlyDictionary<StayState, long> counts) => [(null, counts.Values.Sum()), .. States.Select(of => ((StayState?)of, (long?)counts.GetValueOrDefault(of)))];

    private static List<(StayState?, long?)> CountTabs(Figures? f)
    {
        if (f is null) return [(null, null), .. States.Select(of => ((StayState?)of, (long?)null))];
        var (expected, inHouse, absent, onTheWay, total) = (f.Stock(Metric.Expected), f.Stock(Metric.InHouse) + f.Stock(Metric.AtHome), f.Stock(Metric.Absent), f.Stock(Metric.OnTheWay), f.Stock(Metric.StaysTotal));
        return [(null, total + expected), (StayState.Expected, expected), (StayState.InHouse, inHouse), (StayState.Absent, absent), (StayState.OnTheWay, onTheWay), (StayState.Ended, total - inHouse - absent - onTheWay)];
    }
}
