using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Records a person, typed or scanned into the box of the name. One with the same number, or much alike, is offered before a second is made; a relative gives household and address.</summary>
public sealed class NewModel(Db db, EnterPerson enter, PersonHeads heads, PersonView view, AreaStore areas) : HousePage(db), IPersonForm
{
    [BindProperty]
    public PersonFields Form { get; set; } = new();

    /// <summary>The person of the same number was looked at and is somebody else.</summary>
    [BindProperty]
    public bool AnotherPerson { get; set; }

    /// <summary>Lives in one household with this person.</summary>
    [BindProperty(SupportsGet = true)]
    public PersonId? With { get; set; }

    /// <summary>Saved, the next form follows instead of the record.</summary>
    [BindProperty]
    public bool Next { get; set; }

    /// <summary>The next person begins with the present address of this one.</summary>
    [BindProperty]
    public bool Keep { get; set; }

    /// <summary>Many are entered, one after the other: Enter leads to the next.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Series { get; set; }

    public bool Existing => false;
    public PersonHead? Relative { get; private set; }
    /// <summary>Has the same number, or looks much like this one.</summary>
    public PersonHead? Same { get; private set; }
    public bool SameNumber { get; private set; }
    /// <summary>The form was filled from this card.</summary>
    public ScannedCard? Scanned { get; private set; }
    /// <summary>The number is known in another area.</summary>
    public bool Elsewhere { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        NewIntent();
        if (!await LoadAsync()) return await NotHereAsync("person", With!);
        await BeginAsync(Kept<PersonFields.AddressField>());
        return Page();
    }

    private async Task BeginAsync(PersonFields.AddressField? kept)
    {
        Form = new PersonFields { Nationality = Countries.Name("VN", S.Language) };
        if (With is { } id && await view.OfAsync(id, Ct) is { } relative)
        {
            foreach (var address in relative.Addresses)
                if (Form.Addresses.Find(field => field.Kind == address.Kind) is { } field) PersonForms.Fill(field, address, areas);
        }
        if (kept is not null) (Form.Addresses[0], Keep) = (kept, true);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("person", With!);
        if (CardReader.IsScan(Form.Name)) return Scan();
        this.Part(Form, areas);
        if (!ModelState.IsValid) return Refuse([]);
        var facts = await Form.ReadAsync(Db, areas, BirthDate.Unknown, Ct);
        if (!facts.Done) return Refuse(facts.Problems);
        var (person, documents, phones, addresses) = facts.Value;
        var outcome = await enter.RunAsync(new EnterPerson.Input(new PersonId(Intent), person, documents, phones, addresses, AnotherPerson) { HouseholdOf = With }, Ct);
        var name = VietnameseText.Clean(Form.Name) ?? VietnameseText.Clean(Form.Code);
        if (outcome.Done) return Next ? await OnAsync(Done(Links.NewPersons(With), "person.has-been-entered", ("name", name))) : Done(Links.Person(outcome.Value), "person.has-been-entered", ("name", name));
        await OfferAsync(outcome.Problem);
        return Refuse(Form.AtRows(outcome.Problems));
    }

    /// <summary>The next person: at once, or behind the redirect.</summary>
    private async Task<IActionResult> OnAsync(RedirectResult done)
    {
        var kept = Keep && Form.Addresses[0] is var present ? new PersonFields.AddressField { Kind = present.Kind, Area = present.Area, AreaText = present.AreaText, Hamlet = present.Hamlet } : null;
        if (!BeginsAnew(done, kept)) return done;
        (Series, AnotherPerson) = (true, false);
        await BeginAsync(kept);
        return Page();
    }

    private IActionResult Scan()
    {
        if (Intent == Guid.Empty) Form.Nationality = Countries.Name("VN", S.Language); // from the search: a form begins
        var read = this.Scan(Form, areas);
        if (!read.Done) return Refuse([read.Problem.At("name")]);
        Scanned = read.Value;
        return Page();
    }

    private async Task OfferAsync(Problem problem)
    {
        Elsewhere = problem.Code == PhongTuyen.People.Problems.SameNumberElsewhere().Code;
        if (PhongTuyen.People.Problems.Offered(problem) is not { } id) return;
        (Same, SameNumber) = (await heads.OfAsync(id, Ct), problem.Code == PhongTuyen.People.Problems.SameNumber(id).Code);
        if (Same is not null) await ListedAsync(SameNumber ? "same-number" : "alike", [id]);
    }

    private async Task<bool> LoadAsync()
    {
        if (With is not { } id) return true;
        if ((Relative = await heads.OfAsync(id, Ct)) is null) return false;
        Shows(id);
        return true;
    }
}
