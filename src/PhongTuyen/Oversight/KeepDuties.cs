using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Units;

namespace PhongTuyen.Oversight;

/// <summary>Asks data of the units below one of the visitor's own, ends that, and takes the end back.</summary>
public sealed class KeepDuties(Db db, TimeProvider clock)
{
    /// <summary>So many days ahead the first day may lie: the next year is planned, the next century is a slip of the hand.</summary>
    private const int Farthest = 400;

    private static readonly string[] Hours = ["H:mm", "HH:mm", "H'h'", "HH'h'", "H'h'mm", "HH'h'mm", "H 'giờ'", "H 'giờ' mm", "%H"];

    /// <param name="Intent">Made by the sender.</param>
    /// <param name="Unit">The units below it owe.</param>
    /// <param name="Kind">Those of this kind; null: all.</param>
    /// <param name="DueAt">An hour of the day, as people write it: 16:00, 7h30.</param>
    public sealed record Input(Guid Intent, UnitId Unit, UnitKind? Kind, [property: Most(DataDuty.NameMost)] string? Name, [property: Most(DataDuty.GuidanceMost)] string? Guidance, [property: Most(DataDuty.PaperMost)] string? Paper,
        DutyRhythm? Rhythm, DateOnly? Since, DateOnly? Until, string? DueAt);

    public Task<Outcome<Guid>> RunAsync(Input input, CancellationToken ct) => db.OnceAsync(input.Intent, "duty.set", input, async () =>
    {
        if (!db.Scope.Units.Contains(input.Unit)) return Refusals.NotFound();
        var (faults, now) = (new List<Problem>(), clock.GetUtcNow());
        var (name, paper) = (VietnameseText.Clean(input.Name), VietnameseText.Clean(input.Paper));
        if (name is null) faults.Add(Refusals.Required("name"));
        if (paper is null) faults.Add(Refusals.Required("paper"));
        if (input.Rhythm is null) faults.Add(Refusals.Required("rhythm"));
        var at = default(TimeOnly);
        if (VietnameseText.Clean(input.DueAt) is not { } hour) faults.Add(Refusals.Required("dueAt"));
        else if (!TimeOnly.TryParseExact(hour, Hours, CultureInfo.InvariantCulture, DateTimeStyles.None, out at)) faults.Add(Problems.TimeForm());
        if (input.Since is not { } since) faults.Add(Refusals.Required("since"));
        else if (since < now.LocalDay()) faults.Add(Problems.SincePassed());
        else if (since.DayNumber - now.LocalDay().DayNumber > Farthest) faults.Add(Problems.SinceFarAway(Farthest));
        else if (input.Rhythm is DutyRhythm.Workdays && since.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) faults.Add(Problems.SinceNoWorkday());
        else if (input.Until < since) faults.Add(Problems.UntilBeforeSince());
        if (!await db.Connection.ValueAsync<bool>("""
            WITH RECURSIVE below AS (SELECT id, kind, valid_to FROM pt.unit WHERE parent_id = $1 UNION ALL SELECT u.id, u.kind, u.valid_to FROM pt.unit u JOIN below b ON u.parent_id = b.id)
            SELECT EXISTS (SELECT 1 FROM below WHERE valid_to IS NULL AND ($2 = 0 OR kind = $2))
            """, ct, input.Unit.Value, (int)(input.Kind ?? 0))) faults.Add(Problems.NobodyBelow());
        if (faults.Count > 0) return faults;
        var duty = new DataDuty
        {
            Id = input.Intent, UnitId = input.Unit, Kind = input.Kind, Name = name!, Guidance = Lines(input.Guidance), Paper = paper!, Rhythm = input.Rhythm!.Value, Since = input.Since!.Value,
            Until = input.Rhythm is DutyRhythm.Once ? null : input.Until, DueAt = at, EnteredAt = now, EnteredBy = db.Visitor!.Account,
        };
        db.Add(duty);
        db.Tell(new DutyChanged(duty.Id, duty.UnitId, Ended: false));
        await db.SaveChangesAsync(ct);
        return (Outcome<Guid>)duty.Id;
    }, ct);

    /// <summary>Each line cleaned, empty ones left out; null: nothing was written.</summary>
    private static string? Lines(string? text) => string.Join('\n', (text ?? "").Split('\n').Select(VietnameseText.Clean).Where(line => line is not null)) is { Length: > 0 } lines ? lines : null;

    /// <summary>Ends it from now on, or takes that back. What was due before stays owed.</summary>
    public Task<Outcome<Nothing>> EndAsync(Guid id, bool ended, CancellationToken ct) => db.WholeAsync<Nothing>(async () =>
    {
        if (await db.FindAsync<DataDuty>([id], ct) is not { } duty || !db.Scope.Units.Contains(duty.UnitId)) return Refusals.NotFound();
        if (duty.EndedAt is not null == ended) return Nothing.Value;
        duty.EndedAt = ended ? clock.GetUtcNow() : null;
        db.Tell(new DutyChanged(id, duty.UnitId, ended));
        await db.SaveChangesAsync(ct);
        return Nothing.Value;
    }, ct);
}
