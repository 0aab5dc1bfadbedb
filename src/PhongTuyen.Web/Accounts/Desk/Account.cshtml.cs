using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>One account for its manager: data and last day, roles, sessions, a new first password.</summary>
public sealed class AccountModel(Db db, AccountView view, HandoverView handovers, AccountActs acts, AreaStore areas) : HousePage(db)
{
    public sealed class EditFields
    {
        public int BaseVersion { get; set; }
        public string? DisplayName { get; set; }
        public string? Position { get; set; }
        public string? Email { get; set; }
        public DateOnly? Until { get; set; }
    }

    public sealed class GiveFields
    {
        public string? Role { get; set; }
        /// <summary>What the role is over: <c>unit</c> or <c>area</c> of the account, <c>other-unit</c>, <c>other-area</c>, <c>country</c>.</summary>
        public string? Place { get; set; }
        public UnitId? Unit { get; set; }
        public string? UnitText { get; set; }
        public AreaId? Area { get; set; }
        public string? AreaText { get; set; }
        public DateOnly? Until { get; set; }
    }

    public sealed class LetOnFields
    {
        public string? Reason { get; set; }
    }

    public sealed class ExtendFields
    {
        public DateOnly? LastDay { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public AccountId Id { get; set; }

    [BindProperty]
    public EditFields Form { get; set; } = new();

    [BindProperty]
    public LetOnFields LetOn { get; set; } = new();

    [BindProperty]
    public ExtendFields Extend { get; set; } = new();

    [BindProperty]
    public GiveFields Give { get; set; } = new();

    public AccountView.Shown Shown { get; private set; } = null!;
    /// <summary>At either side, the newest first.</summary>
    public IReadOnlyList<HandoverView.Shown> Handovers { get; private set; } = [];
    /// <summary>It opened more persons than usual and waits to be let go on.</summary>
    public LookStops.Stop? Stop { get; private set; }
    public IReadOnlyList<AccountSession> Sessions { get; private set; } = [];
    public IReadOnlyList<Role> MayGive { get; private set; } = [];
    public Slip? Slip { get; private set; }
    public string? CoversName => Shown.Covers is { } area ? areas.Book.Path(area) : null;
    /// <summary>Has, or had, the role that ends by itself and can be prolonged.</summary>
    public bool Volunteers => Shown.Grants.Any(grant => grant is { Role: Role.Volunteer, RevokedAt: null });
    public bool IsMine => Id == Db.Visitor!.Account;
    /// <summary>Whether the visitor may act on it: not their own, and no role above theirs.</summary>
    public bool Reach { get; private set; }
    public AccountStanding Standing => Shown.Account.State == AccountState.Suspended ? AccountStanding.Suspended : Shown.Account.ExpiresAt <= S.Now ? AccountStanding.Expired : Shown.Account is { ListId: not null, Issued: false } ? AccountStanding.Unissued : AccountStanding.Usable;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        var account = Shown.Account;
        Form = new EditFields { BaseVersion = account.Version, DisplayName = account.DisplayName, Position = account.Position, Email = account.Email, Until = account.ExpiresAt is { } end ? LastDay.Of(end) : null };
        Give.Place = "unit";
        return Page();
    }

    public Task<IActionResult> OnPostEditAsync() => ActAsync(async () =>
        await acts.Edit.RunAsync(new EditAccount.Input(Intent, Id, Form.BaseVersion, Form.DisplayName, Form.Position, Form.Email, LastDay.After(Form.Until)), Ct), "account.saved");

    public Task<IActionResult> OnPostGiveAsync() => ActAsync(async () =>
    {
        if (!Enum.TryParse<Role>(Give.Role, out var role) || !Enum.IsDefined(role)) return string.IsNullOrEmpty(Give.Role) ? Refusals.Required("role") : Refusals.NotOneOf("role");
        var place = await PlaceAsync();
        if (!place.Done) return place.As<Nothing>();
        var given = await acts.Give.RunAsync(new GiveRole.Input(Intent, Id, role, place.Value.Unit, place.Value.Area, null, LastDay.After(Give.Until)), Ct);
        // A place that is not the visitor's is a fault of the form, not of the page.
        return given.Done ? Nothing.Value : given.Problem.Status == 404 ? PhongTuyen.Accounts.Problems.GrantNeedsPlace() : given.As<Nothing>();
    }, "account.role-given", "Give");

