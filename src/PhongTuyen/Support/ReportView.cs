using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>One report with all that happened to it.</summary>
public sealed class ReportView(Db db, TimeProvider clock)
{
    /// <param name="Telephone">Of the unit, to call back.</param>
    public sealed record Shown(SupportReport Report, string Unit, string? Telephone, IReadOnlyList<SupportEntry> Steps, bool Late);

    /// <summary>A report that one sent or that comes from one's units; null: not there, or not the visitor's.</summary>
    public async Task<Shown?> OfAsync(Guid id, CancellationToken ct)
    {
        // Not kept: an act on it reads it anew, behind its lock.
        if (await db.Set<SupportReport>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct) is not { } report) return null;
        var steps = await db.Connection.RowsAsync("SELECT id, kind, account_id, name, text, at FROM pt.support_entry WHERE report_id = $1 ORDER BY at, id",
            r => new SupportEntry { Id = r.GetGuid(0), ReportId = id, Kind = (EntryKind)r.GetInt16(1), AccountId = new AccountId(r.GetGuid(2)), Name = r.GetString(3), Text = r.Text(4), At = r.GetFieldValue<DateTimeOffset>(5) }, ct, id);
        var unit = await db.Connection.RowAsync("SELECT name, telephone FROM pt.unit WHERE id = $1", r => (Name: r.GetString(0), Telephone: r.Text(1)), ct, report.UnitId.Value);
        return new Shown(report, unit.Name, unit.Telephone, steps, report.State < ReportState.Answered && report.DueAt < clock.GetUtcNow());
    }

    /// <summary>The same for the team: of its own area only.</summary>
    public async Task<Shown?> OfTeamAsync(Guid id, CancellationToken ct) => await OfAsync(id, ct) is { } shown && db.Scope.Covers(shown.Report.UnitId, shown.Report.Area) ? shown : null;
}
