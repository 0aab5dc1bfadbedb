using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Cases;
using PhongTuyen.Web.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Reporting.Board;

/// <summary>The board: the live figures of one area or unit, what lies below it, and the way down. Figures open to their lists for those who see persons, and to the figures below for those who do not.</summary>
public sealed class IndexModel(Db db, FigureReader reader, AreaStore areas) : HousePage(db)
{
    public sealed record Part(string Name, string Address, IReadOnlyDictionary<string, long> Values, FigureScope Of);

    public FigureScope Of { get; private set; }
    public Figures Figures { get; private set; } = null!;
    public IReadOnlyDictionary<string, long> Values { get; private set; } = new Dictionary<string, long>();
    public string Name { get; private set; } = "";
    public IReadOnlyList<(string Name, string Address)> Above { get; private set; } = [];
    public IReadOnlyList<Part> Parts { get; private set; } = [];
    public bool PartsAreUnits { get; private set; }

    /// <summary>How many units stand on one board; those with most people. The others are found in the list of facilities.</summary>
    public const int MostUnits = 60;

    public async Task<IActionResult> OnGetAsync(string? scope, string? by) => await ReadAsync(scope, by) ? Page() : await NotHereAsync("board", scope ?? "");

    /// <summary>The figures of the board and of each part below it, as a file: no person is in it.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? scope, string? by, string? form)
    {
        if (!await ReadAsync(scope, by)) return await NotHereAsync("board", scope ?? "");
        var file = new ListFile<Part>(S, $"{S["board.title"]}, {Name}").With("board.name", part => part.Name, 40).With("board.file-as-of", _ => Figures.AsOf);
        foreach (var (key, word) in BoardFigures.InFile) file.With(word, part => part.Values[key]);
        return await file.WriteAsync(Parts.Prepend(new Part(Name, "", Values, Of)), form, HttpContext);
    }

    private async Task<bool> ReadAsync(string? scope, string? by)
    {
        if ((scope is null ? Default() : BoardScope.Read(scope, areas)) is not { } of || !await BoardScope.WithinAsync(of, Db, Ct)) return false;
        Of = of;
        Figures = await reader.OfAsync(of, Ct);
        Values = BoardFigures.Of(Figures);
        await NameAsync();
        if (!of.OfUnit) await PartsAsync(by);
        return true;
    }

    /// <summary>The list behind a figure: houses behind places, which all may see, else persons; for those who see no persons, the table of what it is made of.</summary>
    public string Behind(string figure, FigureScope of) => figure.StartsWith("free-", StringComparison.Ordinal) ? Links.FacilitiesOf(BoardScope.Text(of), figure)
        : !S.May(Permission.SeePersons) ? (of.OfUnit ? "" : $"{Address(of)}#below")
        : CaseAddress.Behind(figure, of, Figures.Today) is { } cases ? CaseAddress.Of(cases)
        : StayAddress.Of(StayAddress.Behind(figure, of, Figures.Today));

    /// <summary>The address of the board as it is shown.</summary>
    public string Here => Address(Of) + (PartsAreUnits ? "&by=unit" : "&by=area");

    public static string Address(FigureScope of) => $"{Links.Board}?scope={BoardScope.Text(of)}";

    /// <summary>The widest of what the visitor sees.</summary>
    private FigureScope? Default() => FigureReader.ScopeOf(Db.Scope, areas.Families) ?? (Db.Scope switch
    {
        { Provinces.Count: > 0 } scope => FigureScope.Of(new AreaKeys(areas.Families.Last(scope.Provinces[0]), default, default)),
        { Districts.Count: > 0 } scope => FigureScope.Of(areas.Book.Keys(scope.Districts[0])),
        { Communes.Count: > 0 } scope => FigureScope.Of(areas.Book.Keys(areas.Families.Last(scope.Communes[0]))),
        { Units.Count: > 0 } scope => FigureScope.Of(scope.Units.Contains(Db.Visitor!.Unit) ? Db.Visitor.Unit : scope.Units[0]),
        _ => null,
    });

    private async Task NameAsync()
    {
        if (Of.OfUnit)
        {
            (Name, var keys) = await Db.Connection.RowAsync("SELECT name, province_id, district_id, commune_id FROM pt.unit WHERE id = $1", r => (r.GetString(0), new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3)))), Ct, Of.Unit.Value);
            Above = Way(keys, includeSelf: true);
            return;
        }
        Name = Of.Level == AreaLevel.Country ? S["board.country"] : areas.Book.Find(Lowest(Of.Area))?.Name ?? "?";
        Above = Way(Of.Area, includeSelf: false);
    }

    private static AreaId Lowest(AreaKeys keys) => keys.Commune.Value != 0 ? keys.Commune : keys.District.Value != 0 ? keys.District : keys.Province;

    /// <summary>The areas above that the visitor may open.</summary>
    private List<(string, string)> Way(AreaKeys keys, bool includeSelf)
    {
        var way = new List<(string, string)>();
        if (BoardScope.Within(AreaLevel.Country, default, Db.Scope) && (keys.Known || includeSelf)) way.Add((S["board.country"], Address(FigureScope.Country)));
        foreach (var step in new[] { keys with { District = default, Commune = default }, keys with { Commune = default }, keys }.Where(step => step.Known).Distinct())
            if ((includeSelf || step != keys) && BoardScope.Within(FigureScope.Of(step).Level, step, Db.Scope)) way.Add((areas.Book.Find(Lowest(step))?.Name ?? "?", Address(FigureScope.Of(step))));
        return way;
    }

    private async Task PartsAsync(string? by)
    {
        var districts = Of.Level == AreaLevel.Province && areas.Book.Children(Of.Area.Province, Figures.Today).Any(area => area.Level == AreaLevel.District);
        PartsAreUnits = by == "unit" || Of.Level is AreaLevel.Commune || (Of.Level == AreaLevel.District && by != "area");
        if (PartsAreUnits)
        {
            var below = await reader.UnitsBelowAsync(Of, MostUnits, Ct);
            var names = (await Db.Connection.RowsAsync("SELECT id, name FROM pt.unit WHERE id = ANY ($1)", r => (Id: new UnitId(r.GetInt32(0)), Name: r.GetString(1)), Ct, below.Keys.Select(unit => unit.Value).ToArray())).ToDictionary(unit => unit.Id, unit => unit.Name);
            Parts = [.. below.Select(pair => new Part(names.GetValueOrDefault(pair.Key, "?"), Address(FigureScope.Of(pair.Key)), BoardFigures.Of(pair.Value), FigureScope.Of(pair.Key))).OrderBy(part => part.Name, Comparer<string>.Create(VietnameseText.Compare))];
            return;
        }
        var parts = await reader.AreasBelowAsync(Of, districts, Ct);
        Parts = [.. parts.Select(pair => PartOf(pair.Key, pair.Value)).OrderBy(part => part.Name, Comparer<string>.Create(VietnameseText.Compare))];
    }

    private Part PartOf(AreaId area, Figures figures)
    {
        var of = area.Value == 0 ? new FigureScope(Of.Level, AreaKeys.Unknown, default) : FigureScope.Of(areas.Book.Keys(area));
        return new Part(area.Value == 0 ? S["board.area-unknown"] : areas.Book.Find(area)?.Name ?? "?", area.Value == 0 ? "" : Address(of), BoardFigures.Of(figures), of);
    }
}
