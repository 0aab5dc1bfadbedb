using System.Net.Mail;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PhongTuyen.Data;
using PhongTuyen.Data.Keys;
using PhongTuyen.Kernel;

namespace PhongTuyen.Outbox;

/// <summary>
/// Sends what is due. A message is leased, sent, and only then marked; if the program dies in between, its acceptance is unknown: an alert
/// goes again with the same key (<c>Message-ID</c>), anything else waits for a person; the same where the server fell silent. A message that
/// always fails is parked and holds up nobody.
/// </summary>
public sealed class OutboxSender(Database database, FieldCipher cipher, OutboxSettings settings, TimeProvider clock, ILogger<OutboxSender> log) : RecurringWork(settings.On ? TimeSpan.FromSeconds(1) : CleanEvery, "The outbox could not be worked on", clock, log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);

    private const int ForgottenAtOnce = 5000;

    private sealed record Due(Guid Id, bool Alert, byte[] Content, short Attempts, Guid Lease);

    private const short Waiting = 0, Sent = 1, AcceptanceUnknown = 2, Parked = 3;

    private DateTimeOffset cleaned = DateTimeOffset.MinValue;

    // Without a server nothing is sent, and what was sent before is forgotten all the same.
    protected override async Task TurnAsync(CancellationToken ct)
    {
        while (settings.On && await SendNextAsync(ct)) { }
        if (Clock.GetUtcNow() - cleaned < CleanEvery) return;
        await ForgetAsync(ct);
        cleaned = Clock.GetUtcNow();
    }

    /// <summary>Sends one message. False when nothing is due.</summary>
    public async Task<bool> SendNextAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var now = Clock.GetUtcNow();
        // A lease that ran out means that the sender died after it may have sent: an alert is due again, other mail is of unknown acceptance.
        await connection.RunAsync("UPDATE pt.outbox_message SET state = CASE WHEN alert THEN 0 ELSE 2 END, leased_until = NULL, lease = NULL, fault = 'sender-died' WHERE state = 0 AND leased_until < $1", ct, now);
        var due = await connection.RowAsync<Due?>("""
            UPDATE pt.outbox_message SET lease = $2, leased_until = $3, attempts = attempts + 1 WHERE id = (
              SELECT id FROM pt.outbox_message WHERE state = 0 AND due_at <= $1 AND leased_until IS NULL ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, alert, content, attempts, lease
            """, r => new Due(r.GetGuid(0), r.GetBoolean(1), r.GetFieldValue<byte[]>(2), r.GetInt16(3), r.GetGuid(4)), ct, now, Clock.NewGuid(), now + Lease);
        if (due is null) return false;
        var (fault, sure) = await TrySendAsync(due, ct);
        var state = fault is null ? Sent : !sure && !due.Alert ? AcceptanceUnknown : due.Attempts >= settings.Tries ? Parked : Waiting;
        await connection.RunAsync("""
            UPDATE pt.outbox_message SET state = $3, sent_at = $4, fault = $5, due_at = $6, leased_until = NULL, lease = NULL WHERE id = $1 AND lease = $2
            """, ct, due.Id, due.Lease, state, fault is null ? Clock.GetUtcNow() : null, fault, Clock.GetUtcNow() + Pause(due.Attempts));
        if (state is AcceptanceUnknown or Parked) log.LogError("A message waits for somebody to look at it after {Attempts} attempts: {Fault}", due.Attempts, fault);
        return true;
    }

    /// <summary>Forgets what was sent long ago; what waits for a person stays until somebody decides.</summary>
    /// <returns>How many.</returns>
    public async Task<long> ForgetAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        var until = Clock.GetUtcNow().AddDays(-settings.KeepDays);
        long all = 0;
        while (true)
        {
            var gone = await connection.ValueAsync<long>($"""
                WITH gone AS (DELETE FROM pt.outbox_message WHERE id IN (SELECT id FROM pt.outbox_message WHERE state = 1 AND sent_at < $1 ORDER BY sent_at LIMIT {ForgottenAtOnce}) RETURNING 1) SELECT count(*) FROM gone
                """, ct, until);
            all += gone;
            if (gone < ForgottenAtOnce) return all;
        }
    }

    /// <summary>5 s, 25 s, 2 min, 10 min, 52 min, then each hour.</summary>
    private static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(5, attempts)));

    /// <summary>The class of the fault, or null when the server took the message; and whether it is sure that it did not.</summary>
    private async Task<(string? Fault, bool Sure)> TrySendAsync(Due due, CancellationToken ct)
    {
        var patience = TimeSpan.FromSeconds(settings.Seconds);
        try
        {
            var letter = JsonSerializer.Deserialize<Letter>(cipher.Open(due.Content, "outbox_message", due.Id, "content"))!;
            // One bare address: a list of them, or one with anything beside it, is refused.
            if (!MailAddress.TryCreate(letter.To, out var to) || to.Address != letter.To) return ("not-an-address", true);
            using var mail = new MailMessage(new MailAddress(settings.From), to)
            {
                Subject = letter.Subject, Body = letter.Text, BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8, BodyTransferEncoding = System.Net.Mime.TransferEncoding.Base64,
            };
            // The same key at every try, so that the receiving side can tell a repetition.
            mail.Headers.Add("Message-ID", $"<{due.Id}@phongtuyen>");
            // Its own limit, by itself a hundred seconds, holds for the farewell too. It comes after ours: it ends in a fault that cannot be told
            // from a refusal, and the token alone does not end a wait for an answer.
            using var smtp = new SmtpClient(settings.Server, settings.Port) { EnableSsl = settings.Encrypted, Timeout = (int)(2 * patience).TotalMilliseconds };
            if (settings.UserName.Length > 0) smtp.Credentials = new System.Net.NetworkCredential(settings.UserName, settings.Password);
            await smtp.SendMailAsync(mail, ct).WaitAsync(patience, Clock, ct);
            return (null, true);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            return fault switch
            {
                TimeoutException => ("smtp-silent", false),
                SmtpException { InnerException: IOException } => ("smtp-cut-off", false),
                SmtpException smtp => ($"smtp-{smtp.StatusCode}", true),
                _ => (fault.GetType().Name, true),
            };
        }
    }
}
