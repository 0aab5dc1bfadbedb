using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Oversight.Desk;

/// <summary>One duty on one of the days on which it is due: by district and by unit, who is answerable, who is late; urged, taken as a file, ended.</summary>
public sealed class DutyModel(Db db, DutyReport report, KeepDuties keep, NameOfficers officers, RemindOfDuties remind) : HousePage(db)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Another duty whose officers are named here, too.</summary>
    [BindProperty]
    public Guid? From { get; set; }

    public DutyAddress Asked { get; private set; } = new();
    public DutyReport.Duty Shown { get; private set; } = null!;
    /// <summary>The day that is shown; null: it never falls due.</summary>
    public DateOnly? On { get; private set; }
    public DateOnly? Before { get; private set; }
    public DateOnly? After { get; private set; }
    public DutyReport.Found Found { get; private set; } = new([], [], null);
    public IReadOnlyList<DutyReport.Duty> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await LoadAsync(behind) is { } refused) return refused;
        NewIntent();
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        if (await LoadAsync(null) is { } refused) return refused;
        if (On is not { } on) return await NotHereAsync("duty", Id);
        var all = EveryPage.OfAsync<DutyReport.Row>(async behind =>
        {
            var found = await report.FindAsync(Shown, on, Asked.Filter, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        return await TakenAsync("duty", new ListFile<DutyReport.Row>(S, Shown.Name)
            .With("duty.unit", row => row.Name, 36).With("unit.code", row => row.Code, 14).With("coverage.kind", row => S.Word(row.Kind), 28).With("coverage.place", row => row.Place, 24).With("duty.officer", row => row.Able ? row.Officer : null, 28)
            .With("unit.telephone", row => row.Telephone, 18).With("duty.standing", row => S.Word(row.Standing), 20).With("duty.due", _ => Screen.Show(Shown.Days.Moment(on)), 18).With("duty.at", row => row.At is { } at ? Screen.Show(at) : null, 18).With("duty.note", row => row.Nothing ? S["duty.nothing"] : row.Note, 40), all, form);
    }

    public Task<IActionResult> OnPostEndAsync() => EndAsync(ended: true);

    public Task<IActionResult> OnPostRestoreAsync() => EndAsync(ended: false);

    private async Task<IActionResult> EndAsync(bool ended)
    {
        if (await report.OneAsync(Id, Ct) is not { } duty || !(await keep.EndAsync(Id, ended, Ct)).Done) return await NotHereAsync("duty", Id);
        return ended ? DoneWithUndo(Links.Duty(Id), "duty.was-ended", Links.Handler(Links.Duty(Id), "Restore"), ("name", duty.Name)) : Done(Links.Duty(Id), "duty.was-restored", ("name", duty.Name));
    }

    public async Task<IActionResult> OnPostRemindAsync()
    {
        if (await LoadAsync(null) is { } refused) return refused;
        if (On is not { } on) return await NotHereAsync("duty", Id);
        var outcome = await remind.RunAsync(Shown, on, Ct);
        return outcome.Done ? Done(Here, "duty.reminded", ("told", outcome.Value.Told), ("asked", outcome.Value.Asked)) : RefusedAt(Here, outcome.Problem);
    }

    public async Task<IActionResult> OnPostCopyAsync()
    {
        if (await LoadAsync(null) is { } refused) return refused;
        if (From is null) return Refuse([Refusals.Required("from")], "");
        if (await report.OneAsync(From.Value, Ct) is null) return await NotHereAsync("duty", From);
        var outcome = await officers.CopyAsync(Intent, Id, From.Value, Ct);
        return outcome.Done ? DoneWithUndo(Here, "duty.copied", Links.Handler(Links.Duty(Id), "Uncopy") + $"&of={Intent}", ("n", outcome.Value)) : Refuse([outcome.Problem], "");
    }

    public async Task<IActionResult> OnPostUncopyAsync(Guid of)
    {
        if (await report.OneAsync(Id, Ct) is null) return await NotHereAsync("duty", Id);
        var outcome = await officers.UncopyAsync(Id, of, Ct);
        return outcome.Done ? Done(Links.Duty(Id), "duty.uncopied", ("n", outcome.Value)) : await NotHereAsync("duty-copy", of);
    }

    /// <summary>What is asked for; a refusal where the address cannot be read or names what is not the visitor's, or no day on which it is due.</summary>
    private async Task<IActionResult?> LoadAsync(string? behind)
    {
        var duties = await report.DutiesAsync(ended: false, Ct);
        // One that has ended, or that somebody above asks for, is looked at by itself.
        if ((duties.FirstOrDefault(one => one.Id == Id && one.Own) ?? await report.OneAsync(Id, Ct)) is not { } duty) return await NotHereAsync("duty", Id);
        Shown = duty;
        Asked = DutyAddress.Read(Request.Query, out var faults);
        if (faults.Count > 0) return Refuse(faults, "");
        if (Asked.On is { } asked && !duty.Days.Falls(asked)) return await NotHereAsync("duty-day", $"{Id} {asked:yyyy-MM-dd}");
        On = Asked.On ?? duty.Days.Current(S.Now);
        if (On is not { } on) return null;
        (Before, After) = (duty.Days.OnOrBefore(on.AddDays(-1)), duty.Days.OnOrAfter(on.AddDays(1)) is { } next && next <= (duty.Days.Next(S.Now) ?? next) ? next : null);
        Found = await report.FindAsync(duty, on, Asked.Filter, behind, Ct);
        Others = [.. duties.Where(other => other.Id != Id)];
        return null;
    }

    /// <summary>Whether the visitor may end it.</summary>
    public bool MayChange => Shown.Own && S.May(Permission.ManageAccounts);

    public DutyReport.Counts All => Sum(Found.Districts);

    /// <summary>In the chosen district, or everywhere.</summary>
    public DutyReport.Counts InArea => Sum(Found.Districts.Where(district => Asked.Area.Value == 0 || district.Area == Asked.Area));

    private static DutyReport.Counts Sum(IEnumerable<DutyReport.District> districts) => DutyReport.Counts.Sum(districts.Select(district => district.Counts));

    public string Here => (Asked with { On = On }).Of(Links.Duty(Id));

    public string Handle(string handler) => Links.Handler(Here, handler);

    public string Tab(DutyStanding? standing) => (Asked with { On = On, Standing = standing }).Of(Links.Duty(Id));

    public string Cell(AreaId area, DutyStanding? standing) => new DutyAddress(On, area, standing).Of(Links.Duty(Id)) + "#list";

    public bool Paged => Request.Query.ContainsKey("behind");

    public string? AreaName => Found.Districts.FirstOrDefault(district => Asked.Area.Value != 0 && district.Area == Asked.Area)?.Name;
}
