using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>The visitor's units: a tree that opens by plain links, or a list where something is looked for.</summary>
public sealed class IndexModel(Db db, UnitsList units, ActsList acts) : HousePage(db)
{
    public UnitFilter Filter { get; private set; } = new();
    public UnitsList.Found? Found { get; private set; }
    public ILookup<UnitId?, UnitsList.Row> Tree { get; private set; } = Array.Empty<UnitsList.Row>().ToLookup(row => row.Parent);
    /// <summary>The uppermost rows of the tree that is shown.</summary>
    public IReadOnlyList<UnitsList.Row> Tops { get; private set; } = [];
    public UnitId? Under { get; private set; }
    public IReadOnlyList<(UnitId Id, string Name)> Path { get; private set; } = [];
    public int Unverified { get; private set; }
    public string? Behind { get; private set; }
    /// <summary>Units that an act is planned for, with its day.</summary>
    public IReadOnlyDictionary<UnitId, DateOnly> Planned { get; private set; } = new Dictionary<UnitId, DateOnly>();

    public async Task<IActionResult> OnGetAsync(string? q, string? kind, string? show, UnitId? under, string? behind)
    {
        (Under, Behind) = (under is { Value: not 0 } ? under : null, behind);
        if (Under is { } asked && !Db.Scope.Units.Contains(asked)) return await NotHereAsync("unit", asked);
        Filter = FilterOf(q, kind, show);
        Unverified = await units.UnverifiedAsync(Ct);
        if (Filter != new UnitFilter()) Found = await units.FindAsync(Filter, behind, Ct);
        else await ReadTreeAsync();
        Planned = await acts.PlannedAsync(Found?.Rows.Select(row => row.Id) ?? Tree.SelectMany(below => below).Select(row => row.Id), Ct);
        return Page();
    }

    /// <summary>As the list is narrowed; without a filter all units of the visitor's, or those under the one that is shown.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? q, string? kind, string? show, UnitId? under, string? form)
    {
        Under = under is { Value: not 0 } ? under : null;
        if (Under is { } asked && !Db.Scope.Units.Contains(asked)) return await NotHereAsync("unit", asked);
        Filter = FilterOf(q, kind, show);
        var all = Filter == new UnitFilter() ? (await units.TreeAsync(Under, Ct)).ToAsyncEnumerable() : EveryPage.OfAsync<UnitsList.Row>(async behind =>
        {
            var found = await units.FindAsync(Filter, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        return await TakenAsync("units", new ListFile<UnitsList.Row>(S, S["units.title"])
            .With("unit.name", row => row.Name, 40).With("unit.code", row => row.Code).With("unit.kind", row => S.Word(row.Kind), 24).With("unit.above", row => row.ParentName, 32).With("unit.below", row => row.Below).With("unit.accounts", row => row.Accounts)
            .With("unit.closed", row => row.ClosedOn), all, form);
    }

    public string Here => Links.With(Address(Filter), ("under", Under?.ToString()));

    private static UnitFilter FilterOf(string? q, string? kind, string? show) => new() { Text = VietnameseText.Clean(q), Kind = Enum.TryParse<UnitKind>(kind, out var one) && Enum.IsDefined(one) ? one : null, Unverified = show == "unverified", Closed = show == "closed" };

    public bool InScope(UnitId unit) => Db.Scope.Units.Contains(unit);

    public string Address(UnitFilter filter, string? behind = null) =>
        Links.With(Links.Units, ("q", filter.Text), ("kind", filter.Kind?.ToString()), ("show", filter.Unverified ? "unverified" : filter.Closed ? "closed" : null), ("behind", behind));

    private async Task ReadTreeAsync()
    {
        var rows = await units.TreeAsync(Under, Ct);
        if (Under is { } root) Path = await UnitTree.PathAsync(Db, root, Ct);
        var here = rows.Select(row => row.Id).ToHashSet();
        Tops = [.. rows.Where(row => Under is null ? row.Parent is not { } parent || !here.Contains(parent) : row.Parent == Under)];
        Tree = rows.ToLookup(row => row.Parent);
    }
}
