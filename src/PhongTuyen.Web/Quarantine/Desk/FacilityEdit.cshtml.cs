using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Makes a unit a facility, changes what it takes, records a decision on its places.</summary>
public sealed class FacilityEditModel(Db db, RunFacility run) : HousePage(db)
{
    public sealed class FacilityForm
    {
        /// <summary>0: the unit is no facility yet.</summary>
        public int BaseVersion { get; set; }
        public bool Observation { get; set; }
        public bool Treatment { get; set; }
        public short? Tier { get; set; }
        public DateOnly? OpenedOn { get; set; }
        public DateOnly? ClosedOn { get; set; }
        public string? Paper { get; set; }
        public string? Note { get; set; }
        public short Class { get; set; } = 10;
        public int? Places { get; set; }
        public DateOnly? Since { get; set; }
        public string? LicencePaper { get; set; }
    }

    [BindProperty]
    public FacilityForm Form { get; set; } = new();

    public UnitId Id { get; private set; }
    public string Name { get; private set; } = "";
    /// <summary>What somebody else saved since the form was opened, where it differs from what is typed.</summary>
    public IReadOnlyList<(string Label, string Value)> Newer { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(UnitId id)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("facility", id);
        if (await FacilityAsync() is { } f)
            Form = new() { BaseVersion = f.Version, Observation = f.Observation, Treatment = f.Treatment, Tier = f.Tier, OpenedOn = f.OpenedOn, ClosedOn = f.ClosedOn, Paper = f.Paper, Note = f.Note };
        Form.Since = S.Today;
        return Page();
    }

    private async Task<bool> LoadAsync(UnitId id)
    {
        Id = id;
        Name = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1 AND pt.in_scope(id, province_id, district_id, commune_id)", Ct, id.Value) ?? "";
        return Name.Length > 0;
    }

    public async Task<IActionResult> OnPostAsync(UnitId id)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("facility", id);
        if (!ModelState.IsValid) return Refuse([]);
        var outcome = await run.RunAsync(new RunFacility.SetUp(Intent, id, Form.BaseVersion, Form.Observation, Form.Treatment, Form.Tier, Form.OpenedOn, Form.ClosedOn, Form.Paper, Form.Note), Ct);
        if (outcome.Done) return Done(Links.Facility(id), "facility.saved");
        if (outcome.Problem.Code == Refusals.Changed().Code) await ShowNewerAsync();
        return Refuse(outcome.Problems);
    }

    private Task<Facility?> FacilityAsync() => Db.Set<Facility>().AsNoTracking().FirstOrDefaultAsync(f => f.UnitId == Id, Ct);

    /// <summary>What is typed stays; sent again, it is on top of the newer version.</summary>
    private async Task ShowNewerAsync()
    {
        var f = await FacilityAsync();
        Form.BaseVersion = f?.Version ?? 0;
        if (f is null) return;
        (string Label, object? Now, object? Typed)[] all =
        [
            ("facility.observation", f.Observation, Form.Observation), ("facility.treatment", f.Treatment, Form.Treatment), ("stay.tier", f.Tier, Form.Treatment ? Form.Tier : null), ("facility.opened-on", f.OpenedOn, Form.OpenedOn),
            ("facility.closed-on", f.ClosedOn, Form.ClosedOn), ("stay.paper", f.Paper, VietnameseText.Clean(Form.Paper)), ("stay.note", f.Note, VietnameseText.Clean(Form.Note)),
        ];
        Newer = [.. all.Where(field => !Equals(field.Now, field.Typed)).Select(field => (S[field.Label], field.Now switch { null => S["form.nothing"], true => S["form.yes"], false => S["form.no"], DateOnly day => Screen.Day(day), var other => other.ToString()! }))];
    }

    public async Task<IActionResult> OnPostLicenceAsync(UnitId id)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("facility", id);
        if (!ModelState.IsValid) return Refuse([]);
        if (Form.Places is not { } places) return Refuse(Refusals.Required("places"));
        var outcome = await run.RunAsync(new RunFacility.License(Intent, id, Form.Class, places, Form.Since ?? S.Today, Form.LicencePaper), Ct);
        return outcome.Done ? Done(Links.Facility(id), "facility.licence-saved") : Refuse(outcome.Problems);
    }

    public IEnumerable<(string, string)> Classes => PlaceClasses.All.Select(of => (of.ToString(System.Globalization.CultureInfo.InvariantCulture), S["word.class." + of]));
}
