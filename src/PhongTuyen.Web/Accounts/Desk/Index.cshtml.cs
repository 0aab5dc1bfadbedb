using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>The accounts of the visitor's units: tabs that exclude each other and add up to all, filters in the address, older pages by key.</summary>
public sealed class IndexModel(Db db, AccountsList accounts) : HousePage(db)
{
    public AccountFilter Filter { get; private set; } = new();
    public AccountsList.Found Found { get; private set; } = new([], null);
    public IReadOnlyDictionary<AccountStanding, long> Counts { get; private set; } = new Dictionary<AccountStanding, long>();
    public string? UnitName { get; private set; }

    public async Task<Microsoft.AspNetCore.Mvc.IActionResult> OnGetAsync(string? behind)
    {
        Filter = AccountAddress.Read(Request.Query);
        if (Filter.Unit.Value != 0)
        {
            if (!Db.Scope.Units.Contains(Filter.Unit)) return await NotHereAsync("unit", Filter.Unit);
            UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Filter.Unit.Value);
        }
        Found = await accounts.FindAsync(Filter, behind, Ct);
        Counts = await accounts.CountAsync(Filter, Ct);
        return Page();
    }

    public async Task<Microsoft.AspNetCore.Mvc.IActionResult> OnGetFileAsync(string? form)
    {
        Filter = AccountAddress.Read(Request.Query);
        if (Filter.Unit.Value != 0 && !Db.Scope.Units.Contains(Filter.Unit)) return await NotHereAsync("unit", Filter.Unit);
        var all = EveryPage.OfAsync<AccountsList.Row>(async behind =>
        {
            var found = await accounts.FindAsync(Filter, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        return await TakenAsync("accounts", new ListFile<AccountsList.Row>(S, S["accounts.title"])
            .With("account.display-name", row => row.DisplayName, 28).With("account.user-name", row => row.UserName, 20).With("account.position", row => row.Position, 24).With("account.unit", row => row.UnitName, 32)
            .With("account.roles", row => string.Join(", ", row.Roles.Select(role => S.Word(role))), 32).With("account.standing", row => S.Word(row.Standing)).With("account.last-sign-in", row => row.LastSignIn).With("account.until", row => row.ExpiresAt is { } end ? LastDay.Of(end) : default(DateOnly?)), all, form);
    }

    /// <summary>Whether anything but the tab or the unit narrows the list.</summary>
    public bool Narrowed => Filter.Text is not null || Filter.Role is not null;

    public string Tab(AccountStanding? standing) => AccountAddress.Of(Filter with { Standing = standing });

    public string Cleared => AccountAddress.Of(new AccountFilter { Standing = Filter.Standing, Unit = Filter.Unit });

    public string WholeList => AccountAddress.Of(Filter with { Unit = default });

    public string Older => AccountAddress.Of(Filter, Found.More);

    public bool Paged => Request.Query.ContainsKey("behind");

    public string First => AccountAddress.Of(Filter);

    public string New => Links.NewAccount(Filter.Unit.Value != 0 ? Filter.Unit : NewUnit);

    /// <summary>The visitor's own unit where they run it, else the first of theirs.</summary>
    private UnitId NewUnit => Db.Scope.Units.Contains(Db.Visitor!.Unit) ? Db.Visitor.Unit : Db.Scope.Units[0];
}
