using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Facilities with their people and free places: one's own, or all, because a transfer needs to know; or those of one area, as a board opens them.</summary>
public sealed class FacilitiesModel(Db db, FacilitiesList facilities, FigureReader figures, AreaStore areas) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    /// <summary>Only the houses of this area or unit, as a board names it.</summary>
    [BindProperty(SupportsGet = true, Name = "scope")]
    public string? Within { get; set; }

    /// <summary>The figure of a board that was opened: it has a column here, and is the sum of it.</summary>
    [BindProperty(SupportsGet = true, Name = "figure")]
    public string? Asked { get; set; }

    public FacilitiesList.Found Found { get; private set; } = new([], null);
    public IReadOnlyDictionary<UnitId, IReadOnlyDictionary<string, long>> Values { get; private set; } = new Dictionary<UnitId, IReadOnlyDictionary<string, long>>();

    /// <summary>The name of the area or unit.</summary>
    public string? Of { get; private set; }

    private FigureScope of;

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (!await NarrowAsync()) return await NotHereAsync("board", Within!);
        Found = await FindAsync(behind);
        await CountAsync(Found.Rows);
        return Page();
    }

    /// <summary>Houses are open to all staff, wherever they are.</summary>
    private async Task<bool> NarrowAsync()
    {
        if (Within is null) return true;
        if (BoardScope.Read(Within, areas) is not { } narrowed) return false;
        (of, All) = (narrowed, true);
        Of = of.OfUnit ? await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, of.Unit.Value) : of.Level == AreaLevel.Country ? S["board.country"] : areas.Book.Path(Lowest(of.Area));
        return Of is not null;
    }

    private Task<FacilitiesList.Found> FindAsync(string? behind, int page = FacilitiesList.Page) => facilities.FindAsync(Q, of.OfUnit ? AreaKeys.Unknown : of.Area, !All, behind, Ct, page, of.Unit);

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        if (!await NarrowAsync()) return await NotHereAsync("board", Within!);
        var file = new ListFile<FacilitiesList.Row>(S, S["facilities.title"])
            .With("facilities.name", row => row.Name, 40).With("facilities.kind", row => S.Word(row.Kind), 24).With("stay.tier", row => row.Tier).With("facilities.place", row => Place(row), 40).With("facilities.telephone", row => row.Telephone);
        foreach (var key in Shown) file.With($"board.{key}.short", row => ValueOf(row, key));
        return await file.WriteAsync(EveryPage.OfAsync<FacilitiesList.Row>(async behind =>
        {
            var found = await FindAsync(behind, EveryPage.Rows);
            await CountAsync(found.Rows);
            return (found.Rows, found.More);
        }), form, HttpContext);
    }

    /// <summary>The figures that the list shows of each facility.</summary>
    public IReadOnlyList<string> Shown => [.. Usual, .. Usual.Contains(Asked) || !Free.Contains(Asked) ? [] : new[] { Asked! }];

    private static readonly string[] Usual = ["in-quarantine", "in-treatment", "free-observation", "free-treatment"];
    private static readonly string[] Free = ["free-icu", "free-oxygen", .. Enumerable.Range(0, 6).Select(tier => $"free-tier-{tier}")];

    /// <summary>Null where it is not known, or not for this visitor.</summary>
    public long? ValueOf(FacilitiesList.Row row, string key) =>
        Values.GetValueOrDefault(row.Id) is { } v && (row.Mine || key.StartsWith("free-", StringComparison.Ordinal)) ? v[key] : null;

    // Figures come from the counters and follow the visitor's scope; of other facilities only the free places are told.
    private async Task CountAsync(IReadOnlyList<FacilitiesList.Row> rows)
    {
        var (own, others) = (rows.Where(row => row.Mine).Select(row => row.Id).ToList(), rows.Where(row => !row.Mine).Select(row => row.Id).ToList());
        var known = own.Count > 0 ? await figures.OfUnitsAsync(own, Ct) : [];
        var told = others.Count > 0 ? await figures.PlacesOfAsync(others, Ct) : [];
        Values = known.Concat(told).ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, long>)BoardFigures.Of(pair.Value));
    }

    public string Here => $"{Links.Facilities}?All={(All ? "true" : "false")}&Q={Uri.EscapeDataString(Q ?? "")}{(Within is null ? "" : "&scope=" + Uri.EscapeDataString(Within))}{(Asked is null ? "" : "&figure=" + Uri.EscapeDataString(Asked))}";

    public string Place(FacilitiesList.Row row) => areas.Book.Path(Lowest(new AreaKeys(row.Province, row.District, row.Commune)));

    private static AreaId Lowest(AreaKeys area) => area.Commune.Value != 0 ? area.Commune : area.District.Value != 0 ? area.District : area.Province;
}
