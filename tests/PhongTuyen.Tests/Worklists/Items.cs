using Microsoft.Extensions.DependencyInjection;
using PhongTuyen.Accounts;
using PhongTuyen.Kernel;
using PhongTuyen.Tests.House;
using PhongTuyen.Worklists;
using PhongTuyen.Worklists.Contract;

namespace PhongTuyen.Tests.Worklists;

/// <summary>Items of work whose records are no matter.</summary>
public static class Items
{
    public const string List = "correction";

    public static async Task<Guid> PostAsync(this TestHouse house, AccountId by, UnitId unit, AreaKeys area, Urgency urgency = Urgency.Ordinary, PersonId? person = null)
    {
        var id = house.Clock.NewGuid();
        await house.WorkAsync(by, work => work.PostAsync([new WorkPost(List, "planted", id, person, unit, area, urgency, "correction-ordinary")], CancellationToken.None));
        return id;
    }

    public static Task WorkAsync(this TestHouse house, AccountId by, Func<IWork, Task> act) => house.AsAsync(by, Permission.EnterData, async (services, _) =>
    {
        await act(services.GetRequiredService<IWork>());
        return true;
    });

    public static async Task<ActOnWork.Input> ActAsync(this TestHouse house, AccountId by, WorkActKind kind, IEnumerable<Guid> ids, AccountId? to = null, string? decision = null, string? note = null)
    {
        var rows = await house.RowsAsync(by, [.. ids]);
        return new ActOnWork.Input(house.Clock.NewGuid(), List, kind, [.. rows.Select(row => new ActOnWork.Pick(row.Id, row.Version))], to, decision, note);
    }

    public static Task<Outcome<ActOnWork.Result>> DoAsync(this TestHouse house, AccountId by, ActOnWork.Input input) => house.RunAsync<ActOnWork, ActOnWork.Result>(by, use => use.RunAsync(input, CancellationToken.None));

    public static async Task<Outcome<ActOnWork.Result>> GiveAsync(this TestHouse house, AccountId by, AccountId to, params IEnumerable<Guid> ids) => await house.DoAsync(by, await house.ActAsync(by, WorkActKind.Give, ids, to));

    public static Task<List<WorkItemsList.Row>> RowsAsync(this TestHouse house, AccountId by, IReadOnlyList<Guid> ids) => house.AsAsync(by, Permission.SeePersons, (services, _) => services.GetRequiredService<WorkItemsList>().OfAsync(List, ids, CancellationToken.None));

    /// <summary>A whole tab, page after page.</summary>
    public static Task<List<WorkItemsList.Row>> TabAsync(this TestHouse house, AccountId by, WorkFilter filter, int page = WorkItemsList.Page) => house.AsAsync(by, Permission.SeePersons, async (services, _) =>
    {
        var (rows, list) = (new List<WorkItemsList.Row>(), services.GetRequiredService<WorkItemsList>());
        string? behind = null;
        do
        {
            var found = await list.FindAsync(filter, behind, CancellationToken.None, page);
            rows.AddRange(found.Rows);
            behind = found.More;
        } while (behind is not null);
        return rows;
    });

    public static Task<WorkCounts.Counts> CountsAsync(this TestHouse house, AccountId by, WorkFilter filter) => house.AsAsync(by, Permission.SeePersons, (services, _) => services.GetRequiredService<WorkCounts>().OfAsync(filter, CancellationToken.None));

    public static Task<int> FoldAsync(this TestHouse house) => house.Get<WorklistWorker>().RunAsync(CancellationToken.None);
}
