using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Sealed numbers in full, for a purpose that goes into the audit. They stand in the answer to the form and nowhere else.</summary>
public sealed class NumbersModel(Db db, SeeNumbers see, PersonHeads heads, PersonView view) : HousePage(db)
{
    public sealed class Fields
    {
        public UnmaskedField Field { get; set; }
        public string? Purpose { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public PersonHead Head { get; private set; } = null!;
    /// <summary>What was asked for, in full; null before.</summary>
    public IReadOnlyList<(string Word, string Value)>? Seen { get; private set; }

    public async Task<IActionResult> OnGetAsync(PersonId id)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("person", id);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(PersonId id)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("person", id);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await see.RunAsync(id, Form.Field, Form.Purpose, Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        var full = (await view.OfAsync(id, Ct))!;
        var numbers = outcome.Value.Numbers.ToDictionary(number => number.Id, number => number.Number);
        Seen = Form.Field switch
        {
            UnmaskedField.Documents => [.. full.Documents.Select(document => (S.Word(document.Kind), numbers[document.Id]))],
            UnmaskedField.Phones => [.. full.Phones.Select(phone => ($"{S["person.phone"]} {S.Word(phone.Whose)}", numbers[phone.Id]))],
            _ => outcome.Value.Chronic is { } chronic ? [(S["person.chronic"], chronic)] : [],
        };
        return Page();
    }

    private async Task<bool> LoadAsync(PersonId id)
    {
        if (await heads.OfAsync(id, Ct) is not { } found) return false;
        Head = found;
        Shows(id);
        return true;
    }
}
