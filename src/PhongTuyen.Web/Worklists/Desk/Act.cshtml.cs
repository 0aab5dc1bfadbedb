using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Shared;
using PhongTuyen.Worklists;

namespace PhongTuyen.Web.Worklists.Desk;

/// <summary>What was done to many items at once, to each of them; taken back while nothing later depends on it.</summary>
public sealed class ActModel(Db db, WorkActView view, UndoWork undo) : HousePage(db)
{
    public WorkActView.Row Act { get; private set; } = null!;
    public IReadOnlyList<WorkActView.One> Items { get; private set; } = [];
    /// <summary>What has gone on since, by item.</summary>
    public IReadOnlyDictionary<Guid, Problem> Depends { get; private set; } = new Dictionary<Guid, Problem>();

    public async Task<IActionResult> OnGetAsync(Guid id) => await LoadAsync(id) ? Page() : await NotHereAsync("work-act", id);

    public async Task<IActionResult> OnPostUndoAsync(Guid id)
    {
        if (await view.OfAsync(id, Ct) is not { } act) return await NotHereAsync("work-act", id);
        var outcome = await undo.RunAsync(id, Ct);
        if (outcome.Done) return Done(Links.Worklist(act.List), "worklist.undone-n", ("n", outcome.Value));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound || !await LoadAsync(id)) return await NotHereAsync("work-act", id);
        return Refuse(outcome.Problems, "");
    }

    private async Task<bool> LoadAsync(Guid id)
    {
        if (await view.OfAsync(id, Ct) is not { } act) return false;
        Act = act;
        Items = await view.ItemsAsync(id, Ct);
        if (act.UndoneAt is null && S.May(Permission.EnterData) && await undo.DependsAsync(id, Ct) is { Done: true } depends) Depends = depends.Value;
        await ListedAsync("work-act", Items.Where(one => one.Shown is not null).Select(one => one.Person).OfType<PersonId>());
        return true;
    }
}
