using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People;
using PhongTuyen.Reporting;
using PhongTuyen.Supervision;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Supervision.Desk;

/// <summary>Operators of the visitor's units over some days, the one farthest out of the ordinary first. That it was looked at is written down, too.</summary>
public sealed class IndexModel(Db db, OperatorsList operators, ActsTrail trail, TakeList taken, ListRequests requests) : TakenPage<OperatorsList.Row>(db, taken, requests)
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnitId? Unit { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? UnitText { get; set; }

    /// <summary>The name by which an operator signs in.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public SightKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public SupervisionTab Show { get; set; }

    public OperatorFilter Filter { get; private set; } = null!;
    public OperatorsList.Found Found { get; private set; } = new([], null);
    public IReadOnlyDictionary<SupervisionTab, long> Counts { get; private set; } = new Dictionary<SupervisionTab, long>();
    public DateTimeOffset? UpTo { get; private set; }
    /// <summary>An operator was asked for who is not there, or not the visitor's.</summary>
    public bool WhoUnknown { get; private set; }
    public bool Paged { get; private set; }
    public bool Choose => Db.Scope.Units.Count > 1;
    public bool ShowsAll => operators.ShowsAll(Filter);
    public bool Narrowed => Filter.Unit.Value != 0 || Who is not null || Kind is not null;

    /// <summary>Today, a week, a month.</summary>
    public static readonly IReadOnlyList<int> Periods = [1, 7, 30];

    public bool IsPeriod(int days) => Filter.Last == S.Today && Filter.First == S.Today.AddDays(1 - days);

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await ReadListAsync() is { } refused) return refused;
        await ShowAsync(behind);
        return Page();
    }

    protected override string ListName => "supervision";

    protected override IAsyncEnumerable<OperatorsList.Row> EveryRow() => EveryPage.OfAsync<OperatorsList.Row>(async behind =>
    {
        var found = WhoUnknown ? new([], null) : await operators.FindAsync(Filter, behind, Ct, EveryPage.Rows);
        return (found.Rows, found.More);
    });

    /// <summary>Whoever was looked at stands in the acts of an operator, not in the list of them.</summary>
    protected override IReadOnlyList<PersonId> PersonsIn(OperatorsList.Row row) => [];

    protected override ListFile<OperatorsList.Row> Columns() => SupervisionColumns.File(S);

    protected override Task ShowListAsync() => ShowAsync(null);

    /// <summary>What the address asks for; a page where that is not the visitor's.</summary>
    protected override async Task<IActionResult?> ReadListAsync()
    {
        To = To is { } to && to <= S.Today ? to : S.Today;
        From = From is { } from && from <= To ? from : To.Value.AddDays(-6);
        if (To.Value.DayNumber - From.Value.DayNumber >= OperatorsList.MostDays) From = To.Value.AddDays(1 - OperatorsList.MostDays);
        if (!Enum.IsDefined(Show)) Show = SupervisionTab.Waiting;
        if (Kind is { } kind && !Enum.IsDefined(kind)) Kind = null;
        Filter = new OperatorFilter(From.Value, To.Value, Show, Kind: Kind);
        if (!string.IsNullOrWhiteSpace(UnitText))
        {
            var chosen = await UnitPick.ReadAsync(Db, Unit, UnitText, "unitText", Ct);
            if (!chosen.Done) return Refuse(chosen.Problems, "");
            Unit = chosen.Value;
        }
        if (Unit is { Value: not 0 } unit)
        {
            if (!Db.Scope.Units.Contains(unit)) return await NotHereAsync("unit", unit);
            UnitText = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, unit.Value);
            Filter = Filter with { Unit = unit };
        }
        Who = VietnameseText.Clean(Who);
        var account = Who is null ? null : await trail.AccountAsync(Who, Ct);
        WhoUnknown = Who is not null && account is null;
        Filter = Filter with { Account = account };
        return null;
    }

    private async Task ShowAsync(string? behind)
    {
        Paged = behind is not null;
        UpTo = await operators.UpToAsync(Ct);
        if (!WhoUnknown)
        {
            Found = await operators.FindAsync(Filter, behind, Ct);
            Counts = await operators.CountsAsync(Filter, Ct);
        }
        await AskedAsync();
        await SeenAsync(new OperatorsSeen(Filter.Unit.Value == 0 ? null : Filter.Unit, Filter.First, Filter.Last, Found.Rows.Count));
    }

    public override string Here => SupervisionAddress.Of(Filter, Who);

    public string Older => SupervisionAddress.Of(Filter, Who, Found.More);

    public string Tab(SupervisionTab tab) => SupervisionAddress.Of(Filter with { Tab = tab }, Who);

    public string Period(int days) => SupervisionAddress.Of(Filter with { First = S.Today.AddDays(1 - days), Last = S.Today }, Who);

    public string Cleared => SupervisionAddress.Of(new OperatorFilter(Filter.First, Filter.Last, Filter.Tab));

    public string Of(OperatorsList.Row row) => SupervisionAddress.Of(row.Account, row.Unit, Filter.First, Filter.Last);
}
