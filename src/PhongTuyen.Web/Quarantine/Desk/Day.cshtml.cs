using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Reporting;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>A clerk's day: who is expected, who leaves, what is missing, which transfers wait; and the figures of the unit, live. Of long lists the first are shown, how many there are is said, and the whole list is a click away.</summary>
public sealed class DayModel(Db db, DayOfUnit days, TransfersList transfers, FigureReader figures, EndStay end, ReopenStay reopen, AssignBed assign) : HousePage(db)
{
    [BindProperty(SupportsGet = true, Name = "unit")]
    public UnitId Unit { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? UnitText { get; set; }

    [BindProperty]
    public List<StayId> Selected { get; set; } = [];

    public string UnitName { get; private set; } = "";
    public IReadOnlyList<(UnitId Id, string Name)> Units { get; private set; } = [];
    public DayOfUnit.Day Day { get; private set; } = new([], [], [], [], false);
    public IReadOnlyList<TransfersList.Row> Transfers { get; private set; } = [];
    public bool MoreTransfers { get; private set; }
    public IReadOnlyDictionary<string, long> Values { get; private set; } = new Dictionary<string, long>();

    /// <summary>What the visitor did with a list and can still take back.</summary>
    public TakeBack Mine { get; private set; } = new([]);

    /// <summary>With more units than this one is found by typing its name.</summary>
    private const int MostUnits = 300;

    public bool ManyUnits => Units.Count > MostUnits;

    /// <summary>How many there are, whether all of them are shown or not.</summary>
    public long Count(string figure) => Values.GetValueOrDefault(figure);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!string.IsNullOrWhiteSpace(UnitText))
        {
            var chosen = await UnitPick.ReadAsync(Db, Unit, UnitText, "unitText", Ct);
            if (!chosen.Done) return await LoadAsync() ? Refuse(chosen.Problems, "") : await NotHereAsync("unit", Unit);
            Unit = chosen.Value;
        }
        return await LoadAsync() ? Page() : await NotHereAsync("unit", Unit);
    }

    private async Task<bool> LoadAsync()
    {
        if (Unit.Value == 0) Unit = Db.Scope.Units.Contains(Db.Visitor!.Unit) ? Db.Visitor.Unit : Db.Scope.Units.Count > 0 ? Db.Scope.Units[0] : default;
        if (!Db.Scope.Units.Contains(Unit)) return Unit.Value == 0;
        Units = await Db.Connection.RowsAsync("SELECT u.id, u.name FROM pt.unit u WHERE u.id = ANY ($1) AND (u.id = $2 OR EXISTS (SELECT 1 FROM pt.quarantine_facility f WHERE f.unit_id = u.id) OR u.kind = 9) ORDER BY u.id <> $2, u.name COLLATE \"vi-x-icu\" LIMIT $3",
            r => (new UnitId(r.GetInt32(0)), r.GetString(1)), Ct, Db.Scope.Units.Select(unit => unit.Value).ToArray(), Unit.Value, MostUnits + 1);
        UnitName = Units.FirstOrDefault(unit => unit.Id == Unit).Name;
        Day = await days.OfAsync(Unit, S.Today, Ct);
        var moving = await transfers.FindAsync(open: true, Ct, Unit);
        (Transfers, MoreTransfers, UnitText) = (moving.Rows, moving.More is not null, UnitText ?? UnitName);
        Values = BoardFigures.Of(await figures.OfAsync(FigureScope.Of(Unit), Ct));
        if (S.May(Permission.EnterData)) Mine = TakeBack.Of("day.mine-left", await end.MineAsync(Ct), $"{Links.Day}?handler=undo&unit={Unit}").And(TakeBack.Of("day.mine-bedded", await assign.MineAsync(Ct), $"{Links.Day}?handler=giveBack&unit={Unit}"));
        await ListedAsync("day", Day.Expected.Concat(Day.Leaving).Concat(Day.Overdue).Concat(Day.Missing).Where(row => !row.Sealed).Select(row => row.Person).Concat(Transfers.Where(transfer => !transfer.Sealed).Select(transfer => transfer.Person)).Distinct());
        return true;
    }

    /// <summary>Everybody who was ticked leaves, in one act that can be taken back.</summary>
    public async Task<IActionResult> OnPostLeaveAsync()
    {
        if (Selected.Count == 0) return Redirect($"{Links.Day}?unit={Unit}");
        var outcome = await end.RunManyAsync(Intent, Selected, StayEnd.Left, Db.Clock.GetUtcNow(), Ct);
        if (!outcome.Done) return await RefusedAsync(outcome.Problems, Selected);
        return DoneWithUndo($"{Links.Day}?unit={Unit}", "day.left", $"{Links.Day}?handler=undo&unit={Unit}&of={Intent}", ("n", outcome.Value.Stays.Count));
    }

    /// <summary>Everybody who was ticked gets a free bed, in one act that can be taken back.</summary>
    public async Task<IActionResult> OnPostBedsAsync()
    {
        if (Selected.Count == 0) return Redirect($"{Links.Day}?unit={Unit}#missing");
        var outcome = await assign.RunManyAsync(Intent, Selected, Ct);
        if (!outcome.Done) return await RefusedAsync(outcome.Problems, Selected);
        var (given, had) = (outcome.Value.Given.Count, outcome.Value.Had ?? []);
        var left = Selected.Distinct().Count() - given - had.Count;
        return DoneWithUndo($"{Links.Day}?unit={Unit}#missing", $"day.bedded{(had.Count > 0 ? "-had" : "")}{(left > 0 ? "-some" : "")}", $"{Links.Day}?handler=giveBack&unit={Unit}&of={Intent}", ("n", given), ("left", left), ("had", had.Count), ("names", await NamesAsync(had)));
    }

    // In a note; how many there are stands before them.
    private const int MostNamed = 10;

    /// <summary>The persons of these stays, in one line; that they were named is written down.</summary>
    private async Task<string> NamesAsync(IReadOnlyList<StayId> stays)
    {
        if (stays.Count == 0) return "";
        var found = await DependentsAsync("day", stays.Take(MostNamed).Select(stay => PhongTuyen.Quarantine.Problems.HasBed().At(stay.ToString())), Named);
        return string.Join(", ", stays.Take(MostNamed).Select(stay => found.TryGetValue(stay.Value, out var one) ? one.Shown : S["seal.hidden"])) + (stays.Count > MostNamed ? ", …" : "");
    }

    private const string Named = "SELECT s.id, ARRAY[p.id], coalesce(p.name, p.code, '?') FROM pt.quarantine_stay s JOIN pt.person p ON p.id = s.person_id WHERE s.id = ANY ($1)";

    public async Task<IActionResult> OnPostGiveBackAsync([FromQuery] Guid of)
    {
        var outcome = await assign.GiveBackAsync(Intent, of, Ct);
        return outcome.Done ? Done($"{Links.Day}?unit={Unit}#missing", "day.gave-back", ("n", outcome.Value.Count)) : await RefusedAsync(outcome.Problems, [], of);
    }

    public async Task<IActionResult> OnPostUndoAsync([FromQuery] Guid of)
    {
        var outcome = await reopen.RunManyAsync(Intent, of, S["day.undo-reason"], Ct);
        return outcome.Done ? Done($"{Links.Day}?unit={Unit}", "day.undone", ("n", outcome.Value.Count)) : await RefusedAsync(outcome.Problems, [], of);
    }

    /// <summary>Drawn again with the reason and those who stand in the way; where one of them is not there, or not the visitor's, nothing is shown and it is written down.</summary>
    private async Task<IActionResult> RefusedAsync(IReadOnlyList<Problem> problems, IReadOnlyList<StayId> stays, Guid of = default)
    {
        if (problems[0].Status == StatusCodes.Status404NotFound || !await LoadAsync()) return await NotHereAsync("stay", stays.Count > 0 ? string.Join(' ', stays) : of);
        var found = await DependentsAsync("day", problems, Named);
        return RefuseMany(problems, id => new Dependent(found.TryGetValue(id, out var one) ? one.Shown : S["seal.hidden"], Links.Stay(new StayId(id))));
    }
}
