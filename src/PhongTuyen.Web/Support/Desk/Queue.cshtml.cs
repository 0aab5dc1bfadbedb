using Microsoft.AspNetCore.Mvc;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Support;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Support.Desk;

/// <summary>What users of the area reported, by deadline: the queue of the IT team; officers see it and how much of it is late.</summary>
public sealed class QueueModel(Db db, ReportsList reports, AreaStore areas) : HousePage(db)
{
    public ReportFilter Filter { get; private set; } = new();
    public ReportsList.Found Found { get; private set; } = new([], null);
    public (int New, int Taken, int Answered, int Late, int Mine) Counts { get; private set; }
    public IReadOnlyList<ReportsList.District> Districts { get; private set; } = [];
    public bool Paged { get; private set; }
    private string? unitName;

    public async Task<IActionResult> OnGetAsync(string? behind)
    {
        if (await ReadAsync() is { } answer) return answer;
        var place = ReportLook.Place(behind);
        Paged = place is not null;
        Counts = await reports.CountsAsync(Filter, Ct);
        Districts = await reports.DistrictsAsync(Ct);
        Found = await reports.FindAsync(Filter, place, Ct);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(string? form)
    {
        if (await ReadAsync() is { } answer) return answer;
        var all = EveryPage.OfAsync<ReportsList.Row, (DateTimeOffset At, Guid Id)?>(async behind =>
        {
            var found = await reports.FindAsync(Filter, behind, Ct, EveryPage.Rows);
            return (found.Rows, found.More);
        });
        return await TakenAsync("reports", new ListFile<ReportsList.Row>(S, S["support.queue"])
            .With("support.what-happened", row => row.What, 60).With("support.screen", row => row.Screen is { } screen ? ReportedScreen.Shown(S, screen) : null, 28).With("support.unit", row => row.Unit, 32).With("support.place", row => row.Place, 32).With("support.state", row => S.Word(row.State))
            .With("support.taken-by", row => row.TakenName, 24).With("support.reported", row => row.ReportedAt).With("support.due", row => row.DueAt).With("support.late", row => row.Late ? S["form.yes"] : null), all, form);
    }

    /// <summary>What the address asks for; an answer where that is not the visitor's.</summary>
    private async Task<IActionResult?> ReadAsync()
    {
        Filter = QueueAddress.Read(Request.Query, out var faults);
        if (faults.Count > 0) return Refuse(faults, "");
        if (Filter.Unit.Value != 0 && await UnitHereAsync(Filter.Unit) is not { Length: > 0 } unit) return await NotHereAsync("unit", Filter.Unit);
        if (Filter.Area.Value != 0 && !await AreaHereAsync(Filter.Area)) return await NotHereAsync("area", Filter.Area);
        return null;
    }

    /// <summary>What is still to be answered, what was, what is closed: each report stands in one of them.</summary>
    public IReadOnlyList<(ReportState? State, string Word, int? N)> Tabs => [(null, "support.open", Counts.New + Counts.Taken), (ReportState.Answered, "word.ReportState.Answered", Counts.Answered), (ReportState.Closed, "word.ReportState.Closed", null)];

    public ReportState? Tab => Filter.State is ReportState.Answered or ReportState.Closed ? Filter.State : null;

    /// <summary>The districts that have something to be answered, and the one that the list is narrowed to.</summary>
    public IEnumerable<(AreaId Area, string Name)> Places => Districts.Where(district => district.Name is not null).Select(district => (district.Area, district.Name!))
        .Concat(Filter.Area.Value != 0 && Districts.All(district => district.Area != Filter.Area) ? [(Filter.Area, AreaName)] : []);

    public IEnumerable<(string Text, string Without)> Chips()
    {
        if (Filter.State is ReportState.New or ReportState.Taken) yield return (S.Word(Filter.State.Value), QueueAddress.Of(Filter with { State = null }));
        if (unitName is { } unit) yield return (unit, QueueAddress.Of(Filter with { Unit = default }));
        if (Filter.Area.Value != 0) yield return (AreaName, QueueAddress.Of(Filter with { Area = default }));
        if (Filter.Late) yield return (S["support.late"], QueueAddress.Of(Filter with { Late = false }));
        if (Filter.Mine) yield return (S["support.taken-by-me"], QueueAddress.Of(Filter with { Mine = false }));
    }

    private string AreaName => areas.Book.Find(Filter.Area)?.Name ?? "";

    private async Task<string?> UnitHereAsync(UnitId unit) =>
        unitName = await Db.Connection.ValueAsync<string>("SELECT name FROM pt.unit WHERE id = $1 AND pt.in_scope(id, province_id, district_id, commune_id)", Ct, unit.Value);

    private Task<bool> AreaHereAsync(AreaId area) => Db.Connection.ValueAsync<bool>("""
        SELECT EXISTS (SELECT 1 FROM pt.area WHERE id = $1 AND pt.in_scope(0, province_id, district_id, commune_id))
          OR EXISTS (SELECT 1 FROM pt.unit u WHERE u.id = ANY ((SELECT pt.ints('pt.units'))::int[]) AND (u.district_id = $1 OR u.province_id = $1))
        """, Ct, area.Value);
}
