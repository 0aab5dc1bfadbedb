using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reorganisation;
using PhongTuyen.Units;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>A dated act on one unit: what would change is shown first, then it is done, or planned for its day.</summary>
public sealed class ActModel(Db db, PlanUnitAct plan, AccountsList accounts, AreaStore areas) : HousePage(db)
{
    public sealed class Fields
    {
        public ActKind Kind { get; set; } = ActKind.Move;
        public UnitId? Into { get; set; }
        public string? IntoText { get; set; }
        public string? Name { get; set; }
        public string? Code { get; set; }
        public UnitKind? NewKind { get; set; }
        public AreaId? Area { get; set; }
        public string? AreaText { get; set; }
        /// <summary>Accounts that go over to the new unit.</summary>
        public List<AccountId> Accounts { get; set; } = [];
        /// <summary>Units that lie below the new unit from then on.</summary>
        public List<UnitId> Below { get; set; } = [];
        public string? Paper { get; set; }
        public DateOnly? On { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public UnitId Id { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public string UnitName { get; private set; } = "";
    public ReachChange? Change { get; private set; }
    public IReadOnlyList<AccountsList.Row> Own { get; private set; } = [];
    public IReadOnlyList<UnitTree.Row> Below { get; private set; } = [];

    public static readonly IReadOnlyList<ActKind> Kinds = [ActKind.Move, ActKind.Rename, ActKind.Merge, ActKind.Divide, ActKind.Close, ActKind.Make];

    public async Task<IActionResult> OnGetAsync(ActKind kind = ActKind.Move)
    {
        Form = new Fields { Kind = Kinds.Contains(kind) ? kind : ActKind.Move, On = S.Today };
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        if (Form.Kind == ActKind.Rename) Form.Name = UnitName;
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnPostPreviewAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var input = await ReadAsync();
        if (!input.Done) return Refuse(input.Problems);
        var preview = await plan.PreviewAsync(input.Value, Ct);
        if (!preview.Done) return Refuse(preview.Problems);
        Change = preview.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Id);
        if (!ModelState.IsValid) return Refuse([]);
        var input = await ReadAsync();
        if (!input.Done) return Refuse(input.Problems);
        var outcome = await plan.RunAsync(input.Value, Ct);
        if (!outcome.Done) return Refuse(outcome.Problems);
        return input.Value.On > S.Today ? Done(Links.UnitActs, "tree.planned", ("name", UnitName), ("day", input.Value.On)) : Done(Links.UnitActs, "tree.done", ("name", UnitName));
    }

    private async Task<Outcome<PlanUnitAct.Input>> ReadAsync()
    {
        var act = new UnitAct(Form.Kind, Id) { NewKind = Form.NewKind };
        if (Form.Kind is ActKind.Move or ActKind.Merge)
        {
            var into = await UnitPick.ReadAsync(Db, Form.Into, Form.IntoText, "intoText", Ct);
            if (!into.Done) return into.As<PlanUnitAct.Input>();
            act = act with { Into = into.Value };
        }
        var keys = AreaKeys.Unknown;
        if (Form.Kind is ActKind.Make or ActKind.Divide)
        {
            var area = AreaPick.ReadOrNone(areas, Form.Area, Form.AreaText, S.Today, "areaText");
            if (!area.Done) return area.As<PlanUnitAct.Input>();
            if (area.Value is { } at) keys = areas.Book.Keys(at);
        }
        act = Form.Kind switch
        {
            ActKind.Make => act with { Code = (Form.Code ?? "").Trim(), Name = Form.Name, Area = keys },
            ActKind.Rename => act with { Name = Form.Name },
            ActKind.Divide => act with { Parts = [new UnitPart((Form.Code ?? "").Trim(), Form.Name ?? "", keys, Form.Accounts, Form.Below)] },
            _ => act,
        };
        return new PlanUnitAct.Input(Intent, act, Form.Paper, Form.On);
    }

    private async Task<bool> LoadAsync()
    {
        if (!Db.Scope.Units.Contains(Id)) return false;
        UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1 AND valid_to IS NULL", Ct, Id.Value) ?? "";
        if (UnitName.Length == 0) return false;
        if (Form.Kind != ActKind.Divide) return true;
        (Own, Below) = ((await accounts.FindAsync(new AccountFilter { Own = Id }, null, Ct)).Rows, await UnitTree.BelowAsync(Db, Id, Ct));
        return true;
    }
}
