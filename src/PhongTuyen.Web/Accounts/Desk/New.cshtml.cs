using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>A new account for a unit. The first password is shown in the answer to the form and nowhere else.</summary>
public sealed class NewModel(Db db, MakeAccount make, AreaStore areas) : HousePage(db)
{
    public sealed class Fields
    {
        public string? UserName { get; set; }
        public string? DisplayName { get; set; }
        public string? Position { get; set; }
        public string? Email { get; set; }
        public string? Role { get; set; }
        /// <summary>What the role is over: <c>unit</c>, <c>area</c> or <c>both</c>.</summary>
        public string? Place { get; set; }
        public DateOnly? Until { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public UnitId Unit { get; set; }

    public string UnitName { get; private set; } = "";
    /// <summary>The area that the unit looks after, where the visitor may give roles over it.</summary>
    public AreaId? Covers { get; private set; }
    public string? CoversName { get; private set; }
    public IReadOnlyList<Role> MayGive { get; private set; } = [];
    public Slip? Slip { get; private set; }
    public AccountId? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Unit);
        Form.Place = "unit";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Unit);
        if (!Enum.TryParse<Role>(Form.Role, out var role) || !MayGive.Contains(role)) return Refuse(string.IsNullOrEmpty(Form.Role) ? Refusals.Required("role") : Refusals.NotOneOf("role"));
        if (Form.Place is not ("unit" or "area" or "both") || (Form.Place != "unit" && Covers is null)) return Refuse(Refusals.NotOneOf("place"));
        if (!ModelState.IsValid) return Refuse([]);
        var input = new MakeAccount.Input(new AccountId(Intent), (Form.UserName ?? "").Trim().ToLowerInvariant(), Form.DisplayName ?? "", Unit, Form.Position, Form.Email, role, Form.Place == "unit" ? null : Covers, LastDay.After(Form.Until)) { AlsoUnit = Form.Place == "both" };
        var outcome = await make.RunAsync(input, Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        Made = outcome.Value.Id;
        Slip = Slip.Of(VietnameseText.Clean(input.DisplayName)!, outcome.Value.UserName, outcome.Value.FirstPassword, UnitName, Request, S);
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (!Db.Scope.Units.Contains(Unit)) return false;
        var (name, covers) = await Db.Connection.RowAsync("SELECT name, covers_area_id FROM pt.unit WHERE id = $1", r => (r.GetString(0), r.Maybe<int>(1)), Ct, Unit.Value);
        UnitName = name;
        MayGive = Roles.MayGive(Db.Visitor!.Roles);
        if (covers is { } id && Db.Scope.Covers(default, areas.Book.Keys(new AreaId(id)))) (Covers, CoversName) = (new AreaId(id), areas.Book.Path(new AreaId(id)));
        return true;
    }
}
