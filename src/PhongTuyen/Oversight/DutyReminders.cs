using Microsoft.Extensions.Logging;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;

namespace PhongTuyen.Oversight;

/// <summary>Reminds by itself: once in the last hours before data are due, as soon as they are late, and in the mornings behind it until they are there.</summary>
public sealed class DutyReminders(Database database, FieldCipher cipher, OutboxSettings mail, Words words, OversightSettings settings, TimeProvider clock, ILogger<DutyReminders> log) : RecurringWork(TimeSpan.FromMinutes(5), "The reminders of data could not be sent", clock, log)
{
    /// <summary>The hour of Viet Nam from which people are reminded of another day.</summary>
    private const int Morning = 7;

    protected override Task TurnAsync(CancellationToken ct) => RunAsync(ct);

    /// <returns>How many were told now.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var now = Clock.GetUtcNow();
        var duties = await connection.RowsAsync("SELECT id, name, rhythm, since, until, due_at, ended_at FROM pt.oversight_duty WHERE since - 8 <= $1 AND (until IS NULL OR until + 61 >= $1) AND (ended_at IS NULL OR ended_at > $2) ORDER BY id",
            r => (Id: r.GetGuid(0), Name: r.GetString(1), Days: new DutyDays((DutyRhythm)r.GetInt16(2), r.GetFieldValue<DateOnly>(3), r.Maybe<DateOnly>(4), r.GetFieldValue<TimeOnly>(5), r.Maybe<DateTimeOffset>(6))), ct, now.LocalDay(), now.AddDays(-61));
        var all = 0;
        foreach (var (id, name, days) in duties)
        {
            if (days.Next(now) is { } next && settings.RemindHours > 0 && days.Moment(next) - now <= TimeSpan.FromHours(settings.RemindHours)) all += await TellAsync(next, "before");
            if (days.Last(now) is { } last && now - days.Moment(last) <= TimeSpan.FromDays(settings.RemindDaysAfter) && (last == now.LocalDay() || now.Local().Hour >= Morning)) all += await TellAsync(last, $"late/{now.LocalDay():yyyy-MM-dd}");

            async Task<int> TellAsync(DateOnly due, string when)
            {
                var (about, cause) = (new RemindOfDuties.About(id, name, due, days.Moment(due)), $"duty/{id}/{due:yyyy-MM-dd}/{when}");
                await using var whole = await connection.BeginTransactionAsync(ct);
                var told = await RemindOfDuties.TellAsync(connection, about, cause, scoped: false, Clock, ct);
                if (mail.On) foreach (var (intent, letter) in RemindOfDuties.Mail(about, cause, told, words, now)) await Letters.PostAsync(connection, cipher, Clock, intent, letter, alert: false, ct);
                await whole.CommitAsync(ct);
                return told.Count(one => one.Now);
            }
        }
        return all;
    }
}
