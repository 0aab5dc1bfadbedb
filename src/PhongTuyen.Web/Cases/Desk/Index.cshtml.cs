using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Shared.Tags;

namespace PhongTuyen.Web.Cases.Desk;

/// <summary>The list of cases: tabs by class that exclude each other and add up to all, filters in the address, older pages by key.</summary>
public sealed class IndexModel(Db db, CasesList cases, TakeList taken, ListRequests requests, FigureReader figures, AreaStore areas) : TakenPage<CasesList.Row>(db, taken, requests)
{
    public CaseFilter Filter { get; private set; } = new();
    public CasesList.Found Found { get; private set; } = new([], null);
    /// <summary>Without numbers where no figure counts just what the filter names.</summary>
    public IReadOnlyList<(CaseClass? Class, long? N)> Tabs { get; private set; } = [];
    /// <summary>What was typed into the filter, kept where it cannot be read.</summary>
    public (string? Area, string? From, string? To) Typed { get; private set; }
    public string? UnitName { get; private set; }
    public string? ImportName { get; private set; }
    public string? AreaName => PlaceOf(Filter.Area);

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await ReadListAsync() is { } answer) return answer;
        await ShowAsync(behind);
        return Page();
    }

    protected override async Task<IActionResult?> ReadListAsync()
    {
        if (ReadFilter(Request.Query["areaText"]) is not { Count: > 0 } problems) return null;
        await ShowAsync(null, unreadable: true);
        return Refuse(problems, "");
    }

    protected override Task ShowListAsync() => ShowAsync(null);

    protected override string ListName => "cases";

    protected override IAsyncEnumerable<CasesList.Row> EveryRow() => cases.AllAsync(Filter, Ct);

    protected override IReadOnlyList<PersonId> PersonsIn(CasesList.Row row) => row.Sealed ? [] : [row.Person];

    protected override ListFile<CasesList.Row> Columns() => CaseColumns.File(S, PlaceOf);

    /// <summary>A filter that cannot be read is refused: a list without it would pass for the one that was asked for.</summary>
    private List<Problem> ReadFilter(string? areaText)
    {
        DateOnly? Day(string name) => DateInput.TryDate(Request.Query[name], S.Today, out var day) ? day : null;
        var query = new FilterQuery(Request.Query);
        Filter = CaseAddress.Read(query, areas, Day("from"), Day("to"));
        List<Problem> problems = [.. query.Faults];
        Typed = (areaText ?? AreaName, Filter.From is { } from ? Screen.Day(from) : Request.Query["from"], Filter.To is { } to ? Screen.Day(to) : Request.Query["to"]);
        if (Filter.From is null && VietnameseText.Clean(Typed.From) is not null) problems.Add(Refusals.NotADate("from"));
        if (Filter.To is null && VietnameseText.Clean(Typed.To) is not null) problems.Add(Refusals.NotADate("to"));
        if (Request.Query.ContainsKey("areaText"))
        {
            var area = AreaPick.ReadOrNone(areas, LowestOf(Filter.Area), areaText, S.Today, "area");
            if (!area.Done) problems.AddRange(area.Problems);
            Filter = Filter with { Area = area is { Done: true, Value: { } chosen } ? areas.Book.Keys(chosen) : default };
            if (area.Done) Typed = Typed with { Area = AreaName };
        }
        foreach (var (name, label) in new[] { ("Area", "cases.area"), ("From", "cases.from"), ("To", "cases.to") }) Faults.Label(HttpContext, name, S[label], name.ToLowerInvariant());
        return problems;
    }

    private async Task ShowAsync(string? behind, bool unreadable = false)
    {
        if (!unreadable) Found = await cases.FindAsync(Filter, behind, Ct);
        Tabs = unreadable ? TabsOf((Figures?)null) : Filter.Import is { } import ? TabsOf(await cases.CountAsync(import, Ct)) : TabsOf(await BoardScope.OfListAsync(Filter.Unit, Filter.Area, figures, Db.Scope, Ct));
        if (Filter.Import is { } from) ImportName = await Db.Connection.ValueAsync<string>("SELECT file_name FROM pt.import_run WHERE id = $1", Ct, from.Value);
        if (Filter.Unit.Value != 0) UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Filter.Unit.Value);
        await AskedAsync();
        await ListedAsync("cases", Found.Rows.Where(row => !row.Sealed).Select(row => row.Person));
    }

    /// <summary>The address of the same list on another tab.</summary>
    public string Tab(CaseClass? of) => CaseAddress.Of(Filter.Import is { } import ? new CaseFilter { Class = of, Import = import } : new CaseFilter { Class = of, Unit = Filter.Unit, Area = Filter.Area });

    public override string Here => CaseAddress.Of(Filter);

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

    private static readonly CaseClass[] Classes = [.. Enum.GetValues<CaseClass>().OrderByDescending(of => of == CaseClass.Confirmed)];

    private static List<(CaseClass?, long?)> TabsOf(Figures? f) => f is null ? [(null, null), .. Classes.Select(of => ((CaseClass?)of, (long?)null))] : TabsOf(Classes.ToDictionary(of => of, of => f.Stock(Metric.Cases, detail => detail == (int)of)));

    private static List<(CaseClass?, long?)> TabsOf(IReadOnlyDictionary<CaseClass, long> counts) => [(null, counts.Values.Sum()), .. Classes.Select(of => ((CaseClass?)of, (long?)counts.GetValueOrDefault(of)))];
}
