using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>A decision as it was signed, in the official layout, to be printed.</summary>
public sealed class DecisionModel(Db db) : HousePage(db)
{
    public Decision Decision { get; private set; } = null!;
    public DecisionContent Printed { get; private set; } = null!;
    public DecisionWording Wording { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await Db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, Ct) is not { } decision) return await NotHereAsync("decision", id);
        (Decision, Printed) = (decision, decision.Printed);
        Wording = decision.Wording(Printed);
        Shows(decision.PersonId);
        return Page();
    }
}