    public Task<IActionResult> OnPostRevokeAsync(Guid grant, string? reason) => ActAsync(async () =>
        Shown.Grants.Any(given => given.Id == grant) ? await acts.Revoke.RunAsync(grant, reason, Ct) : Refusals.NotFound(), "account.role-revoked");

    public Task<IActionResult> OnPostSuspendAsync() => ActAsync(async () => await acts.Suspend.RunAsync(Id, true, Ct), "account.suspended", undo: "?handler=Resume");

    public Task<IActionResult> OnPostResumeAsync() => ActAsync(async () => await acts.Suspend.RunAsync(Id, false, Ct), "account.resumed");

    public Task<IActionResult> OnPostLetOnAsync() => ActAsync(async () => await acts.LetOn.RunAsync(Id, LetOn.Reason, Ct), "account.let-on", nameof(LetOn));

    public Task<IActionResult> OnPostExtendAsync() => ActAsync(async () =>
        await acts.Extend.RunAsync(new ExtendVolunteer.Input(Intent, Id, Extend.LastDay, Extend.Reason), Ct), "account.extended", nameof(Extend));

    public Task<IActionResult> OnPostEndAsync(Guid session) => ActAsync(async () => await acts.End.RunAsync(session, Id, Ct), "account.session-ended");

    public async Task<IActionResult> OnPostReissueAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        var outcome = await acts.Reissue.RunAsync(new ReissueAccount.Input(Intent, Id), Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        await LoadAsync();
        Slip = Slip.Of(Shown.Account.DisplayName, Shown.Account.UserName, outcome.Value.Password, Shown.UnitName, Request, S);
        return Page();
    }

    private async Task<IActionResult> ActAsync(Func<Task<Outcome<Nothing>>> act, string done, string prefix = "Form", string? undo = null)
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        // What could not be read as a date: the field says so itself.
        var unread = ModelState.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => entry.Key).ToList();
        var outcome = unread.Exists(key => key.StartsWith(prefix + ".", StringComparison.Ordinal)) ? Refusals.NotADate("unread") : await act();
        if (outcome.Done) return undo is null ? Done(Links.Account(Id), done, ("name", Shown.Account.DisplayName)) : DoneWithUndo(Links.Account(Id), done, Links.Account(Id) + undo, ("name", Shown.Account.DisplayName));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("account", Id);
        await LoadAsync();
        return unread.Count > 0 ? Refuse([], prefix) : Refuse(outcome.Problems, prefix);
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } shown) return false;
        Shown = shown;
        MayGive = Roles.MayGive(Db.Visitor!.Roles);
        Reach = shown.Within(Db.Visitor!, S.Now);
        Sessions = await acts.End.OpenAsync(Id, Ct);
        Stop = await acts.Stops.OfAsync(Id, Ct);
        Handovers = await handovers.OfAsync(Id, Ct);
        return true;
    }

    public bool WholeCountry => Db.Scope.Provinces.Contains(AreaStore.Country);

    public string PlaceOf(AccountView.Grant grant) => grant.UnitName ?? RolePlace.Of(areas, S, grant.Area!.Value);

    private async Task<Outcome<(UnitId? Unit, AreaId? Area)>> PlaceAsync()
    {
        switch (Give.Place)
        {
            case "unit": return (Shown.Account.UnitId, null);
            case "area" when Shown.Covers is { } covers: return (null, covers);
            case "country" when WholeCountry: return (null, AreaStore.Country);
            case "other-unit":
                var unit = await UnitPick.ReadAsync(Db, Give.Unit, Give.UnitText, "unitText", Ct);
                return unit.Done ? (unit.Value, null) : unit.As<(UnitId?, AreaId?)>();
            case "other-area":
                var area = AreaPick.Read(areas, Give.Area, Give.AreaText, S.Today, "areaText");
                return area.Done ? (null, area.Value) : area.As<(UnitId?, AreaId?)>();
            default: return PhongTuyen.Accounts.Problems.GrantNeedsPlace();
        }
    }
}
