using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
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

    public async Task OnGetAsync(string? before)
    {
        To ??= S.Today;
        From ??= To;
        if (From > To) (From, To) = (To, From);
        if (To.Value.DayNumber - From.Value.DayNumber > 92) From = To.Value.AddDays(-92);
        Sum = await entries.SumAsync(From.Value, To.Value, Ct);
        var acts = await entries.ActsAsync(From.Value, To.Value, By, Clock.OfTicks(before), Ct);
        Acts = [.. acts.Take(100)];
        if (acts.Count > 100) Older = Acts[^1].At;
    }

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
