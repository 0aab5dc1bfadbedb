using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Policies;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>A decision as it was signed, in the official layout, to be printed.</summary>
public sealed class DecisionModel(Db db, IPolicyBook policies) : HousePage(db)
{
    public Decision Decision { get; private set; } = null!;
    public DecisionContent Printed { get; private set; } = null!;
    /// <summary>The number of the paper by whose rule the term was planned: what a decision cites, where the record names the edition.</summary>
    public string? Basis => policies.All<QuarantineRules>().FirstOrDefault(edition => edition.Name() == Printed.Rule)?.Paper ?? Printed.Rule;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await Db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, Ct) is not { } decision) return await NotHereAsync("decision", id);
        (Decision, Printed) = (decision, decision.Printed);
        await SeenAsync(new PhongTuyen.People.PersonSeen(decision.PersonId));
        return Page();
    }
}
