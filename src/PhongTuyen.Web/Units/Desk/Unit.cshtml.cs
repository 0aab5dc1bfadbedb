using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>One unit: where it stands in the tree, what is known of it, who works for it, what lies below.</summary>
public sealed class UnitModel(Db db, EditUnit edit, MergeUnit merge, UnmergeUnit unmerge, AccountsList accounts, ActsList acts, AreaStore areas) : HousePage(db), IUnitForm
{
    [BindProperty]
    public UnitFields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public UnitId Id { get; set; }

    /// <summary>The unit that this one really is.</summary>
    public sealed class MergeFields
    {
        public UnitId? Into { get; set; }
        public string? IntoText { get; set; }
    }

    [BindProperty]
    public MergeFields Merge { get; set; } = new();

    public PhongTuyen.Units.Unit Unit { get; private set; } = null!;
    public IReadOnlyList<(UnitId Id, string Name)> Path { get; private set; } = [];
    public IReadOnlyList<UnitTree.Row> Below { get; private set; } = [];
    public AccountsList.Found Accounts { get; private set; } = new([], null);
    /// <summary>Whether it is set up as a facility of quarantine or treatment.</summary>
    public bool IsFacility { get; private set; }
    public IReadOnlyList<ActsList.Row> Acts { get; private set; } = [];
    /// <summary>What it was called and where it lay before, with the last day of each.</summary>
    public IReadOnlyList<(string Name, string? Parent, DateOnly Until)> Past { get; private set; } = [];
    /// <summary>Merges of the visitor's own, of this unit or into it, that can still be taken back.</summary>
    public TakeBack Mine { get; private set; } = new([]);
    /// <summary>The unit that took this one over; null: none did.</summary>
    public (UnitId Id, string Name)? MergedInto => Unit.MergedInto is { } into && Path.FirstOrDefault(one => one.Id == into) is { Name: { } name } ? (into, name) : null;
    /// <summary>An import made it and nobody has confirmed it.</summary>
    public bool MayMerge => MayEdit && Unit is { Verified: false, ImportId: not null, ValidTo: null };
    public bool MayEdit => S.May(Permission.ManageUnits);
    public string? AreaName => Unit.Area.Known ? areas.Book.Path(Unit.CommuneId.Value != 0 ? Unit.CommuneId : Unit.DistrictId.Value != 0 ? Unit.DistrictId : Unit.ProvinceId) : null;
    public string? CoversName => Unit.CoversAreaId is { } covers ? areas.Book.Path(covers) : null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        Form = UnitFields.Of(Unit, areas.Book);
        return Page();
    }

    public async Task<IActionResult> OnPostEditAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Kind is not { } kind || !Enum.IsDefined(kind)) return Refuse(Refusals.Required("kind"));
        var places = Form.Places(areas, S.Today);
        if (!places.Done) return Refuse(places.Problems);
        var outcome = await edit.RunAsync(new EditUnit.Input(Intent, Id, Form.BaseVersion, (Form.Code ?? "").Trim(), Form.Name, kind, places.Value.Area, places.Value.Covers, Form.Telephone, Form.Email, Form.Address), Ct);
        return outcome.Done ? Done(Links.Unit(Id), "unit.saved", ("name", VietnameseText.Clean(Form.Name))) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostCloseAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        var outcome = await edit.CloseAsync(Id, Ct);
        return outcome.Done ? DoneWithUndo(Links.Unit(Id), "unit.closed", Links.Unit(Id) + "?handler=Reopen", ("name", Unit.Name)) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostReopenAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        var outcome = await edit.ReopenAsync(Id, Ct);
        return outcome.Done ? Done(Links.Unit(Id), "unit.reopened", ("name", Unit.Name)) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostMergeAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        Form = UnitFields.Of(Unit, areas.Book);
        var into = await UnitPick.ReadAsync(Db, Merge.Into, Merge.IntoText, "intoText", Ct);
        if (!into.Done) return Refuse(into.Problems, nameof(Merge));
        var name = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, into.Value.Value);
        var outcome = await merge.RunAsync(new MergeUnit.Input(Intent, Id, into.Value), Ct);
        return outcome.Done
            ? DoneWithUndo(Links.Unit(into.Value), "unit.merged", $"{Links.Handler(Links.Unit(into.Value), "Unmerge")}&of={Intent}", ("name", Unit.Name), ("into", name), ("stays", outcome.Value.Stays), ("accounts", outcome.Value.Accounts), ("cases", outcome.Value.Cases))
            : Refuse([.. outcome.Problems.Select(problem => problem.Field is null ? problem : problem.At("intoText"))], nameof(Merge));
    }

    /// <summary>A merge taken back: the unit stands again, with what was its own.</summary>
    public async Task<IActionResult> OnPostUnmergeAsync([FromQuery] Guid of)
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        Form = UnitFields.Of(Unit, areas.Book);
        var outcome = await unmerge.RunAsync(new UnmergeUnit.Input(Intent, of, S["form.undo-reason"]), Ct);
        if (!outcome.Done && outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("unit-merge", of);
        if (!outcome.Done) return RefuseMany(outcome.Problem, await new LaterThanMerge(Db, S).OfAsync(outcome.Problems, Id, persons => ListedAsync("unit-merge", persons), Ct));
        var name = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, outcome.Value.Unit.Value);
        return Done(Links.Unit(outcome.Value.Unit), "unit.unmerged", ("name", name), ("stays", outcome.Value.Stays), ("accounts", outcome.Value.Accounts), ("cases", outcome.Value.Cases));
    }

    public bool InScope(UnitId unit) => Db.Scope.Units.Contains(unit);

    private async Task<bool> LoadAsync()
    {
        if (!Db.Scope.Units.Contains(Id) || await Db.Set<PhongTuyen.Units.Unit>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == Id, Ct) is not { } unit) return false;
        Unit = unit;
        Path = await UnitTree.PathAsync(Db, Id, Ct);
        Below = await UnitTree.BelowAsync(Db, Id, Ct);
        Accounts = await accounts.FindAsync(new AccountFilter { Own = Id }, null, Ct);
        (Acts, Past) = (await acts.OfUnitAsync(Id, Ct), await acts.PastAsync(Id, Ct));
        if (MayEdit) Mine = TakeBack.Of("unit.mine-merged", await unmerge.MineAsync(Id, Ct), Links.Handler(Links.Unit(Id), "Unmerge"));
        IsFacility = await Db.Connection.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pt.quarantine_facility WHERE unit_id = $1)", Ct, Id.Value);
        return true;
    }
}
