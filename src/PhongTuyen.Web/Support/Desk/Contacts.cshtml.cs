using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support.Desk;

/// <summary>Whom the users of the visitor's provinces call. Where it is one province, its form stands there at once.</summary>
public sealed class ContactsModel(Db db, KeepContact keep) : HousePage(db)
{
    private const string Country = "country";

    public sealed class Fields
    {
        public AreaId? Province { get; set; }
        public int BaseVersion { get; set; }
        public string? Office { get; set; }
        public string? Telephone { get; set; }
        public string? Email { get; set; }
        public string? Hours { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public IReadOnlyList<KeepContact.Place> Places { get; private set; } = [];
    public KeepContact.Place? Chosen { get; private set; }

    /// <param name="of">The province; <c>country</c> for the whole of it.</param>
    public async Task<IActionResult> OnGetAsync(string? of)
    {
        Places = await keep.MineAsync(Ct);
        Chosen = of is null ? Places is [var only] ? only : null : Places.FirstOrDefault(place => Key(place) == of);
        if (of is not null && Chosen is null) return await NotHereAsync("support-contact", of);
        if (Chosen is { } chosen) Form = new Fields { BaseVersion = chosen.Version, Office = chosen.Office, Telephone = chosen.Telephone, Email = chosen.Email, Hours = chosen.Hours };
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Places = await keep.MineAsync(Ct);
        Chosen = Places.FirstOrDefault(place => place.Province == Form.Province);
        if (Chosen is null) return await NotHereAsync("support-contact", Form.Province?.ToString() ?? "");
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await keep.RunAsync(new KeepContact.Input(Intent, Chosen.Province, Form.BaseVersion, Form.Office, Form.Telephone, Form.Email, Form.Hours), Ct);
        return outcome.Done ? Done(Links.SupportContacts, "support.contact-saved", ("place", NameOf(Chosen))) : Refuse(outcome.Problems);
    }

    public string NameOf(KeepContact.Place place) => place.Province.Value == 0 ? S["support.whole-country"] : place.Name;

    public string AddressOf(KeepContact.Place place) => Links.With(Links.SupportContacts, ("of", Key(place)));

    private static string Key(KeepContact.Place place) => place.Province.Value == 0 ? Country : place.Province.ToString();
}
