using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Sealed records of the visitor's units and those the visitor is named for; lifts one for which nobody works any more.</summary>
public sealed class SealsModel(Db db, SealPerson seal, SealsList seals) : HousePage(db)
{
    public bool Paged { get; private set; }
    public SealsList.Found Found { get; private set; } = new([], null);

    public Task OnGetAsync(Guid? behind) => LoadAsync(behind);

    public async Task<IActionResult> OnPostLiftAsync(Guid id, string? reason)
    {
        var outcome = await seal.LiftAsync(id, reason, Ct);
        if (outcome.Done) return Done(Links.Seals, "seal.was-lifted");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("seal", id);
        await LoadAsync(null);
        return Refuse(outcome.Problems, "");
    }

    private async Task LoadAsync(Guid? behind)
    {
        Paged = behind is not null;
        Found = await seals.FindAsync(behind, Ct);
        foreach (var row in Found.Rows) if (row.Person is { } person) Shows(person);
    }
}
