using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Oversight;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Oversight.Desk;

/// <summary>What one unit owes of one duty: said that it was supplied, day by day.</summary>
public sealed class UnitModel(Db db, DutyReport report, DeliverData deliver) : HousePage(db)
{
    public sealed class Fields
    {
        public string? Due { get; set; }
        public bool Nothing { get; set; }
        public string? Note { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnitId Unit { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public DutyReport.Duty Shown { get; private set; } = null!;
    public string UnitName { get; private set; } = "";
    public (AccountId Account, string Name, bool Able)? Officer { get; private set; }
    public IReadOnlyList<DutyReport.Day> Days { get; private set; } = [];

    /// <summary>What may be supplied now: the late ones, the oldest first, and the next.</summary>
    public IReadOnlyList<DutyReport.Day> Open => [.. Days.Where(day => day.At is null).Reverse()];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("duty", $"{Id} {Unit}");
        NewIntent();
        // What people come for: today's, else what was forgotten last, else the next.
        Form.Due = (Days.FirstOrDefault(day => day.At is null && day.Due == S.Today) ?? Days.FirstOrDefault(day => day.Standing is DutyStanding.Late) ?? Days.FirstOrDefault(day => day.At is null))?.Due is { } due ? Iso(due) : null;
        return Page();
    }

    public async Task<IActionResult> OnPostDeliverAsync()
    {
        if (!await LoadAsync()) return await NotHereAsync("duty", $"{Id} {Unit}");
        if (!ModelState.IsValid) return Refuse([]);
        if (!DateOnly.TryParseExact(Form.Due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due)) return Refuse(Refusals.NotOneOf("due"));
        var outcome = await deliver.RunAsync(new DeliverData.Input(Intent, Id, Unit, due, Form.Nothing, Form.Note), Ct);
        return outcome.Done
            ? DoneWithUndo(Links.DutyOfUnit(Id, Unit), "duty.was-delivered", Links.Handler(Links.DutyOfUnit(Id, Unit), "TakeBack") + $"&delivery={outcome.Value}", ("due", Shown.Days.Moment(due)))
            : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid delivery)
    {
        if (!await LoadAsync() || Days.All(day => day.Delivery != delivery)) return await NotHereAsync("delivery", delivery);
        var outcome = await deliver.TakeBackAsync(delivery, Ct);
        return outcome.Done ? Done(Links.DutyOfUnit(Id, Unit), "duty.was-taken-back") : Refuse(outcome.Problems);
    }

    private async Task<bool> LoadAsync()
    {
        if (await report.OneAsync(Id, Ct) is not { } duty || await report.DaysAsync(duty, Unit, Ct) is not { } days) return false;
        (Shown, Days) = (duty, days);
        Officer = await report.OfficerAsync(Id, Unit, Ct);
        UnitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1", Ct, Unit.Value) ?? "";
        return true;
    }

    /// <summary>A day as programs write it.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
