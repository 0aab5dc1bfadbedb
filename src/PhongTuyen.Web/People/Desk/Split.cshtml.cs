using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Matching;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.People.Desk;

/// <summary>Undoes a merge: shows what each of the two persons will be made of, with all that was written since.</summary>
public sealed class SplitModel(Db db, PersonRecords records, RecordSides sides, MergePersons merge) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PersonRecords.Merge Merge { get; private set; } = null!;
    public RecordSide One { get; private set; } = null!;
    public RecordSide Other { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : await NotHereAsync("merge", Id);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("merge", Id);
        var outcome = await merge.SplitAsync(new MergePersons.Split(Intent, Id, Form.Reason), Ct);
        return outcome.Done ? Done(Links.Person(outcome.Value), "matches.split-now", ("name", Merge.KeptName), ("other", Merge.JoinedName)) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await records.MergeAsync(Id, Ct) is not { } merged || await records.OfAsync(merged.Kept, Ct) is not { } group) return false;
        var left = (await records.MergesAsync(group.All, Ct)).Where(other => other.SplitAt is null && other.Id != Id && group.All.Contains(other.Kept) && group.All.Contains(other.Joined));
        // Undone already: each stands for itself.
        var roots = PersonRecords.Roots([.. group.All.Union([merged.Joined])], [.. left.Select(other => (other.Kept, other.Joined))]);
        IReadOnlyList<PersonId> Of(PersonId of) => [.. roots.Keys.Where(record => roots[record] == roots[of])];
        if (await sides.OfAsync(merged.Kept, merged.Joined, Ct, Of(merged.Kept), Of(merged.Joined)) is not { } both) return false;
        (Merge, One, Other) = (merged, both.One, both.Other);
        Shows(merged.Kept);
        Shows(merged.Joined);
        return true;
    }
}
