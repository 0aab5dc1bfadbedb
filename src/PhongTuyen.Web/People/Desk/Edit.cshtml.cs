using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Corrects what is known of a person. Somebody else's change in between is shown, nothing is overwritten unseen.</summary>
public sealed class EditModel(Db db, EditPerson edit, DropDocument drop, PersonView view, AreaStore areas) : HousePage(db), IPersonForm
{
    [BindProperty]
    public PersonFields Form { get; set; } = new();

    [BindProperty]
    public int BaseVersion { get; set; }

    /// <summary>The chronic diseases are to be taken out.</summary>
    [BindProperty]
    public bool NoChronic { get; set; }

    [BindProperty(SupportsGet = true)]
    public PersonId Id { get; set; }

    public bool Existing => true;
    public PersonView.Full Full { get; private set; } = null!;
    /// <summary>What others changed since the form was opened.</summary>
    public RecordChange? Newer { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        NewIntent();
        Form = PersonForms.Of(Full, areas, S.Language);
        BaseVersion = Full.Person.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var facts = await Form.ReadAsync(Db, areas, Full.Person.BirthDate, Ct);
        if (!facts.Done) return Refuse(facts.Problems);
        var (person, documents, phones, addresses) = facts.Value;
        var keep = !NoChronic && VietnameseText.Clean(Form.Chronic) is null;
        var outcome = await edit.RunAsync(new EditPerson.Input(Intent, Id, BaseVersion, NoChronic ? person with { Chronic = null } : person, documents, phones, addresses) { KeepChronic = keep }, Ct);
        if (outcome.Done) return Done(Links.Person(Id), "person.has-been-corrected", ("name", VietnameseText.Clean(Form.Name) ?? VietnameseText.Clean(Form.Code)));
        if (outcome.Problem.Code == Refusals.Changed().Code) await ShowNewerAsync();
        return Refuse(Form.AtRows(outcome.Problems));
    }

    public async Task<IActionResult> OnPostDropAsync(Guid part)
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        var outcome = await drop.RunAsync(Intent, Id, part, Ct);
        return outcome.Done ? DoneWithUndo(Links.EditPerson(Id), "person.number-dropped", $"{Links.EditPerson(Id)}?handler=Undrop&of={Intent}") : await NotHereAsync("person", Id);
    }

    public async Task<IActionResult> OnPostUndropAsync(Guid of)
    {
        if (!await LoadAsync()) return await NotHereAsync("person", Id);
        var outcome = await drop.UndoAsync(Intent, of, Ct);
        return outcome.Done ? Done(Links.EditPerson(Id), "person.number-is-back") : await NotHereAsync("person", Id);
    }

    /// <summary>The id of a form of one button: the page has several, and each is done for itself.</summary>
    public Guid OwnIntent() => Db.Clock.NewGuid();

    /// <summary>What is typed stays; sent again, it is on top of the newer version.</summary>
    private async Task ShowNewerAsync()
    {
        BaseVersion = Full.Person.Version;
        Newer = await Db.ChangesOfAsync(Id, "person", Ct) is [var last, ..] ? last : null;
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } found) return false;
        Full = found;
        Shows(Id);
        return true;
    }
}
