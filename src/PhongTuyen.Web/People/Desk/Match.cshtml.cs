using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Matching;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Two records beside each other, and the decision: one person, with the record that is to show all, or two.</summary>
public sealed class MatchModel(Db db, MatchesList matches, RecordSides sides, MergePersons merge, DecideMatches decide, Matcher matcher) : HousePage(db)
{
    public sealed class Fields
    {
        /// <summary>The record whose page shows all.</summary>
        public PersonId? Kept { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public MatchesList.Row Row { get; private set; } = null!;
    public RecordSide One { get; private set; } = null!;
    public RecordSide Other { get; private set; } = null!;
    public MatchRules Rules { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : await NotHereAsync("match", Id);

    public async Task<IActionResult> OnPostMergeAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("match", Id);
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Kept is not { } kept || (kept != Row.One.Root && kept != Row.Other.Root)) return Refuse(Refusals.NotOneOf("kept"));
        var outcome = await merge.RunAsync(kept == Row.One.Root ? new MergePersons.Input(Intent, Row.One.Id, Row.Other.Id, Form.Reason) : new MergePersons.Input(Intent, Row.Other.Id, Row.One.Id, Form.Reason), Ct);
        return outcome.Done ? Done(Links.Person(outcome.Value), "matches.merged", ("name", (kept == Row.One.Root ? Row.One : Row.Other).Shown)) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostDifferentAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("match", Id);
        var outcome = await decide.RunAsync(new DecideMatches.Input(Intent, [Id], Different: true, Form.Reason), Ct);
        return outcome.Done ? DoneWithUndo(Links.Matches, "matches.different-now", $"{Links.Matches}?handler=Undo&of={Intent}", ("n", outcome.Value.Ids.Count)) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await matches.OfAsync(Id, Ct) is not { } row || await sides.OfAsync(row.One.Root, row.Other.Root, Ct) is not { } both) return false;
        (Row, One, Other, Rules) = (row, both.One, both.Other, await matcher.RulesAsync(Ct));
        // The older record with more numbers is the one that papers already name.
        Form.Kept ??= (One.Full.Documents.Count, Other.Full.Person.EnteredAt).CompareTo((Other.Full.Documents.Count, One.Full.Person.EnteredAt)) >= 0 ? row.One.Root : row.Other.Root;
        Shows(row.One.Root);
        Shows(row.Other.Root);
        return true;
    }
}
