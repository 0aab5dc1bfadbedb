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
        // Figures come from the counters and follow the visitor's scope; of other facilities only the free places are told.
        Values = (await figures.OfUnitsAsync([.. Found.Rows.Select(row => row.Id)], Ct)).ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, long>)BoardFigures.Of(pair.Value));
    }

    public string Place(FacilitiesList.Row row) => areas.Book.Path(row.Commune.Value != 0 ? row.Commune : row.District.Value != 0 ? row.District : row.Province);
}
