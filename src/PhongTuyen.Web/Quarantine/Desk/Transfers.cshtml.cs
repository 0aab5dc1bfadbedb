using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Transfers at both ends: coming here to be received or refused, going from here to depart or to be taken back.</summary>
public sealed class TransfersModel(Db db, TransfersList transfers, DepartTransfer depart, AnswerTransfer answer, FacilitiesList facilities) : HousePage(db)
{
    public sealed class TransferForm
    {
        public TransferId Id { get; set; }
        public DateTimeOffset? ArrivedAt { get; set; }
        public string? Bed { get; set; } = "any";
        public Severity Severity { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty]
    public TransferForm Form { get; set; } = new();

    public IReadOnlyList<TransfersList.Row> Rows { get; private set; } = [];
    public bool Closed { get; private set; }
    /// <summary>Free beds of the houses that somebody comes to.</summary>
    public IReadOnlyDictionary<(UnitId, bool), IReadOnlyList<(string Value, string Word)>> Beds { get; private set; } = new Dictionary<(UnitId, bool), IReadOnlyList<(string, string)>>();

    public async Task OnGetAsync(bool closed)
    {
        Form.ArrivedAt = Db.Clock.GetUtcNow();
        await LoadAsync(closed);
    }

    private async Task LoadAsync(bool closed)
    {
        Closed = closed;
        Rows = await transfers.FindAsync(open: !closed, Ct);
        var beds = new Dictionary<(UnitId, bool), IReadOnlyList<(string, string)>>();
        foreach (var to in Rows.Where(row => row.Coming && !closed).Select(row => (row.To, row.ToClass >= 20)).Distinct())
            beds[to] = [("any", S["admit.any-bed"]), ("none", S["admit.no-bed"]), .. (await facilities.FreeBedsAsync(to.To, to.Item2, Ct)).Select(bed => (bed.Id.ToString(), bed.Name))];
        Beds = beds;
        await ListedAsync("transfers", Rows.Select(row => row.Person));
    }

    public Task<IActionResult> OnPostDepartAsync() => ActAsync("transfer.departed", () => depart.RunAsync(new(Intent, Form.Id), Ct));

    public Task<IActionResult> OnPostReceiveAsync() => ActAsync("transfer.received", () => answer.ReceiveAsync(new(Form.Id, new StayId(Intent), Form.ArrivedAt ?? Db.Clock.GetUtcNow(), BedId.TryParse(Form.Bed, out var bed) && bed.Value > 0 ? bed : null, Form.Bed == "any", Form.Severity), Ct));

    public Task<IActionResult> OnPostRefuseAsync() => ActAsync("transfer.refused", () => answer.RefuseAsync(new(Intent, Form.Id, Form.Reason ?? ""), Ct));

    public Task<IActionResult> OnPostWithdrawAsync() => ActAsync("transfer.withdrawn", () => answer.WithdrawAsync(new(Intent, Form.Id, Form.Reason ?? ""), Ct));

    private async Task<IActionResult> ActAsync<T>(string done, Func<Task<Outcome<T>>> act)
    {
        if (!ModelState.IsValid)
        {
            await LoadAsync(false);
            return Refuse([]);
        }
        var outcome = await act();
        if (outcome.Done) return Done(Links.Transfers, done);
        if (outcome.Problem.Status == 404) return await NotHereAsync("transfer", Form.Id);
        await LoadAsync(false);
        return Refuse(outcome.Problems);
    }
}
