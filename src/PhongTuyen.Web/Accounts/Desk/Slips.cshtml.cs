using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Hands out the first passwords of accounts that were made of lists, a batch at a time, on slips to print. They are shown in the answer to the form and nowhere else.</summary>
public sealed class SlipsModel(Db db, IssueSlips issue) : HousePage(db)
{
    /// <summary>Only those of this list.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? List { get; set; }

    public IReadOnlyList<IssueSlips.Waiting> Next { get; private set; } = [];
    public long Count { get; private set; }
    /// <summary>Null: nothing was handed out yet.</summary>
    public IReadOnlyList<Slip>? Slips { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await IsHereAsync()) return await NotHereAsync("account-list", List!);
        await LoadAsync();
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await IsHereAsync()) return await NotHereAsync("account-list", List!);
        var outcome = await issue.RunAsync(new IssueSlips.Input(Intent, List), Ct);
        if (outcome.Done) Slips = [.. outcome.Value.All.Select(slip => Slip.Of(slip.Account.DisplayName, slip.Account.UserName, slip.Password, slip.Account.UnitName, Request, S))];
        await LoadAsync();
        return outcome.Done ? Page() : Refuse(outcome.Problems);
    }

    private async Task<bool> IsHereAsync() => List is not { } list || await Db.FindAsync<AccountList>([list], Ct) is not null;

    private async Task LoadAsync() => (Next, Count) = (await issue.NextAsync(List, Ct), await issue.CountAsync(List, Ct));
}
