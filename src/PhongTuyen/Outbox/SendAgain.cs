using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Outbox;

/// <summary>Mail that waits for a person to look at it was begun again, from its first try.</summary>
/// <param name="Message">Null: all that had failed at every try.</param>
public sealed record MailSentAgain(Guid? Message, int HowMany) : IEvent
{
    public static string Act => "outbox.sent-again";
    public IReadOnlyList<PersonId> Persons => [];
    public (string, string) Subject => ("outbox", Message?.ToString() ?? "all");
}

/// <summary>
/// Begins mail again that waits for a person to look at it. One message: also such as may have arrived, because somebody has asked. All: only
/// those that failed at every try, so that nobody gets anything twice.
/// </summary>
public sealed class SendAgain(Db db)
{
    /// <returns>How many were begun again.</returns>
    public Task<Outcome<int>> RunAsync(Guid intent, Guid? message, CancellationToken ct) => db.OnceAsync(intent, "outbox.again", new { message }, async () =>
    {
        var many = await db.Connection.ValueAsync<int>("SELECT pt.outbox_again($1, $2)", ct, message, db.Clock.GetUtcNow());
        if (many == 0) return Problems.NothingToSendAgain();
        db.Tell(new MailSentAgain(message, many));
        await db.SaveChangesAsync(ct);
        return (Outcome<int>)many;
    }, ct);
}
