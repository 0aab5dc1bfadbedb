using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Areas;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Accounts.Desk;

/// <summary>Roles of people of other organisations over the visitor's places, and of the visitor's people over places of others: in force and over; gives one, prolongs it, ends it.</summary>
public sealed class GuestsModel(Db db, GuestRolesList guests, GiveGuestRole give, AreaStore areas) : HousePage(db)
{
    public sealed class Fields
    {
        public string? UserName { get; set; }
        public string? Role { get; set; }
        /// <summary><c>own-unit</c>, <c>own-area</c>, <c>unit</c> or <c>area</c>.</summary>
        public string? Place { get; set; }
        public UnitId? Unit { get; set; }
        public string? UnitText { get; set; }
        public AreaId? Area { get; set; }
        public string? AreaText { get; set; }
        public string? Purpose { get; set; }
        public string? Paper { get; set; }
        public DateOnly? Until { get; set; }
    }

    [BindProperty]
    public Fields Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Over { get; set; }

    public bool Ours => Show == "ours";
    public bool Paged { get; private set; }
    public GuestRolesList.Found Found { get; private set; } = new([], null);
    public IReadOnlyList<Role> MayGive { get; private set; } = [];
    /// <summary>What the visitor's own unit is called, and the area that it looks after.</summary>
    public (string Name, AreaId? Covers) Own { get; private set; }

    public Task OnGetAsync(Guid? behind)
    {
        NewIntent();
        Form.Place = "own-unit";
        return LoadAsync(behind);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync(null);
        if (ModelState.TryGetValue("Form.Until", out var until) && until.Errors.Count > 0) return Refuse([]);
        if (!Enum.TryParse<Role>(Form.Role, out var role) || !Enum.IsDefined(role)) return Refuse(string.IsNullOrEmpty(Form.Role) ? Refusals.Required("role") : Refusals.NotOneOf("role"));
        var place = await PlaceAsync();
        if (!place.Done) return Refuse(place.Problems);
        var outcome = await give.RunAsync(new GiveGuestRole.Input(Intent, Form.UserName, role, place.Value.Unit, place.Value.Area, LastDay.After(Form.Until), Form.Purpose, Form.Paper), Ct);
        return outcome.Done ? Done(Links.Guests, "guests.done", ("role", S.Word(role)), ("name", Form.UserName?.Trim())) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostProlongAsync(Guid id, string? until) =>
        DateInput.TryDate(until, S.Today, out var day) ? await ActAsync(id, give.ProlongAsync(id, LastDay.After(day), Ct), "guests.was-prolonged") : await RefusedAsync(Refusals.NotADate("until"));

    public Task<IActionResult> OnPostEndAsync(Guid id, string? reason) => ActAsync(id, give.EndAsync(id, reason, Ct), "guests.was-ended");

    private async Task<IActionResult> ActAsync(Guid id, Task<Outcome<Nothing>> act, string said)
    {
        var outcome = await act;
        if (outcome.Done) return Done(Here, said);
        return outcome.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("guest-role", id) : await RefusedAsync(outcome.Problem);
    }

    private async Task<IActionResult> RefusedAsync(Problem problem)
    {
        await LoadAsync(null);
        return Refuse([problem], "");
    }

    private async Task<Outcome<(UnitId? Unit, AreaId? Area)>> PlaceAsync()
    {
        switch (Form.Place)
        {
            case "own-unit": return (Db.Visitor!.Unit, null);
            case "own-area" when Own.Covers is { } covers: return (null, covers);
            case "unit":
                var unit = await UnitPick.ReadAsync(Db, Form.Unit, Form.UnitText, "unitText", Ct);
                return unit.Done ? (unit.Value, null) : unit.As<(UnitId?, AreaId?)>();
            case "area":
                var area = AreaPick.Read(areas, Form.Area, Form.AreaText, S.Today, "areaText");
                return area.Done ? (null, area.Value) : area.As<(UnitId?, AreaId?)>();
            default: return PhongTuyen.Accounts.Problems.GrantNeedsPlace();
        }
    }

    private async Task LoadAsync(Guid? behind)
    {
        Paged = behind is not null;
        MayGive = GiveGuestRole.MayGive(Db);
        Own = await Db.Connection.RowAsync("SELECT name, covers_area_id FROM pt.unit WHERE id = $1", r => (r.GetString(0), r.Maybe<int>(1) is { } covers ? new AreaId(covers) : (AreaId?)null), Ct, Db.Visitor!.Unit.Value);
        Found = await guests.FindAsync(Ours, Over, behind, Ct);
    }

    public string PlaceOf(GuestRolesList.Row row) => row.UnitName ?? RolePlace.Of(areas, S, row.Area!.Value);

    public string AreaName(AreaId area) => areas.Book.Path(area);

    public bool MayProlong(GuestRolesList.Row row) => !Ours && MayGive.Contains(row.Role) && row.Account != Db.Visitor!.Account;

    public bool MayEnd(GuestRolesList.Row row) => row.Account != Db.Visitor!.Account && (Ours || MayGive.Contains(row.Role));

    public static string Tab(string? show, bool over) => Links.With(Links.Guests, ("show", show), ("over", over ? "true" : null));

    public string Here => Tab(Ours ? "ours" : null, Over);
}
