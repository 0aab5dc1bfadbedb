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

    public string Here => Links.With(Links.Papers, ("show", Closed ? "closed" : null));

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        var asked = new FilterQuery(Request.Query);
        Closed = asked.OneOf("show", "closed") is not null;
        if (asked.Faults.Count > 0) return Refuse(asked.Faults, "");
        var all = EveryPage.OfAsync<BatchesList.Row, (DateTimeOffset At, Guid Id)?>(async behind =>
        {
            var found = await batches.OfUnitsAsync(Closed, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        var file = new ListFile<BatchesList.Row>(S, S["papers.title"]).With("papers.batch", row => row.Title, 32).With("account.unit", row => row.UnitName, 32).With("papers.volunteer", row => row.Volunteer, 24).With("papers.due", row => row.Due).With("papers.all", row => row.Papers).With("papers.typed", row => row.Counts.Typed);
        foreach (var state in Enum.GetValues<PaperState>()) file.With($"word.{nameof(PaperState)}.{state}", row => row.Counts.Of(state));
        return await TakenAsync("papers", file, all, form);
    }
}
