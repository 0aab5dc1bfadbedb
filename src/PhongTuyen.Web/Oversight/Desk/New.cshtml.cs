using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Units;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Oversight.Desk;

/// <summary>Asks data of the units below one of the visitor's own.</summary>
public sealed class NewModel(Db db, KeepDuties keep) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Name { get; set; }
        public string? Guidance { get; set; }
        public UnitId? Unit { get; set; }
        public string? UnitText { get; set; }
        public UnitKind? Kind { get; set; }
        public DutyRhythm? Rhythm { get; set; }
        public DateOnly? Since { get; set; }
        public string? DueAt { get; set; } = "16:00";
        public DateOnly? Until { get; set; }
        public string? Paper { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public async Task OnGetAsync()
    {
        NewIntent();
        if (!Db.Scope.Units.Contains(Db.Visitor!.Unit)) return;
        (Form.Unit, Form.UnitText) = (Db.Visitor.Unit, await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Db.Visitor.Unit.Value));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Unit is { Value: not 0 } named && !Db.Scope.Units.Contains(named)) return await NotHereAsync("unit", named);
        var unit = await UnitPick.ReadAsync(Db, Form.Unit, Form.UnitText, "unitText", Ct);
        if (!unit.Done) return Refuse(unit.Problems);
        var outcome = await keep.RunAsync(new KeepDuties.Input(Intent, unit.Value, Form.Kind, Form.Name, Form.Guidance, Form.Paper, Form.Rhythm, Form.Since, Form.Until, Form.DueAt), Ct);
        return outcome.Done ? Done(Links.Duty(outcome.Value), "duty.saved", ("name", Form.Name)) : Refuse(outcome.Problems);
    }
}
