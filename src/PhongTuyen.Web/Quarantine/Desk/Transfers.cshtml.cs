using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Transfers at both ends: coming here to be received or refused, going from here to depart or to be taken back.</summary>
public sealed class TransfersModel(Db db, TransfersList transfers, DepartTransfer depart, AnswerTransfer answer, FacilitiesList facilities, TakeList taken, ListRequests requests) : TakenPage<TransfersList.Row>(db, taken, requests)
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

    /// <summary>Only those of this unit, at either end; 0: of the whole scope.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public UnitId Unit { get; set; }

    /// <summary>The name of the unit.</summary>
    public string? Of { get; private set; }

    public IReadOnlyList<TransfersList.Row> Rows { get; private set; } = [];
    public bool Closed { get; private set; }
    /// <summary>The address of the next page; null at the end.</summary>
    public string? Next { get; private set; }
    /// <summary>Free beds of the houses that somebody comes to.</summary>
    public IReadOnlyDictionary<(UnitId, bool), IReadOnlyList<(string Value, string Word)>> Beds { get; private set; } = new Dictionary<(UnitId, bool), IReadOnlyList<(string, string)>>();

    public async Task<IActionResult> OnGetAsync(bool closed, string? behind)
    {
        if (Unit.Value != 0 && !await BoardScope.WithinAsync(FigureScope.Of(Unit), Db, Ct)) return await NotHereAsync("unit", Unit);
        Form.ArrivedAt = Db.Clock.GetUtcNow();
        await LoadAsync(closed, behind);
        return Page();
    }

    // With more choices than this on one page, a certain bed is chosen on the page of the stay, after the receipt.
    private const int MostChoices = 1000;

    private async Task LoadAsync(bool closed, string? behind = null)
    {
        Closed = closed;
        if (Unit.Value != 0) Of = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Unit.Value);
        var found = await transfers.FindAsync(open: !closed, Ct, Unit, behind);
        Rows = found.Rows;
        if (found.More is not null) Next = $"{Tab(closed)}&behind={found.More}";
        var beds = new Dictionary<(UnitId, bool), IReadOnlyList<(string, string)>>();
        var (coming, choices) = (closed ? [] : Rows.Where(row => row.Coming).GroupBy(row => (row.To, row.ToClass >= 20)).ToList(), 0);
        foreach (var to in coming)
        {
            // Those who work there choose a bed; an area's officer leaves it to the house.
            var free = choices < MostChoices && Db.Visitor!.Unit == to.Key.To ? await facilities.FreeBedsAsync(to.Key.To, to.Key.Item2, Ct) : [];
            choices += free.Count * to.Count();
            beds[to.Key] = [("any", S["admit.any-bed"]), ("none", S["admit.no-bed"]), .. (choices < MostChoices ? free : []).Select(bed => (bed.Id.ToString(), bed.Name))];
        }
        Beds = beds;
        await AskedAsync();
        await ListedAsync("transfers", Rows.Where(row => !row.Sealed).Select(row => row.Person));
    }

    public override string Here => Tab(Closed);

    protected override string ListName => "transfers";

    protected override async Task<IActionResult?> ReadListAsync()
    {
        Closed = Request.Query["closed"] == "true";
        return Unit.Value != 0 && !await BoardScope.WithinAsync(FigureScope.Of(Unit), Db, Ct) ? await NotHereAsync("unit", Unit) : null;
    }

    protected override IAsyncEnumerable<TransfersList.Row> EveryRow() => EveryPage.OfAsync<TransfersList.Row>(async behind =>
    {
        var found = await transfers.FindAsync(open: !Closed, Ct, Unit, behind, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    protected override IReadOnlyList<PersonId> PersonsIn(TransfersList.Row row) => row.Sealed ? [] : [row.Person];

    protected override ListFile<TransfersList.Row> Columns() => new ListFile<TransfersList.Row>(S, S["transfers.title"])
        .With("person.name", row => row.Sealed ? S["seal.hidden"] : row.Shown, 28).With("transfer.from", row => row.FromName, 32).With("transfer.to", row => row.ToName, 32).With("transfer.state", row => S.Word(row.State))
        .With("transfer.sent-at", row => row.SentAt).With("transfer.left-at", row => row.LeftAt).With("transfer.closed-at", row => row.ClosedAt).With("transfer.reason", row => row.Reason, 40).With("transfer.answer", row => row.Answer, 40);

    protected override Task ShowListAsync() => LoadAsync(Closed);

    /// <summary>The address of the open or the closed ones, narrowed as this page is.</summary>
    public string Tab(bool closed) => $"{Links.Transfers}?closed={(closed ? "true" : "false")}{(Unit.Value == 0 ? "" : $"&unit={Unit}")}";

    public Task<IActionResult> OnPostDepartAsync() => ActAsync("transfer.departed", () => depart.RunAsync(new(Intent, Form.Id, Form.ArrivedAt), Ct));

    public Task<IActionResult> OnPostReceiveAsync() => ActAsync("transfer.received", async () => Form.ArrivedAt is not { } at ? Refusals.Required("arrivedAt") : await answer.ReceiveAsync(new(Form.Id, new StayId(Intent), at, BedId.TryParse(Form.Bed, out var bed) && bed.Value > 0 ? bed : null, Form.Bed == "any", Form.Severity), Ct));

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
