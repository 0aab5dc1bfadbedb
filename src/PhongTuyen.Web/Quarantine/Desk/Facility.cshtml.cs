using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>One facility: places by class, rooms and beds with who lies in them (for those who see persons), licences, history.</summary>
public sealed class FacilityModel(Db db, FacilitiesList facilities, FigureReader figures, RunFacility run, AreaStore areas) : HousePage(db)
{
    public sealed record ClassLine(short Class, long Licensed, long Open, long Occupied, long Reserved, long WithoutBed, long Free);

    public sealed class BedForm
    {
        public BedId? Open { get; set; }
        public BedId? Close { get; set; }
        public string? Wing { get; set; }
    }

    [BindProperty]
    public BedForm Form { get; set; } = new();

    public FacilitiesList.Row Row { get; private set; } = null!;
    public string Place { get; private set; } = "";
    public IReadOnlyDictionary<string, long> Values { get; private set; } = new Dictionary<string, long>();
    public IReadOnlyList<ClassLine> Classes { get; private set; } = [];
    public IReadOnlyList<FacilitiesList.Wing> Wings { get; private set; } = [];
    /// <summary>The rooms of the wings that are shown; a large house is shown wing by wing, so that nobody sees, and is written down to have seen, all its people at once.</summary>
    public ILookup<string, IReadOnlyList<FacilitiesList.BedRow>> Rooms { get; private set; } = Array.Empty<IReadOnlyList<FacilitiesList.BedRow>>().ToLookup(_ => "");
    public IReadOnlyList<Licence> Licences { get; private set; } = [];
    public IReadOnlyList<(DateTimeOffset At, string Who, string Detail)> History { get; private set; } = [];

    /// <summary>Rooms that the visitor added here and can still take back.</summary>
    public TakeBack Mine { get; private set; } = new([]);

    private const int MostBeds = 120;

    public async Task<IActionResult> OnGetAsync(UnitId id, string? wing) => await LoadAsync(id, wing) ? Page() : await NotHereAsync("facility", id);

    private async Task<bool> LoadAsync(UnitId id, string? wing)
    {
        if (await facilities.OneAsync(id, Ct) is not { } row) return false;
        Row = row;
        Place = areas.Book.Path(row.Commune.Value != 0 ? row.Commune : row.District.Value != 0 ? row.District : row.Province);
        // Of a house that is not the visitor's there are its places and nothing else.
        var f = row.Mine ? await figures.OfAsync(FigureScope.Of(id), Ct) : (await figures.PlacesOfAsync([id], Ct)).GetValueOrDefault(id) ?? new Figures { AsOf = Db.Clock.GetUtcNow(), Today = S.Today };
        Values = BoardFigures.Of(f);
        Classes = [.. PlaceClasses.All.Select(of => new ClassLine(of, f.Stock(Metric.Licensed, c => c == of), BoardSums.Open(f, c => c == of), f.Stock(Metric.BedsOccupied, c => c == of), f.Stock(Metric.BedsReserved, c => c == of), f.Stock(Metric.WithoutBed, c => c == of), BoardSums.Free(f, c => c == of)))
            .Where(line => line.Licensed + line.Occupied + line.WithoutBed + f.Stock(Metric.BedsOpen, c => c == line.Class) > 0)];
        if (!row.Mine) return true;
        if (S.May(Permission.ManageFacility)) Mine = await RoomsModel.MineAsync(run, id, Ct);
        Wings = await facilities.WingsAsync(id, Ct);
        var one = Wings.Sum(part => part.Beds) <= MostBeds ? null : Wings.FirstOrDefault(part => part.Name == wing) ?? Wings[0];
        var beds = await facilities.BedsAsync(id, one?.Name, Ct);
        Rooms = beds.GroupBy(bed => bed.Room).ToLookup(room => room.First().Wing, room => (IReadOnlyList<FacilitiesList.BedRow>)[.. room]);
        Licences = await Db.Set<Licence>().AsNoTracking().Where(l => l.UnitId == id).OrderBy(l => l.Class).ThenByDescending(l => l.Since).ToListAsync(Ct);
        History = await Db.Connection.RowsAsync("""
            SELECT e.at, coalesce(a.display_name, '?'), e.detail FROM pt.audit_event e LEFT JOIN pt.account a ON a.id = e.account_id
            WHERE e.subject_kind = 'facility' AND e.subject_id = $1 ORDER BY e.at DESC LIMIT 30
            """, r => (r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetString(2)), Ct, id.ToString());
        if (S.May(Permission.SeePersons)) await ListedAsync("facility", beds.Where(bed => bed is { Person: not null, Shown: not null }).Select(bed => bed.Person!.Value));
        return true;
    }

    public async Task<IActionResult> OnPostBedAsync(UnitId id)
    {
        var bed = Form.Open ?? Form.Close ?? default;
        var outcome = await run.OpenBedAsync(bed, Form.Open is not null, Ct);
        if (outcome.Done) return Done(OfWing(id, Form.Wing), "facility.bed-changed");
        return outcome.Problem.Status == 404 || !await LoadAsync(id, Form.Wing) ? await NotHereAsync("bed", bed) : Refuse(outcome.Problems);
    }

    public static string OfWing(UnitId id, string? wing) => $"{Links.Facility(id)}{(string.IsNullOrEmpty(wing) ? "" : "?wing=" + Uri.EscapeDataString(wing))}#beds";

    /// <summary>What was changed, in words: "20 beds".</summary>
    public string Changed(string detail)
    {
        using var json = System.Text.Json.JsonDocument.Parse(detail);
        var part = json.RootElement.TryGetProperty("Part", out var which) ? which.GetString() : null;
        var many = json.RootElement.TryGetProperty("HowMany", out var n) ? n.GetInt32() : 0;
        return S.Say("facility.part." + part, ("n", many));
    }
}
