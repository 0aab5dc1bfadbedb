using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Accounts;

/// <summary>The account sees nobody from now on, until it is let go on (dừng xem hồ sơ).</summary>
public sealed class StopLooks(Db db) : IHear<LooksStopped>
{
    public Task HearAsync(LooksStopped told, CancellationToken ct) => db.Connection.RunAsync(
        "INSERT INTO pt.account_stop (id, account_id, unit_id, persons, stopped_at) VALUES ($1, $2, $3, $4, $5)", ct, db.Clock.NewGuid(), told.Account.Value, db.Visitor!.Unit.Value, told.Shown, db.Clock.GetUtcNow());
}

/// <summary>Where an account was stopped, for itself and for its manager.</summary>
public sealed class LookStops(Db db)
{
    /// <param name="Shown">How many were opened within the hour before.</param>
    public sealed record Stop(Guid Id, DateTimeOffset At, int Shown);

    public sealed record Manager(string Name, string Unit);

    /// <summary>The one that stands; null where there is none, or the account is not the visitor's to see.</summary>
    public Task<Stop?> OfAsync(AccountId account, CancellationToken ct) => db.Connection.RowAsync<Stop?>("SELECT id, stopped_at, persons FROM pt.account_stop WHERE account_id = $1 AND let_on_at IS NULL",
        r => new Stop(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2)), ct, account.Value);

    /// <summary>Who could let the visitor go on, the nearest above.</summary>
    public Task<List<Manager>> MyManagersAsync(CancellationToken ct) => db.Connection.RowsAsync("SELECT name, unit FROM pt.my_managers($1, $2)",
        r => new Manager(r.GetString(0), r.GetString(1)), ct, Roles.MayActOn(db.Visitor!.Roles), db.Clock.GetUtcNow());
}
