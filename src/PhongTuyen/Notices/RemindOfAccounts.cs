using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Outbox;

namespace PhongTuyen.Notices;

/// <summary>
/// Tells those who manage units that still lack accounts: the nearest above each unit who could make one, in the program and by mail where they have an
/// address, once a day however often it is asked for.
/// </summary>
public sealed class RemindOfAccounts(Db db, Letters letters, OutboxSettings mail, Words words, TimeProvider clock)
{
    private static readonly short[] Managers = Roles.With(Permission.ManageAccounts);

    /// <param name="Told">Who were told now; whoever was told today already is not.</param>
    /// <param name="Asked">All who are responsible for a unit that lacks accounts.</param>
    public sealed record Result(int Told, int Asked);

    /// <summary>By hand, for the visitor's own units.</summary>
    public Task<Outcome<Result>> RunAsync(Guid deadline, CancellationToken ct) => db.WholeAsync<Result>(async () =>
    {
        var asked = await db.Connection.RowAsync<(UnitId Unit, DateOnly Due, string Paper)?>("SELECT unit_id, due, paper FROM pt.account_deadline WHERE id = $1 AND withdrawn_at IS NULL", r => (new UnitId(r.GetInt32(0)), r.GetFieldValue<DateOnly>(1), r.GetString(2)), ct, deadline);
        if (asked is not { } found) return Refusals.NotFound();
        var told = await TellAsync(db.Connection, deadline, [.. db.Scope.Units.Select(unit => unit.Value)], clock, ct);
        if (mail.On) foreach (var (intent, letter) in Mail(deadline, found.Due, found.Paper, told, words, clock.Today())) await letters.PostAsync(intent, letter, alert: false, ct);
        db.Tell(new AccountsUrged(deadline, found.Unit, told.Count(one => one.Now), told.Sum(one => one.Lacking)));
        await db.SaveChangesAsync(ct);
        return new Result(told.Count(one => one.Now), told.Count);
    }, ct);

    internal sealed record One(string? Email, Language Language, int Lacking, bool Now);

    internal static Task<List<One>> TellAsync(NpgsqlConnection connection, Guid deadline, int[]? within, TimeProvider clock, CancellationToken ct) => connection.RowsAsync(
        "SELECT * FROM pt.remind_of_accounts($1, $2, $3, 'notice.accounts-lacking', $4, $5, $6)", r => new One(r.Text(0), (Language)r.GetInt16(1), r.GetInt32(2), r.GetBoolean(3)),
        ct, deadline, within is null ? new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Integer, Value = DBNull.Value } : within, Managers, $"/desk/accounts/coverage?deadline={deadline}&standing=Lacking", clock.Today(), clock.GetUtcNow());

    /// <summary>One mail to each address that was told now: names no person, leads to the page.</summary>
    internal static IEnumerable<(string Intent, Letter Letter)> Mail(Guid deadline, DateOnly due, string paper, IEnumerable<One> told, Words words, DateOnly today) =>
        from one in told
        where one is { Now: true, Email: not null }
        let text = words.Say(one.Language, "notice.accounts-lacking", ("n", one.Lacking), ("due", due), ("paper", paper))
        select (Letters.Intent($"coverage/{deadline}/{today:yyyy-MM-dd}", one.Email!),
            new Letter(one.Email!, words.Say(one.Language, "notice.accounts-lacking-subject", ("due", due)), text + "\n\n" + words.Say(one.Language, "notice.accounts-lacking-where")));
}
