using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>The list of stays: tabs that exclude each other and add up to all, filters in the address, older pages by key.</summary>
public sealed class StaysModel(Db db, StaysList stays, TakeList taken, ListRequests requests, FigureReader figures, AreaStore areas) : TakenPage<StaysList.Row>(db, taken, requests)
{
    public StayFilter Filter { get; private set; } = new();
    public StaysList.Found Found { get; private set; } = new([], null);
    /// <summary>Without numbers where no figure counts just what the filter names.</summary>
    public IReadOnlyList<(StayState? State, long? N)> Tabs { get; private set; } = [];
    public string? UnitName { get; private set; }
    public string? AreaName { get; private set; }
    public string? ImportName { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await ReadListAsync() is { } answer) return answer;
        await ShowAsync(behind);
        return Page();
    }

    /// <summary>A filter that cannot be read is refused: a list without it would pass for the one that was asked for.</summary>
    protected override async Task<IActionResult?> ReadListAsync()
    {
        var query = new FilterQuery(Request.Query);
        Filter = StayAddress.Read(query, areas);
        if (query.Faults.Count == 0) return null;
        await ShowAsync(null, unreadable: true);
        return Refuse(query.Faults, "");
    }

    protected override Task ShowListAsync() => ShowAsync(null);

    protected override string ListName => "stays";

    protected override IAsyncEnumerable<StaysList.Row> EveryRow() => stays.AllAsync(Filter, Ct);

    protected override IReadOnlyList<PersonId> PersonsIn(StaysList.Row row) => row.Sealed ? [] : [row.Person];

    protected override ListFile<StaysList.Row> Columns() => StayColumns.File(S);

    private async Task ShowAsync(string? behind, bool unreadable = false)
    {
        if (!unreadable) Found = await stays.FindAsync(Filter, behind, Ct);
        Tabs = unreadable ? CountTabs(null) : Filter.Import is { } import ? TabsOf(await stays.CountAsync(import, Ct)) : CountTabs(await BoardScope.OfListAsync(Filter.Unit, Filter.Area, figures, Db.Scope, Ct));
        if (Filter.Import is { } from) ImportName = await Db.Connection.ValueAsync<string>("SELECT file_name FROM pt.import_run WHERE id = $1", Ct, from.Value) ?? "?";
        if (Filter.Unit.Value != 0) UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Filter.Unit.Value);
        if (Filter.Area.Known) AreaName = areas.Book.Path(Filter.Area.Commune.Value != 0 ? Filter.Area.Commune : Filter.Area.District.Value != 0 ? Filter.Area.District : Filter.Area.Province);
        await AskedAsync();
        await ListedAsync("stays", Found.Rows.Where(row => !row.Sealed).Select(row => row.Person));
    }

    /// <summary>The address of the same list on another tab.</summary>
    public string Tab(StayState? state) => StayAddress.Of(Filter.Import is { } import ? new StayFilter { State = state, Import = import } : new StayFilter { State = state, Unit = Filter.Unit, Area = Filter.Area });

    public override string Here => StayAddress.Of(Filter);

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
