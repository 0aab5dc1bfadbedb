using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Papers.Desk;

/// <summary>The papers that the visitor's units have given out, with what became of them.</summary>
public sealed class IndexModel(Db db, BatchesList batches) : HousePage(db)
{
    public bool Closed { get; private set; }
    public BatchesList.Found Found { get; private set; } = new([], null);
    public string? More => Found.More is { } more ? Links.With(Links.Papers, ("show", Closed ? "closed" : null), ("at", more.At.UtcTicks.ToString(CultureInfo.InvariantCulture)), ("behind", more.Id.ToString())) : null;

    public async Task<IActionResult> OnGetAsync()
    {
        var asked = new FilterQuery(Request.Query);
        Closed = asked.OneOf("show", "closed") is not null;
        var behind = asked.Id("behind");
        if (asked.Faults.Count > 0) return Refuse(asked.Faults, "");
        Found = await batches.OfUnitsAsync(Closed, behind is { } id && Clock.OfTicks(Request.Query["at"]) is { } at ? (at, id) : null, Ct);
        return Page();
    }
}
