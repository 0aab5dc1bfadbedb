using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.People.Contract;
using PhongTuyen.People.Matching;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>One person: who it is, where now, the whole course out of all modules, what is to be mended, and who looked.</summary>
public sealed class PersonModel(Db db, PersonView view, PersonHeads heads, IEnumerable<ITimelinePart> parts, PersonRecords records) : HousePage(db)
{
    public PersonView.Full Full { get; private set; } = null!;
    public PersonHead Head { get; private set; } = null!;
    public IReadOnlyList<(DateOnly? Day, IReadOnlyList<TimelineEntry> Entries)> Days { get; private set; } = [];
    /// <summary>Who may be the same person and waits to be decided.</summary>
    public IReadOnlyList<AskAlike.Alike> Alike { get; private set; } = [];
    /// <summary>Which records were merged, where several are this person.</summary>
    public IReadOnlyList<PersonRecords.Merge> Merges { get; private set; } = [];
    public IReadOnlyList<WhoLooked.Look> Looks { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(PersonId id)
    {
        var questions = new Questions(Db.Connection);
        if (await view.AskAsync(questions, id, Ct) is not { } asked) return await NotHereAsync("person", id);
        var looks = new List<IReadOnlyList<WhoLooked.Look>>();
        var (standings, entries) = (heads.AskStandings(questions, asked.Records), parts.Select(part => part.Ask(questions, asked.Records)).ToList());
        if (S.May(Permission.SeeEntries)) looks = [.. asked.Records.Select(record => questions.AskWhoLooked(record))];
        if (S.May(Permission.EnterData)) Alike = questions.AskAlikeOf(asked.Records);
        await questions.AnswerAsync(Ct);
        Looks = looks.Count == 1 ? looks[0] : [.. looks.SelectMany(of => of).OrderByDescending(look => look.At)];
        Full = asked.Answer();
        if (Full.Person.SameAs is { } root) return Redirect(Links.Person(root));
        Head = new PersonHead(id, Full.Person.Shown, Full.Person.BirthDate, Full.Person.Sex, Full.Person.Code, [.. standings()]);
        Days = [.. Course.ByDay(entries.SelectMany(part => part()))];
        Db.Tell(new PersonSeen(id));
        if (Full.Records.Count > 1) Merges = [.. (await records.MergesAsync(Full.Records, Ct)).Where(merge => merge.SplitAt is null)];
        if (Full.Household.Count > 0) Db.Tell(new PersonsListed([.. Full.Household.Select(relative => relative.Id)], "household"));
        await Db.SaveChangesAsync(Ct);
        return Page();
    }
}
