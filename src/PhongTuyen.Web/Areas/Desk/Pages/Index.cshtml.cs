using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Sheets;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Areas.Desk;

/// <summary>The areas as of a day: looked for in any spelling, or opened from province to commune; what each became and came from.</summary>
public sealed class IndexModel(Db db, AreaStore areas, AreaKin kin, HamletsOfCommune hamlets) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public AreaId? At { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    /// <param name="Below">How many units lie in it on that day.</param>
    /// <param name="Hamlets">Null for what is no commune.</param>
    public sealed record Row(AreaRow Area, int Below, int? Hamlets);

    public DateOnly AsOf { get; private set; }
    public AreaCounts Totals { get; private set; }
    public IReadOnlyList<AreaHit>? Hits { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    /// <summary>The area that is opened; null for the whole country.</summary>
    public AreaRow? Here { get; private set; }
    /// <summary>From the province down to the opened area.</summary>
    public IReadOnlyList<AreaRow> Path { get; private set; } = [];
    public AreaKin.Found Kin { get; private set; } = new([], []);
    public IReadOnlyList<AreaRow> Versions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        AsOf = Day ?? S.Today;
        Totals = AreaLists.Book.Counts(AsOf); // of the official lists, without what was made for a demonstration
        if (At is { Value: not 0 } id)
        {
            if (areas.Book.Find(id) is not { } asked) return NotFound();
            // A renamed unit is shown as it was called that day.
            Versions = areas.Book.Versions(id);
            Here = Versions.FirstOrDefault(version => version.ValidOn(AsOf)) ?? asked;
            Kin = await kin.OfAsync(id, Ct);
            Path = PathOf(Here);
        }
        Q = VietnameseText.Clean(Q);
        if (Q is not null) Hits = areas.Book.Search(Q, AsOf);
        else await ReadBelowAsync();
        return Page();
    }

    /// <summary>The opened area with all below it, or the whole country, as of the day.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        AsOf = Day ?? S.Today;
        if (At is { Value: not 0 } id && areas.Book.Find(id) is null) return NotFound();
        return await new ListFile<AreaRow>(S, At is { Value: not 0 } of ? areas.Book.Find(of)!.Name : S["areas.title"])
            .With("areas.name", row => row.Name, 28).With("areas.level", row => S.Word(row.Kind), 20).With("areas.code", row => SheetCell.Text(row.Code), 12).With("areas.in", row => areas.Book.Find(row.Parent) is { } above ? areas.Book.Path(above.Id) : null, 40).With("areas.since", row => row.From)
            .WriteAsync(Below(At ?? default), form, HttpContext);
    }

    private IEnumerable<AreaRow> Below(AreaId above) => areas.Book.Children(above, AsOf).SelectMany(row => Below(row.Id).Prepend(row));

    public string FileAddress => Here is null ? $"{Links.Areas}?day={AsOf:yyyy-MM-dd}" : Links.Area(Here.Id, AsOf);

    public bool MayKeep(AreaId commune) => S.May(PhongTuyen.Accounts.Permission.SeePersons) && Db.Scope.Covers(default, areas.Book.Keys(commune));

    /// <summary>Areas are changed by those who look after the whole country.</summary>
    public bool MayReform => S.May(PhongTuyen.Accounts.Permission.Operate) && Db.Scope.Provinces.Contains(AreaStore.Country);

    public bool MaySettle => S.May(PhongTuyen.Accounts.Permission.ManageAreas);

    /// <summary>A day on which the unit stands: the one that is shown, else the nearest of its own.</summary>
    public DateOnly DayOf(AreaRow row) => row.ValidOn(AsOf) ? AsOf : AsOf < row.From ? row.From : row.To!.Value;

    public AreaRow? Parent(AreaRow row) => areas.Book.Find(row.Parent);

    public string PathText(AreaRow row) => areas.Book.Path(row.Id);

    private List<AreaRow> PathOf(AreaRow row)
    {
        var path = new List<AreaRow>();
        for (var one = row; one is not null; one = areas.Book.Find(one.Parent)) path.Insert(0, one);
        return path;
    }

    private async Task ReadBelowAsync()
    {
        var below = areas.Book.Children(Here?.Id ?? default, AsOf);
        var counts = await hamlets.CountAsync(below.Where(row => row.Level == AreaLevel.Commune).Select(row => row.Id), Ct);
        Rows = [.. below.Select(row => new Row(row, areas.Book.Children(row.Id, AsOf).Count, row.Level == AreaLevel.Commune ? counts.GetValueOrDefault(row.Id) : null))];
    }
}
