using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Cases.Desk;

/// <summary>The list of cases: tabs by class that exclude each other and add up to all, filters in the address, older pages by key.</summary>
public sealed class IndexModel(Db db, CasesList cases, TakeList taken, FigureReader figures, AreaStore areas) : HousePage(db), ITakenList
{
    [BindProperty]
    public TakeFields Take { get; set; } = new();

    public CaseFilter Filter { get; private set; } = new();
    public CasesList.Found Found { get; private set; } = new([], null);
    public IReadOnlyList<(CaseClass? Class, long N)> Tabs { get; private set; } = [];
    public string? UnitName { get; private set; }
    public string? ImportName { get; private set; }
    public string? AreaName => PlaceOf(Filter.Area);

    public Task OnGetAsync(string? behind, string? areaText) => ShowAsync(behind, areaText);

    public async Task<IActionResult> OnPostFileAsync(string? form)
    {
        var outcome = await taken.RunAsync("cases", Take.Purpose, cases.AllAsync(CaseAddress.Read(Request.Query, areas, S.Today), Ct), row => row.Person, Ct);
        if (outcome.Done) return await CaseColumns.File(S, PlaceOf).WriteAsync(outcome.Value, form, Ct);
        await ShowAsync(null, null);
        return Refuse(outcome.Problems, nameof(Take));
    }

    private async Task ShowAsync(string? behind, string? areaText)
    {
        Filter = CaseAddress.Read(Request.Query, areas, S.Today);
        if (AreaPick.ReadOrNone(areas, LowestOf(Filter.Area), areaText, S.Today, "area") is { Done: true, Value: { } area }) Filter = Filter with { Area = areas.Book.Keys(area) };
        Found = await cases.FindAsync(Filter, behind, Ct);
        Tabs = Filter.Import is { } import ? TabsOf(await cases.CountAsync(import, Ct)) : TabsOf(await ScopeFiguresAsync());
        if (Filter.Import is { } from) ImportName = await Db.Connection.ValueAsync<string>("SELECT file_name FROM pt.import_run WHERE id = $1", Ct, from.Value);
        if (Filter.Unit.Value != 0) UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Filter.Unit.Value);
        await ListedAsync("cases", Found.Rows.Select(row => row.Person));
    }

    /// <summary>The address of the same list on another tab.</summary>
    public string Tab(CaseClass? of) => CaseAddress.Of(Filter.Import is { } import ? new CaseFilter { Class = of, Import = import } : new CaseFilter { Class = of, Unit = Filter.Unit, Area = Filter.Area });

    public string Here => CaseAddress.Of(Filter);

    public string Older => CaseAddress.Of(Filter, Found.More);

    /// <summary>Whether anything but the tab, the unit, the area, the import or the order narrows the list.</summary>
    public bool Narrowed => Filter != new CaseFilter { Class = Filter.Class, Unit = Filter.Unit, Area = Filter.Area, Import = Filter.Import, OldestFirst = Filter.OldestFirst };

    /// <summary>What narrows the list, each with the address without it.</summary>
    public IEnumerable<(string Text, string Without)> Chips()
    {
        if (UnitName is { } unit) yield return (unit, CaseAddress.Of(Filter with { Unit = default }));
        if (AreaName is { } area) yield return (area, CaseAddress.Of(Filter with { Area = default }));
        if (Filter.Disease is { } disease) yield return (S["disease." + disease], CaseAddress.Of(Filter with { Disease = null }));
        if (Filter.Outcome is { } outcome) yield return ($"{S["case.outcome"]}: {S.Word(outcome)}", CaseAddress.Of(Filter with { Outcome = null }));
        if (Filter.Severity is { } severity) yield return (S.Word((PhongTuyen.Quarantine.Contract.Severity)severity), CaseAddress.Of(Filter with { Severity = null }));
        if (Filter.From is not null || Filter.To is not null) yield return (S.Say("cases.span", ("from", Filter.From is { } from ? Screen.Day(from) : "…"), ("to", Filter.To is { } to ? Screen.Day(to) : "…")), CaseAddress.Of(Filter with { From = null, To = null }));
        if (Filter.Undated) yield return (S["cases.undated"], CaseAddress.Of(Filter with { Undated = false }));
        if (Filter.Import is not null) yield return (ImportName is { } file ? S.Say("imports.of", ("file", file)) : S["cases.of-import"], CaseAddress.Of(Filter with { Import = null }));
    }

    public string? PlaceOf(AreaKeys keys) => keys.Known ? areas.Book.Path(LowestOf(keys)) : null;

    private static AreaId LowestOf(AreaKeys keys) => keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province;

    private static List<(CaseClass?, long)> TabsOf(Figures f) => TabsOf(Enum.GetValues<CaseClass>().ToDictionary(of => of, of => f.Stock(Metric.Cases, detail => detail == (int)of)));

    private static List<(CaseClass?, long)> TabsOf(IReadOnlyDictionary<CaseClass, long> counts) =>
        [(null, counts.Values.Sum()), .. Enum.GetValues<CaseClass>().OrderByDescending(of => of == CaseClass.Confirmed).Select(of => ((CaseClass?)of, counts.GetValueOrDefault(of)))];

    private Task<Figures> ScopeFiguresAsync() => Filter.Unit.Value != 0 ? figures.OfAsync(FigureScope.Of(Filter.Unit), Ct) : Filter.Area.Known ? figures.OfAsync(FigureScope.Of(Filter.Area), Ct) : figures.OfVisitorAsync(Ct);
}
