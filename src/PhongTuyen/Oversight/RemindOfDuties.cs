using System.Text.Json;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;

namespace PhongTuyen.Oversight;

/// <summary>
/// Tells those who are answerable for data that are due or late, in the program and by mail where they have an address: the named officers; for a unit without
/// one who could do it, the nearest who manages its accounts; once it is late, the nearest manager above as well.
/// </summary>
public sealed class RemindOfDuties(Db db, Letters letters, OutboxSettings mail, Words words, TimeProvider clock)
{
    private static readonly short[] Entering = Roles.With(Permission.EnterData), Managers = Roles.With(Permission.ManageAccounts);

    /// <param name="Told">Who were told now; whoever was told today already is not.</param>
    /// <param name="Asked">All who are answerable for something that is missing.</param>
    public sealed record Result(int Told, int Asked);

    /// <summary>What is told: of which duty, for which day.</summary>
    internal sealed record About(Guid Duty, string Name, DateOnly Due, DateTimeOffset Moment);

    internal sealed record One(string? Email, Language Language, int Owing, bool Now);

    /// <summary>By hand, for the visitor's own units.</summary>
    public Task<Outcome<Result>> RunAsync(DutyReport.Duty duty, DateOnly due, CancellationToken ct) => db.WholeAsync<Result>(async () =>
    {
        if (!duty.Days.Falls(due)) return Problems.NotDue(due);
        var about = new About(duty.Id, duty.Name, due, duty.Days.Moment(due));
        var cause = $"duty/{duty.Id}/{due:yyyy-MM-dd}/by-hand/{clock.Today():yyyy-MM-dd}";
        var told = await TellAsync(db.Connection, about, cause, scoped: true, clock, ct);
        if (told.Count == 0) return Problems.NobodyToRemind();
        if (mail.On) foreach (var (intent, letter) in Mail(about, cause, told, words, clock.GetUtcNow())) await letters.PostAsync(intent, letter, alert: false, ct);
        db.Tell(new DutyUrged(duty.Id, due, told.Count(one => one.Now)));
        await db.SaveChangesAsync(ct);
        return new Result(told.Count(one => one.Now), told.Count);
    }, ct);

    /// <param name="cause">Names the intent: nobody is told twice of the same.</param>
    /// <param name="scoped">Only of the visitor's units; otherwise of all.</param>
    internal static Task<List<One>> TellAsync(NpgsqlConnection connection, About about, string cause, bool scoped, TimeProvider clock, CancellationToken ct)
    {
        var late = about.Moment <= clock.GetUtcNow();
        return connection.RowsAsync("SELECT * FROM pt.remind_of_duty($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", r => new One(r.Text(0), (Language)r.GetInt16(1), r.GetInt32(2), r.GetBoolean(3)), ct,
            about.Duty, about.Due, late, scoped, Entering, Managers, cause, Text(late),
            JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = about.Name, ["due"] = Words.Show(about.Moment) }), $"/desk/oversight/duty/{about.Duty}?on={about.Due:yyyy-MM-dd}", clock.GetUtcNow());
    }

    /// <summary>One mail to each address that was told now: names no person, leads to the page.</summary>
    internal static IEnumerable<(string Intent, Letter Letter)> Mail(About about, string cause, IEnumerable<One> told, Words words, DateTimeOffset now) =>
        from one in told
        where one is { Now: true, Email: not null }
        let text = words.Say(one.Language, Text(about.Moment <= now), ("n", one.Owing), ("name", about.Name), ("due", about.Moment))
        select (Letters.Intent(cause, one.Email!), new Letter(one.Email!, words.Say(one.Language, "notice.duty-subject", ("name", about.Name), ("due", about.Moment)), text + "\n\n" + words.Say(one.Language, "notice.duty-where")));

    private static string Text(bool late) => late ? "notice.duty-late" : "notice.duty-due";
}
