using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Files with more persons than one officer may take out alone: what waits for a second officer, and what was decided.</summary>
public sealed class ListsModel(Db db, ListRequests requests, ListSettings settings) : HousePage(db)
{
    public sealed class Fields
    {
        public bool? Allowed { get; set; }
        public string? Note { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public ListSettings Settings => settings;
    public bool Decided => Show == "decided";
    public bool Paged { get; private set; }
    public ListRequests.Found Found { get; private set; } = new([], null);
    public long Waiting { get; private set; }
    /// <summary>The one whose form was refused.</summary>
    public Guid? Refusing { get; private set; }

    public Task OnGetAsync(Guid? behind) => LoadAsync(behind);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var outcome = await requests.DecideAsync(id, Form.Allowed, Form.Note, Ct);
        if (outcome.Done) return Done(Links.ListRequests, Form.Allowed == true ? "list-requests.was-allowed" : "list-requests.was-refused");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("list-request", id);
        Refusing = id;
        await LoadAsync(null);
        return Refuse(outcome.Problems);
    }

    private async Task LoadAsync(Guid? behind)
    {
        Paged = behind is not null;
        Waiting = await requests.WaitingAsync(Ct);
        Found = await requests.FindAsync(Decided, behind, Ct);
    }

    public string Here => Decided ? Links.ListRequests + "?show=decided" : Links.ListRequests;
}
