using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Formats.Cards;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>One box that finds a person; and, beyond one's own area, the look-up by number, birth and purpose. Nothing of a person stands in an address.</summary>
public sealed class SearchModel(Db db, FindPersons find, LookUpPerson lookUp, PersonHeads heads, AreaStore areas, IDataProtectionProvider protection) : HousePage(db)
{
    public sealed class Fields
    {
        public DocumentKind Kind { get; set; } = DocumentKind.CitizenCard;
        public string? Number { get; set; }
        public string? Birth { get; set; }
        public string? Purpose { get; set; }
    }

    [BindProperty]
    public string? Q { get; set; }

    /// <summary>Also names that bear the words in another order.</summary>
    [BindProperty]
    public bool Any { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    /// <summary>Null before anything was asked.</summary>
    public FindPersons.Found? Found { get; private set; }
    public ILookup<PersonId, PersonStanding> Standings { get; private set; } = Array.Empty<PersonStanding>().ToLookup(standing => standing.Person);
    /// <summary>The card of somebody whose numbers nobody has: a new record begins with it.</summary>
    public string? Scan { get; private set; }
    /// <summary>The form of the look-up beyond one's area is open.</summary>
    public bool Beyond { get; private set; }

    /// <summary>Where this very search can be seen again (back, reload): what was asked, sealed for this account and this working day.</summary>
    public string? Address { get; private set; }

    private ITimeLimitedDataProtector Seal => protection.CreateProtector("search", Db.Visitor!.Account.ToString()).ToTimeLimitedDataProtector();

    public async Task<IActionResult> OnGetAsync(bool beyond, string? found, bool any)
    {
        (Beyond, Any) = (beyond, any);
        if (found is null) return Page();
        try
        {
            Q = Seal.Unprotect(found);
        }
        catch (CryptographicException)
        {
            return Page(); // old, or another account's: an empty box
        }
        return await FindAsync();
    }

    public Task<IActionResult> OnPostAsync() => FindAsync();

    private async Task<IActionResult> FindAsync()
    {
        ModelState.Clear();
        var outcome = await find.RunAsync(Q, Ct, Any);
        if (!outcome.Done)
        {
            if (CardReader.IsScan(Q)) Q = null; // the next scan begins in an empty box
            return Refuse(outcome.Problems);
        }
        Found = outcome.Value;
        if (Found.Card is { } card)
        {
            // The box shows what was looked for, and the way beyond begins with it.
            Scan = Found.ByNumber ? null : Q;
            Q = Found.Asked;
            if (card is { Number: not null, Kind: not CardKind.PersonalCode }) (Form.Kind, Form.Number, Form.Birth) = (card.Kind == CardKind.InsuranceCard ? DocumentKind.HealthInsurance : DocumentKind.CitizenCard, card.Number, card.Birth.ToString());
        }
        Address = $"{Links.Search}?found={Seal.Protect(Q ?? "", TimeSpan.FromHours(8))}{(Any ? "&any=true" : "")}";
        Standings = await heads.StandingsAsync([.. Found.Rows.Select(row => row.Id)], Ct);
        return Page();
    }

    public async Task<IActionResult> OnPostBeyondAsync()
    {
        Beyond = true;
        if (!DateInput.TryBirth(Form.Birth, S.Today, out var birth)) return Refuse(PhongTuyen.People.Problems.BirthForm());
        var outcome = await lookUp.RunAsync(new LookUpPerson.Input(Intent, Form.Kind, Form.Number ?? "", birth, Form.Purpose ?? ""), Ct);
        if (outcome.Done) return Done(Links.Person(outcome.Value), "search.looked-up");
        return Refuse(outcome.Problem.Status == StatusCodes.Status404NotFound ? PhongTuyen.People.Problems.NobodyLookedUp() : outcome.Problem);
    }

    public string? PlaceOf(AreaKeys lives) => lives.Known ? areas.Book.Path(lives.Commune.Value != 0 ? lives.Commune : lives.District.Value != 0 ? lives.District : lives.Province) : null;
}
