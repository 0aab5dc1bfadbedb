using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>One list of people who shall have accounts: what becomes of each row, the act that makes them, and the one that takes them back.</summary>
public sealed class ListModel(Db db, CheckAccountList check, MakeListedAccounts make) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public AccountList List { get; private set; } = null!;
    public IReadOnlyList<CheckAccountList.Row> Rows { get; private set; } = [];
    /// <summary>Accounts of the list whose slips wait.</summary>
    public int Waiting { get; private set; }
    /// <summary>Null: all rows.</summary>
    public ListedStanding? Standing { get; private set; }

    public int Count(ListedStanding? standing) => standing is null ? Rows.Count : Rows.Count(row => row.Standing == standing);

    public async Task<IActionResult> OnGetAsync(string? standing)
    {
        if (!await LoadAsync()) return await NotHereAsync("account-list", Id);
        Standing = Enum.TryParse<ListedStanding>(standing, out var one) && Enum.IsDefined(one) ? one : null;
        NewIntent();
        return Page();
    }

    /// <summary>The rows that have to be mended, as they were typed, with why: the file can be sent again.</summary>
    public async Task<IActionResult> OnGetRejectedAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("account-list", Id);
        return await new ListFile<CheckAccountList.Row>(S, S["account-lists.rejected-file"])
            .With("account.display-name", row => row.Listed.Name, 28).With("account.unit", row => row.Listed.Unit, 32).With("account.role", row => row.Listed.Role, 20).With("account.user-name", row => row.Listed.UserName, 20)
            .With("account.place", row => row.Listed.Place, 20).With("account.position", row => row.Listed.Position, 24).With("account.email", row => row.Listed.Email, 28).With("account.until", row => row.Listed.Until)
            .With("account-lists.why", row => string.Join(" | ", row.Problems.Select(Why)), 80).WriteAsync(Rows.Where(row => row.Standing == ListedStanding.Rejected), "xlsx", HttpContext);
    }

    public async Task<IActionResult> OnPostMakeAsync()
    {
        var outcome = await make.RunAsync(new MakeListedAccounts.Input(Intent, Id), Ct);
        return outcome.Done ? Done(Links.AccountList(Id), "account-lists.made", ("read", outcome.Value.Read), ("new", outcome.Value.New), ("known", outcome.Value.Known), ("rejected", outcome.Value.Rejected)) : await AgainAsync(outcome.Problems);
    }

    public async Task<IActionResult> OnPostUndoAsync()
    {
        var outcome = await make.UndoAsync(Id, Ct);
        return outcome.Done ? Done(Links.AccountList(Id), "account-lists.undone", ("n", outcome.Value)) : await AgainAsync(outcome.Problems);
    }

    /// <summary>The page once more with what was refused.</summary>
    private async Task<IActionResult> AgainAsync(IReadOnlyList<Problem> problems) => await LoadAsync() ? Refuse(problems) : await NotHereAsync("account-list", Id);

    public string Why(Problem problem) => problem.Field is { } field && Heads.TryGetValue(field, out var head) ? $"{S[head]}: {S.Say(problem)}" : S.Say(problem);

    private static readonly Dictionary<string, string> Heads = new(StringComparer.Ordinal)
    {
        ["name"] = "account.display-name", ["userName"] = "account.user-name", ["unit"] = "account.unit", ["role"] = "account.role", ["place"] = "account.place", ["position"] = "account.position", ["email"] = "account.email", ["until"] = "account.until",
    };

    private async Task<bool> LoadAsync()
    {
        if (await Db.FindAsync<AccountList>([Id], Ct) is not { } list) return false;
        List = list;
        Rows = await check.RunAsync(list.Listed(), Ct);
        Waiting = await Db.Connection.ValueAsync<int>("SELECT count(*)::int FROM pt.account WHERE list_id = $1 AND NOT issued", Ct, Id);
        return true;
    }
}
