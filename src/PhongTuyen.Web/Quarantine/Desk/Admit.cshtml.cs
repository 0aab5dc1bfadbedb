using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Papers;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;
using PhongTuyen.Web.Units;

namespace PhongTuyen.Web.Quarantine.Desk;

/// <summary>Admits a person: first who it is (found or new), then into which house, since when and why. The planned end and its rule are shown before anything is saved.</summary>
public sealed class AdmitModel(Db db, AdmitPerson admit, ExpectPerson expect, StayPlanner planner, FacilitiesList facilities, AreaStore areas, BatchesList papers, PaperSeals seals) : HousePage(db)
{
    public sealed class AdmitForm
    {
        public UnitId Unit { get; set; }
        public string? UnitText { get; set; }
        public StayPlace Place { get; set; } = StayPlace.Facility;
        public StayClass Class { get; set; } = StayClass.Observation;
        public short Tier { get; set; }
        public Severity Severity { get; set; }
        public DateTimeOffset? ArrivedAt { get; set; }
        public bool ArrivalUnknown { get; set; }
        public bool NotYet { get; set; }
        public StayReason? Reason { get; set; }
        public string? ReasonNote { get; set; }
        public DateOnly? OriginOn { get; set; }
        public Protection Protection { get; set; }
        public string Disease { get; set; } = Diseases.Covid19;
        public AreaId Home { get; set; }
        public string? HomeText { get; set; }
        public string? Bed { get; set; } = "any";
        public DateOnly? PlannedEnd { get; set; }
        public string? PlanReason { get; set; }
        public string? Note { get; set; }
    }

    [BindProperty]
    public AdmitForm Form { get; set; } = new();

    public PersonId? Person { get; private set; }
    public string Shown { get; private set; } = "";
    public string About { get; private set; } = "";
    public IReadOnlyList<(string Value, string Word)> Units { get; private set; } = [];
    /// <summary>With more units than this one is found by typing its name.</summary>
    private const int MostUnits = 300;

    public bool ManyUnits => Units.Count > MostUnits;
    public IReadOnlyList<(string Value, string Word)> Beds { get; private set; } = [];
    public StayPlanner.Planned? Plan { get; private set; }

    /// <param name="paper">The person was taken from it: day and reason stand there.</param>
    public async Task<IActionResult> OnGetAsync(PersonId? id, Guid? paper)
    {
        if (id is null) return Page();
        NewIntent();
        Form.ArrivedAt = Db.Clock.GetUtcNow();
        if (paper is { } of && await papers.EntryOfUnitAsync(of, Ct) is { } entry && entry.PersonId == id) Begin(seals.Open(entry));
        return await LoadAsync(id.Value) ? Page() : await NotHereAsync("person", id);
    }

    private async Task<bool> LoadAsync(PersonId id)
    {
        var person = await Db.Connection.RowAsync("SELECT coalesce(name, code, '?'), birth, birth_precision, sex FROM pt.person WHERE id = $1", r => (Shown: r.GetString(0), Birth: new BirthDate(r.Maybe<DateOnly>(1), (BirthPrecision)r.GetInt16(2)), Sex: (Sex)r.GetInt16(3)), Ct, id.Value);
        if (person.Shown is null) return false;
        Shows(id);
        (Person, Shown, About) = (id, person.Shown, $"{S.Word(person.Sex)}, {(person.Birth.ToString() is { Length: > 0 } birth ? birth : S["form.unknown"])}");
        var units = await Db.Connection.RowsAsync("""
            SELECT u.id, u.name FROM pt.unit u WHERE u.valid_to IS NULL AND pt.in_scope(u.id, u.province_id, u.district_id, u.commune_id)
              AND (u.kind = 9 OR EXISTS (SELECT 1 FROM pt.quarantine_facility f WHERE f.unit_id = u.id AND (f.closed_on IS NULL OR f.closed_on > $2)))
            ORDER BY u.id <> $1, u.name COLLATE "vi-x-icu" LIMIT $3
            """, r => (r.GetInt32(0).ToString(System.Globalization.CultureInfo.InvariantCulture), r.GetString(1)), Ct, Db.Visitor!.Unit.Value, S.Today, MostUnits + 1);
        Units = units;
        // Without script the name alone is sent.
        if (ManyUnits && !string.IsNullOrWhiteSpace(Form.UnitText))
        {
            var chosen = await UnitPick.ReadAsync(Db, Form.Unit, Form.UnitText, "unitText", Ct);
            if (chosen.Done) Form.Unit = chosen.Value;
            else ModelState.AddModelError("Form.UnitText", S.Say(chosen.Problem));
        }
        if (Form.Unit.Value == 0 && units.Count > 0 && UnitId.TryParse(units[0].Item1, out var first)) Form.Unit = first;
        Form.UnitText ??= units.FirstOrDefault(unit => unit.Item1 == Form.Unit.ToString()).Item2;
        if (await facilities.OneAsync(Form.Unit, Ct) is { } facility && !facility.Observation) Form.Class = StayClass.Treatment;
        Beds = [("any", S["admit.any-bed"]), ("none", S["admit.no-bed"]), .. (await facilities.FreeBedsAsync(Form.Unit, Form.Class == StayClass.Treatment, Ct)).Select(bed => (bed.Id.ToString(), bed.Name + (bed.Icu ? " · ICU" : "") + (bed.Oxygen ? " · O₂" : "")))];
        return true;
    }

