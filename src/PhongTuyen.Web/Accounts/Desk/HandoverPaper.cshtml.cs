using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>The minutes of a hand-over (biên bản bàn giao), to be printed and signed by the three; it can be taken back here.</summary>
public sealed class HandoverPaperModel(Db db, HandoverView handovers, HandOverAccount handOver, AreaStore areas) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public HandoverView.Shown Shown { get; private set; } = null!;
    public IReadOnlyList<HandoverView.Went> Roles { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : await NotHereAsync("handover", Id);

    public async Task<IActionResult> OnPostUndoAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("handover", Id);
        var outcome = await handOver.UndoAsync(Id, Ct);
        return outcome.Done ? Done(Links.Account(Shown.From.Id), "handover.undone", ("name", Shown.From.DisplayName)) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await handovers.OneAsync(Id, Ct) is not { } shown) return false;
        Shown = shown;
        Roles = await handovers.RolesAsync(Id, Ct);
        return true;
    }

    public string PlaceOf(HandoverView.Went role) => role.UnitName ?? RolePlace.Of(areas, S, role.Area!.Value);
}
