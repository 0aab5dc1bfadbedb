using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Keys of one account for other programs (khóa kết nối): made, replaced, ended. A secret is shown once.</summary>
public sealed class KeysModel(Db db, AccountView view, AccountKeys keys) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Name { get; set; }
        public List<string> Doors { get; set; } = [];
        public DateOnly? LastDay { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public AccountId Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public AccountView.Shown Shown { get; private set; } = null!;
    public IReadOnlyList<AccountKeys.Key> Keys { get; private set; } = [];
    public bool IsMine => Id == Db.Visitor!.Account;
    /// <summary>Whether the visitor may make keys of this account.</summary>
    public bool Reach { get; private set; }
    /// <summary>The secret of the key that was just made.</summary>
    public AccountKeys.Made? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : await NotHereAsync("account", Id);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        // A day that cannot be read: the field says so itself.
        if (!ModelState.IsValid) return Refuse([]);
        return await ShowAsync(await keys.MakeAsync(new AccountKeys.Input(Intent, Id, Form.Name, Form.Doors, Form.LastDay), Ct));
    }

    public async Task<IActionResult> OnPostReplaceAsync(Guid key)
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        return await ShowAsync(await keys.ReplaceAsync(Intent, Id, key, Ct));
    }

    public async Task<IActionResult> OnPostEndAsync(Guid key)
    {
        var outcome = await keys.EndAsync(Id, key, Ct);
        return outcome.Done ? Done(Links.AccountKeys(Id), "program-key.ended") : await NotHereAsync("account-key", key);
    }

    private async Task<IActionResult> ShowAsync(Outcome<AccountKeys.Made> outcome)
    {
        if (!outcome.Done) return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("account-key", Id) : Refuse(outcome.Problems);
        (Made, Form) = (outcome.Value, new Fields());
        ModelState.Clear();
        await LoadAsync();
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } shown) return false;
        Shown = shown;
        Reach = shown.Within(Db.Visitor!, S.Now);
        Keys = await keys.OfAsync(Id, Ct);
        return true;
    }
}
