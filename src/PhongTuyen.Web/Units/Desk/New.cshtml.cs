using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Units.Desk;

/// <summary>A new unit below one of the visitor's.</summary>
public sealed class NewModel(Db db, AddUnit add, AreaStore areas) : HousePage(db), IUnitForm
{
    [BindProperty]
    public UnitFields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public UnitId Parent { get; set; }

    public string ParentName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Parent);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("unit", Parent);
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Kind is not { } kind || !Enum.IsDefined(kind)) return Refuse(Refusals.Required("kind"));
        var places = Form.Places(areas, S.Today);
        if (!places.Done) return Refuse(places.Problems);
        var outcome = await add.RunAsync(new AddUnit.Input(Intent, Parent, (Form.Code ?? "").Trim(), Form.Name ?? "", kind, places.Value.Area, places.Value.Covers, Form.Telephone, Form.Email, Form.Address), Ct);
        return outcome.Done ? Done(Links.Unit(outcome.Value), "unit.added", ("name", VietnameseText.Clean(Form.Name))) : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (!Db.Scope.Units.Contains(Parent)) return false;
        ParentName = (await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1 AND valid_to IS NULL", Ct, Parent.Value)) ?? "";
        return ParentName.Length > 0;
    }
}
