using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Records and findings that the visitor's units received from others, and those that they gave: in force and over; ends one, gives one back, answers a finding.</summary>
public sealed class SharesModel(Db db, SharePerson share, SharesList shares) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Over { get; set; }

    public bool Given => Show == "given";
    public bool Paged { get; private set; }
    public SharesList.Found Found { get; private set; } = new([], null);
    /// <summary>The one whose answer was refused, and what was typed.</summary>
    public (Guid Id, string? Answer) Refusing { get; private set; }

    public Task OnGetAsync(Guid? behind) => LoadAsync(behind);

    public async Task<IActionResult> OnPostEndAsync(Guid id)
    {
        var outcome = await share.EndAsync(id, Ct);
        return outcome.Done ? Done(Tab(outcome.Value ? null : "given", false), outcome.Value ? "shares.was-returned" : "shares.was-ended") : await NotHereAsync("share", id);
    }

    public async Task<IActionResult> OnPostAnswerAsync(Guid id, string? answer)
    {
        var outcome = await share.AnswerAsync(id, answer, Ct);
        if (outcome.Done) return Done(Links.Shares, "shares.was-answered");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("share", id);
        Refusing = (id, answer);
        await LoadAsync(null);
        return Refuse(outcome.Problems, "");
    }

    private async Task LoadAsync(Guid? behind)
    {
        Paged = behind is not null;
        Found = await shares.FindAsync(!Given, Over, behind, Ct);
        await ListedAsync("shares", (await shares.PersonsAsync(Found.Rows, Ct)).Select(person => new PersonId(person)));
    }

    public static string Tab(string? show, bool over) => Links.With(Links.Shares, ("show", show), ("over", over ? "true" : null));

    public string Here => Tab(Given ? "given" : null, Over);
}
