using Microsoft.Extensions.Logging;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;

namespace PhongTuyen.Notices;

/// <summary>Reminds by itself, in the morning of each of the last days before a deadline, and after it until it is met or taken back; and of keys of programs that end soon.</summary>
public sealed class AccountReminders(Database database, FieldCipher cipher, OutboxSettings mail, Words words, AccountSettings settings, KeySettings keys, TimeProvider clock, ILogger<AccountReminders> log) : RecurringWork(TimeSpan.FromMinutes(15), "The reminders of accounts could not be sent", clock, log)
{
    /// <summary>The hour of Viet Nam from which people are reminded.</summary>
    private const int Morning = 7;

    protected override Task TurnAsync(CancellationToken ct) => Clock.GetUtcNow().Local().Hour >= Morning ? RunAsync(ct) : Task.CompletedTask;

    /// <returns>How many were told now.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var all = keys.RemindDays == 0 ? 0 : await connection.ValueAsync<int>("SELECT pt.remind_of_keys($1, 'notice.key-ends', '/desk/accounts/keys/', $2)", ct, keys.RemindDays, Clock.GetUtcNow());
        if (settings.RemindDays == 0) return all;
        var due = await connection.RowsAsync("SELECT id, due, paper FROM pt.account_deadline WHERE withdrawn_at IS NULL AND due - $1 <= $2 AND $1 - due <= $3 ORDER BY due, id",
            r => (Id: r.GetGuid(0), Due: r.GetFieldValue<DateOnly>(1), Paper: r.GetString(2)), ct, Clock.Today(), settings.RemindDays, settings.RemindDaysAfter);
        foreach (var deadline in due)
        {
            await using var whole = await connection.BeginTransactionAsync(ct);
            var told = await RemindOfAccounts.TellAsync(connection, deadline.Id, null, Clock, ct);
            if (mail.On) foreach (var (intent, letter) in RemindOfAccounts.Mail(deadline.Id, deadline.Due, deadline.Paper, told, words, Clock.Today())) await Letters.PostAsync(connection, cipher, Clock, intent, letter, alert: false, ct);
            await whole.CommitAsync(ct);
            all += told.Count(one => one.Now);
        }
        return all;
    }
}
