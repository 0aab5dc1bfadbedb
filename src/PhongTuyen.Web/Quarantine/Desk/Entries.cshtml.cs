using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Who entered what, when, with how many corrections: for the head of a unit.</summary>
public sealed class EntriesModel(Db db, EntriesOfUnit entries) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public AccountId? By { get; set; }

    public IReadOnlyList<EntriesOfUnit.Row> Sum { get; private set; } = [];
    public IReadOnlyList<EntriesOfUnit.Act> Acts { get; private set; } = [];
    /// <summary>The key behind which older acts begin; null at the end.</summary>
    public string? Older { get; private set; }

    /// <summary>The unit that is looked at; 0 with no more units than are summed at once: all of them.</summary>
    [BindProperty(SupportsGet = true)]
    public UnitId? Unit { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? UnitText { get; set; }

    /// <summary>Whether there are more units than one.</summary>
    public bool Choose => Db.Scope.Units.Count > 1;

    /// <summary>What the links of the page carry on.</summary>
    public string Carried => $"From={Screen.Day(From)}&To={Screen.Day(To)}{(Unit is { Value: not 0 } unit ? $"&Unit={unit}" : "")}";

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        IReadOnlyList<UnitId> units = Db.Scope.Units;
        if (!string.IsNullOrWhiteSpace(UnitText))
        {
            var chosen = await UnitPick.ReadAsync(Db, Unit, UnitText, "unitText", Ct);
            if (!chosen.Done) return Refuse(chosen.Problems, "");
            Unit = chosen.Value;
        }
        if (Unit is { Value: not 0 } asked && !units.Contains(asked)) return await NotHereAsync("unit", asked);
        if (Unit is not { Value: not 0 } && units.Count > EntriesOfUnit.MostUnits) Unit = units.Contains(Db.Visitor!.Unit) ? Db.Visitor.Unit : units[0];
        if (Unit is { Value: not 0 } one) (units, UnitText) = ([one], await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, one.Value));
        To ??= S.Today;
        From ??= To;
        if (From > To) (From, To) = (To, From);
        if (To.Value.DayNumber - From.Value.DayNumber > 92) From = To.Value.AddDays(-92);
        Sum = await entries.SumAsync(units, From.Value, To.Value, Ct);
        (Acts, Older) = await entries.ActsAsync(units, From.Value, To.Value, By, behind, Ct);
        if (Acts.SelectMany(act => act.Named).Distinct().ToList() is { Count: > 0 } named) await ListedAsync("entries", named);
        return Page();
    }

    /// <summary>Where an act leads; null where that opens to others than the visitor.</summary>
    public string? LinkOf(EntriesOfUnit.Act act) => act.SubjectKind switch
    {
        "stay" when StayId.TryParse(act.SubjectId, out var id) => Links.Stay(id),
        "person" when PersonId.TryParse(act.SubjectId, out var id) => Links.Person(id),
        "case" when CaseId.TryParse(act.SubjectId, out var id) => Links.Case(id),
        "import" when S.May(Permission.Import) && ImportId.TryParse(act.SubjectId, out var id) => Links.Import(id),
        "decision" when Guid.TryParse(act.SubjectId, out var id) => Links.Decision(id),
        "facility" when UnitId.TryParse(act.SubjectId, out var id) => Links.Facility(id),
        _ => null,
    };
}
