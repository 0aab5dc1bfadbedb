using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Facilities with their places: licensed, open, occupied, reserved, free. One's own first; all others too, because a transfer needs to know.</summary>
public sealed class FacilitiesModel(Db db, FacilitiesList facilities, FigureReader figures, AreaStore areas) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public FacilitiesList.Found Found { get; private set; } = new([], null);
    public IReadOnlyDictionary<UnitId, IReadOnlyDictionary<string, long>> Values { get; private set; } = new Dictionary<UnitId, IReadOnlyDictionary<string, long>>();

    public async Task OnGetAsync(string? behind)
    {
        Found = await facilities.FindAsync(Q, AreaKeys.Unknown, !All, behind, Ct);
        await CountAsync(Found.Rows);
    }

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        var file = new ListFile<FacilitiesList.Row>(S, S["facilities.title"])
            .With("facilities.name", row => row.Name, 40).With("facilities.kind", row => S.Word(row.Kind), 24).With("stay.tier", row => row.Tier).With("facilities.place", row => Place(row), 40).With("facilities.telephone", row => row.Telephone);
        foreach (var key in Shown) file.With($"board.{key}.short", row => row.Mine && Values.GetValueOrDefault(row.Id) is { } v ? v[key] : default(decimal?));
        var all = await EveryPage.OfAsync<FacilitiesList.Row>(async behind =>
        {
            var found = await facilities.FindAsync(Q, AreaKeys.Unknown, !All, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        }).ToListAsync(Ct);
        await CountAsync(all);
        return await file.WriteAsync(all, form, Ct);
    }

    /// <summary>The figures that the list shows of each facility.</summary>
    public static readonly IReadOnlyList<string> Shown = ["in-quarantine", "in-treatment", "free-observation", "free-treatment"];

    // Figures come from the counters and follow the visitor's scope; of other facilities only the free places are told.
    private async Task CountAsync(IReadOnlyList<FacilitiesList.Row> rows) =>
        Values = (await figures.OfUnitsAsync([.. rows.Select(row => row.Id)], Ct)).ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, long>)BoardFigures.Of(pair.Value));

    public string Here => $"{Links.Facilities}?All={(All ? "true" : "false")}&Q={Uri.EscapeDataString(Q ?? "")}";

    public string Place(FacilitiesList.Row row) => areas.Book.Path(row.Commune.Value != 0 ? row.Commune : row.District.Value != 0 ? row.District : row.Province);
}
