using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.People.Contract;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Web.Shared;

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
    public DateTimeOffset? Older { get; private set; }

    public async Task OnGetAsync(long? before)
    {
        To ??= S.Today;
        From ??= To;
        if (From > To) (From, To) = (To, From);
        if (To.Value.DayNumber - From.Value.DayNumber > 92) From = To.Value.AddDays(-92);
        Sum = await entries.SumAsync(From.Value, To.Value, Ct);
        var acts = await entries.ActsAsync(From.Value, To.Value, By, before is { } ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, Ct);
        Acts = [.. acts.Take(100)];
        if (acts.Count > 100) Older = Acts[^1].At;
    }

    /// <summary>What was changed, in words; columns that say nothing to a person are left out.</summary>
    public IReadOnlyList<(string Label, string Before, string After)> Told(EntriesOfUnit.Act act) =>
        [.. from change in act.Changes let key = "field." + change.Field let label = S[key] where label != key select (label, Say(change.Field, change.Before), Say(change.Field, change.After))];

    private string Say(string field, string? value)
    {
        if (string.IsNullOrEmpty(value)) return S["form.nothing"];
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Screen.Day(day);
        if (value.Length > 10 && value[4] == '-' && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return Screen.Show(moment);
        return Words.GetValueOrDefault(field) is { } type && S[$"word.{type}.{value}"] is var word && !word.StartsWith("word.", StringComparison.Ordinal) ? word : value;
    }

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["state"] = nameof(StayState), ["ended_as"] = nameof(StayEnd), ["class"] = nameof(StayClass), ["severity"] = nameof(Severity), ["reason"] = nameof(StayReason), ["protection"] = nameof(Protection), ["sex"] = nameof(Sex),
    };

    /// <summary>Where an act leads.</summary>
    public static string? LinkOf(EntriesOfUnit.Act act) => act.SubjectKind switch
    {
        "stay" when StayId.TryParse(act.SubjectId, out var id) => Links.Stay(id),
        "person" when PersonId.TryParse(act.SubjectId, out var id) => Links.Person(id),
        "case" when CaseId.TryParse(act.SubjectId, out var id) => Links.Case(id),
        "import" when ImportId.TryParse(act.SubjectId, out var id) => Links.Import(id),
        "decision" when Guid.TryParse(act.SubjectId, out var id) => Links.Decision(id),
        "facility" when UnitId.TryParse(act.SubjectId, out var id) => Links.Facility(id),
        _ => null,
    };
}
