using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>The household of a person: move to another, leave, make two into one; each with its undo. The other person is found as everywhere, by one box.</summary>
public sealed class HouseholdModel(Db db, MoveHousehold move, FindPersons find, PersonView view, AreaStore areas) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    [BindProperty]
    public string? Q { get; set; }

    public PersonView.Full Full { get; private set; } = null!;
    /// <summary>Those who can be chosen; null before anybody was looked for.</summary>
    public IReadOnlyList<FindPersons.Row>? Found { get; private set; }
    /// <summary>More were found than are shown.</summary>
    public bool More { get; private set; }
    /// <summary>Somebody was found, but only this person and those who live in the household already.</summary>
    public bool AllHere { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        await ShownAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostFindAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        await ShownAsync();
        var outcome = await find.RunAsync(Q, Ct, anyOrder: true);
        if (!outcome.Done) return Refuse(outcome.Problems);
        Q = outcome.Value.Asked ?? Q;
        Found = [.. outcome.Value.Rows.Where(row => row.Id != Id && Full.Household.All(relative => relative.Id != row.Id))];
        (More, AllHere) = (outcome.Value.More, Found.Count == 0 && outcome.Value.Rows.Count > 0);
        return Page();
    }

    public Task<IActionResult> OnPostMoveAsync(PersonId with, bool everybody) => ActAsync(with, everybody, everybody ? "household.joined" : "household.moved");

    public Task<IActionResult> OnPostLeaveAsync() => ActAsync(null, false, "household.left");

    public async Task<IActionResult> OnPostUndoAsync(Guid of)
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        var outcome = await move.UndoAsync(Intent, of, Ct);
        if (outcome.Done) return Done(Links.Person(Id), "household.is-back");
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("person", Id);
        await ShownAsync();
        return Refuse(outcome.Problems);
    }

    private async Task<IActionResult> ActAsync(PersonId? with, bool everybody, string done)
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        var outcome = await move.RunAsync(new(Intent, Id, with, everybody), Ct);
        if (outcome.Done) return DoneWithUndo(Links.Person(Id), done, $"{Links.Household(Id)}?handler=Undo&of={Intent}", ("name", Full.Person.Shown), ("n", outcome.Value.Count));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("person", with ?? Id);
        await ShownAsync();
        return Refuse(outcome.Problems);
    }

    private Task ShownAsync() => ListedAsync("household", [Id, .. Full.Household.Select(relative => relative.Id)]);

    /// <summary>The id of one form: the page has several, and each is done for itself.</summary>
    public Guid OwnIntent() => Db.Clock.NewGuid();

    public string? PlaceOf(AreaKeys lives) => lives.Known ? areas.Book.Path(lives.Commune.Value != 0 ? lives.Commune : lives.District.Value != 0 ? lives.District : lives.Province) : null;

    private async Task<bool> LoadAsync() => (Full = (await view.OfAsync(Id, Ct))!) is not null;
}