    /// <summary>The unit or the class was changed: the free beds of the other house.</summary>
    public async Task<IActionResult> OnPostUnitAsync(PersonId id)
    {
        ModelState.Clear();
        if (!await LoadAsync(id)) return await NotHereAsync("person", id);
        ShowPlan();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(PersonId id)
    {
        if (!await LoadAsync(id)) return await NotHereAsync("person", id);
        if (!ModelState.IsValid) return Refuse([]);
        var home = Form.Place == StayPlace.Facility ? AreaKeys.Unknown : HomeKeys();
        BedId? bed = BedId.TryParse(Form.Bed, out var certain) ? certain : null;
        if (Form.NotYet)
        {
            if (Form.Place != StayPlace.Facility) return Refuse([PhongTuyen.Quarantine.Problems.ExpectedAtHome()]);
            var expected = await expect.RunAsync(new(new StayId(Intent), id, Form.Unit, Form.Class, Form.Tier, Form.ArrivedAt ?? Db.Clock.GetUtcNow(), Form.Reason ?? StayReason.Unknown, Form.OriginOn, Form.Protection, Form.Bed == "any", bed, Form.Note)
            {
                ReasonNote = Form.ReasonNote, Disease = Form.Disease, Severity = Form.Class == StayClass.Treatment ? Form.Severity : Severity.Unknown, PlannedEnd = Form.PlannedEnd, PlanReason = Form.PlanReason,
            }, Ct);
            if (expected.Done) return Done(Links.Stay(expected.Value), "admit.expected", ("name", Shown));
            return expected.Problem.Status == StatusCodes.Status404NotFound ? await NotHereAsync("unit", Form.Unit) : Refuse(expected.Problems);
        }
        var outcome = await admit.RunAsync(new AdmitPerson.Input(new StayId(Intent), id, Form.Unit, Form.Place, Form.Class, Form.Tier, Form.ArrivalUnknown ? null : Form.ArrivedAt, Form.ArrivalUnknown, Form.Reason ?? StayReason.Unknown)
        {
            Home = home, ReasonNote = Form.ReasonNote, Protection = Form.Protection, OriginOn = Form.OriginOn, Disease = Form.Disease, Severity = Form.Class == StayClass.Treatment ? Form.Severity : Severity.Unknown,
            Bed = Form.Place == StayPlace.Facility ? bed : null, AnyBed = Form.Place == StayPlace.Facility && Form.Bed == "any" && Beds.Count > 2, PlannedEnd = Form.PlannedEnd, PlanReason = Form.PlanReason, Note = Form.Note,
        }, Ct);
        if (outcome.Done) return Done(Links.Stay(outcome.Value), "admit.done", ("name", Shown));
        if (outcome.Problem.Status == StatusCodes.Status404NotFound) return await NotHereAsync("unit", Form.Unit);
        ShowPlan();
        return Refuse(outcome.Problems);
    }

    private void Begin(PaperContent paper)
    {
        if (DateInput.TryDate(paper.Came, S.Today, out var came)) Form.ArrivedAt = came.AtLocal();
        if (paper.Reason is { } written) (Form.Reason, Form.ReasonNote) = StayImport.ReasonOf(written) is { } known ? (known, null) : (StayReason.Other, written);
    }

    private AreaKeys HomeKeys()
    {
        if (Form.Home.Value != 0) return areas.Book.Keys(Form.Home);
        // Without script the name itself is sent: taken where it means exactly one commune.
        var match = areas.Matcher.MatchText(Form.HomeText ?? "", S.Today).Match;
        return match.Verdict == AreaVerdict.One ? areas.Book.Keys(match.Area) : AreaKeys.Unknown;
    }

    private void ShowPlan()
    {
        if (Form.Reason is { } reason) Plan = planner.Plan(new(AreaKeys.Unknown, Form.Disease, reason, Form.Place, Form.Protection, Form.ArrivedAt?.LocalDay()) { OriginOn = Form.OriginOn }, Form.ArrivedAt?.LocalDay() ?? S.Today);
    }

    /// <summary>The rule and the end in words.</summary>
    public string PlanText => Plan switch
    {
        null => "",
        { End: { } end, Term: { } term, Edition: { } edition } plan => S.Say("admit.plan", ("days", term.Days), ("origin", S.Word(plan.Origin)), ("from", plan.OriginOn), ("end", end), ("paper", edition.Paper)),
        _ => S["admit.no-rule"],
    };
}
