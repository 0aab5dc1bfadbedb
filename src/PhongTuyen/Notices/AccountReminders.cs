using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;

namespace PhongTuyen.Notices;

/// <summary>Reminds by itself, in the morning of each of the last days before a deadline, and after it until it is met or taken back.</summary>
public sealed class AccountReminders(Database database, FieldCipher cipher, OutboxSettings mail, Words words, AccountSettings settings, TimeProvider clock, ILogger<AccountReminders> log) : BackgroundService
{
    /// <summary>The hour of Viet Nam from which people are reminded.</summary>
    private const int Morning = 7;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(15), clock);
        do
        {
            try
            {
                if (settings.RemindDays > 0 && clock.GetUtcNow().Local().Hour >= Morning) await RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The reminders of accounts could not be sent; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>How many were told now.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var due = await connection.RowsAsync("SELECT id, due, paper FROM pt.account_deadline WHERE withdrawn_at IS NULL AND due - $1 <= $2 AND $1 - due <= $3 ORDER BY due, id",
            r => (Id: r.GetGuid(0), Due: r.GetFieldValue<DateOnly>(1), Paper: r.GetString(2)), ct, clock.Today(), settings.RemindDays, settings.RemindDaysAfter);
        var all = 0;
        foreach (var deadline in due)
        {
            await using var whole = await connection.BeginTransactionAsync(ct);
            var told = await RemindOfAccounts.TellAsync(connection, deadline.Id, null, clock, ct);
            if (mail.On) foreach (var (intent, letter) in RemindOfAccounts.Mail(deadline.Id, deadline.Due, deadline.Paper, told, words, clock.Today())) await Letters.PostAsync(connection, cipher, clock, intent, letter, alert: false, ct);
            await whole.CommitAsync(ct);
            all += told.Count(one => one.Now);
        }
        return all;
    }
}
