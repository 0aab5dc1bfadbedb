using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>One person: who it is, where now, the whole course out of all modules, what is to be mended, and who looked.</summary>
public sealed class PersonModel(Db db, PersonView view, PersonHeads heads, IEnumerable<ITimelinePart> parts, WhoLooked whoLooked) : HousePage(db)
{
    public PersonView.Full Full { get; private set; } = null!;
    public PersonHead Head { get; private set; } = null!;
    public IReadOnlyList<(DateOnly? Day, IReadOnlyList<TimelineEntry> Entries)> Days { get; private set; } = [];
    public IReadOnlyList<WhoLooked.Look> Looks { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(PersonId id)
    {
        if (await view.OfAsync(id, Ct) is not { } full || await heads.OfAsync(id, Ct) is not { } head) return await NotHereAsync("person", id);
        (Full, Head) = (full, head);
        var entries = new List<TimelineEntry>();
        foreach (var part in parts) entries.AddRange(await part.OfAsync(id, Ct));
        Days = [.. Course.ByDay(entries)];
        if (S.May(Permission.SeeEntries)) Looks = await whoLooked.FindAsync(id, Ct);
        Db.Tell(new PersonSeen(id));
        if (full.Household.Count > 0) Db.Tell(new PersonsListed([.. full.Household.Select(relative => relative.Id)], "household"));
        await Db.SaveChangesAsync(Ct);
        return Page();
    }
}
