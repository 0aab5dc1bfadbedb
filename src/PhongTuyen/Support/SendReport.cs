using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Support;

/// <summary>A user reports that something does not work. The team that looks after the unit is told; where there is none, the administrators above it.</summary>
public sealed class SendReport(Db db, SupportSettings settings, TimeProvider clock)
{
    /// <param name="Id">Made by the sender.</param>
    /// <param name="Screen">Name of the page; null: no particular one.</param>
    /// <param name="Trace">What the page of a fault said.</param>
    public sealed record Input(Guid Id, [property: Most(SupportReport.WhatMost)] string? What, [property: Most(SupportReport.ScreenMost)] string? Screen, [property: Most(SupportReport.TraceMost)] string? Trace);

    /// <summary>Nobody chooses them: the version of the program and, in two words, the browser.</summary>
    public sealed record Machine(string Program, string? Device);

    public Task<Outcome<Guid>> RunAsync(Input input, Machine machine, CancellationToken ct) => db.OnceAsync(input.Id, "support.report", input, () => SendAsync(input, machine, ct), ct);

    private async Task<Outcome<Guid>> SendAsync(Input input, Machine machine, CancellationToken ct)
    {
        var what = SupportRules.Read(input.What, "what");
        if (!what.Done) return what.As<Guid>();
        var (visitor, now) = (db.Visitor!, clock.GetUtcNow());
        // One account at a time: two forms sent at once count each other.
        await db.Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended('support' || $1::text, 0))", ct, visitor.Account.Value);
        if (await db.Connection.ValueAsync<long>("SELECT count(*) FROM pt.support_report WHERE account_id = $1 AND reported_at > $2", ct, visitor.Account.Value, now.AddDays(-1)) >= settings.ReportsADay) return Problems.TooMany(settings.ReportsADay);
        var place = await db.Connection.RowAsync("""
            SELECT u.name, CASE WHEN u.province_id <> 0 THEN u.province_id ELSE coalesce(a.province_id, 0) END, CASE WHEN u.province_id <> 0 THEN u.district_id ELSE coalesce(a.district_id, 0) END,
              CASE WHEN u.province_id <> 0 THEN u.commune_id ELSE coalesce(a.commune_id, 0) END
            FROM pt.unit u LEFT JOIN pt.area a ON a.id = u.covers_area_id WHERE u.id = $1
            """, r => (Unit: r.GetString(0), Area: new AreaKeys(new(r.GetInt32(1)), new(r.GetInt32(2)), new(r.GetInt32(3)))), ct, visitor.Unit.Value);
        var report = new SupportReport
        {
            Id = input.Id, AccountId = visitor.Account, Name = visitor.DisplayName, UnitId = visitor.Unit, ProvinceId = place.Area.Province, DistrictId = place.Area.District, CommuneId = place.Area.Commune,
            Screen = VietnameseText.Clean(input.Screen), Trace = VietnameseText.Clean(input.Trace), Program = machine.Program, Device = VietnameseText.Clean(machine.Device), What = what.Value, ReportedAt = now, DueAt = now.AddHours(settings.AnswerHours),
        };
        db.Add(report);
        db.Tell(new ReportSent(report.Id));
        await db.SaveChangesAsync(ct);
        await TellTeamAsync(db, report.Id, report.Id, "notice.support-new", new() { ["unit"] = place.Unit, ["due"] = Words.Show(report.DueAt) }, ct);
        return report.Id;
    }

    /// <summary>The one of the team who has the report; else the whole team; else the administrators.</summary>
    /// <param name="step">What happened: told once.</param>
    internal static Task TellTeamAsync(Db db, Guid report, Guid step, string text, Dictionary<string, string> details, CancellationToken ct) => db.Connection.RunAsync(
        "SELECT pt.tell_support($1, $2, $3, $4, $5, $6, $7, $8)", ct, $"support/{step}", report, Team, Above, text, JsonSerializer.Serialize(details), $"/desk/support/report/{report}", db.Clock.GetUtcNow());

    private static readonly short[] Team = [(short)Role.TechnologyTeam], Above = [(short)Role.Administrator];
}
