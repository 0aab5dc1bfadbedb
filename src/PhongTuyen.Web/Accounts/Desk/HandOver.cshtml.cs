using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Somebody leaves: what their account holds, to whom it goes, and from when on.</summary>
public sealed class HandOverModel(Db db, AccountView view, HandoverView handovers, HandOverAccount handOver, AreaStore areas) : HousePage(db)
{
    public sealed class Fields
    {
        public string? To { get; set; }
        public DateOnly? LastDay { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public AccountId Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public AccountView.Shown Shown { get; private set; } = null!;
    public IReadOnlyList<AccountView.Grant> Roles { get; private set; } = [];
    public IReadOnlyList<HandoverView.Candidate> Candidates { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("account", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await handOver.RunAsync(new HandOverAccount.Input(Intent, Id, Form.To, Form.LastDay, Form.Reason), Ct);
        return outcome.Done
            ? DoneWithUndo(Links.HandoverPaper(outcome.Value), "handover.done", Links.Handler(Links.HandoverPaper(outcome.Value), "Undo"), ("name", Shown.Account.DisplayName))
            : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await view.OfAsync(Id, Ct) is not { } shown || !Db.Scope.Units.Contains(shown.Account.UnitId)) return false;
        Shown = shown;
        Roles = [.. shown.Grants.Where(grant => grant.InForce(S.Now) && !grant.Guest)];
        Candidates = await handovers.CandidatesAsync(shown.Account, Ct);
        return true;
    }

    public string PlaceOf(AccountView.Grant grant) => grant.UnitName ?? RolePlace.Of(areas, S, grant.Area!.Value);
}
