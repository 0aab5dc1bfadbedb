using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Openings in an emergency that wait for their review, the one that is due first; and those that were judged. Names who opened, and not whom.</summary>
public sealed class OpeningsModel(Db db, Openings openings) : HousePage(db)
{
    public sealed class Fields
    {
        public bool? Justified { get; set; }
        public string? Note { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public bool Judged => Show == "judged";
    public bool Paged { get; private set; }
    public Openings.Found Found { get; private set; } = new([], null);
    public (int Waiting, int Overdue) Counts { get; private set; }
    /// <summary>The one whose form was refused.</summary>
    public Guid? Refusing { get; private set; }

    public Task OnGetAsync(Guid? behind) => LoadAsync(behind);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var outcome = await openings.ReviewAsync(id, Form.Justified, Form.Note, Ct);
        if (outcome.Done) return Done(Links.Openings, Form.Justified == true ? "openings.found-justified" : "openings.found-unjustified");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("opening", id);
        Refusing = id;
        await LoadAsync(null);
        return Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostLetAsync(Guid id)
    {
        var outcome = await openings.LetAsync(id, Ct);
        if (outcome.Done) return Done(Links.Openings, "openings.was-let");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("opening", id);
        await LoadAsync(null);
        return Refuse(outcome.Problems);
    }

    private async Task LoadAsync(Guid? behind)
    {
        Paged = behind is not null;
        Counts = await openings.CountsAsync(Ct);
        Found = await openings.FindAsync(Judged, behind, Ct);
    }

    public string Here => Judged ? Links.Openings + "?show=judged" : Links.Openings;
}
