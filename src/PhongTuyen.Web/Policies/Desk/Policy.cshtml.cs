using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Cases;
using PhongTuyen.Data;
using PhongTuyen.People;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Policies.Desk;

/// <summary>One edition: its paper, its days, its values in words, and the cases by which the program checks itself.</summary>
public sealed class PolicyModel(Db db, IPolicyBook book, AreaStore areas) : HousePage(db)
{
    public PolicyEdition Edition { get; private set; } = null!;
    public IReadOnlyList<PolicyEdition> Others { get; private set; } = [];
    public DateOnly? To { get; private set; }
    public string AreaName { get; private set; } = "";
    public QuarantineRules? Quarantine => Edition.Policy as QuarantineRules;
    public DecisionBasis? Basis => Edition.Policy as DecisionBasis;
    public GuestGrants? Guests => Edition.Policy as GuestGrants;
    public ShareTerms? Shares => Edition.Policy as ShareTerms;
    public CaseDefinition? Definition => Edition.Policy as CaseDefinition;

    public IActionResult OnGet(string name)
    {
        var all = PolicyEdition.All(book);
        if (all.FirstOrDefault(edition => edition.Name == name) is not { } found) return NotFound();
        (Edition, To, AreaName) = (found, found.To(all), IndexModel.NameOf(areas, S, found.Policy));
        Others = [.. all.Where(edition => edition.Kind == found.Kind && edition.Policy.Disease == found.Policy.Disease && edition != found)];
        return Page();
    }
}
