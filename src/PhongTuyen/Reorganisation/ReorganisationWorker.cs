using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Reorganisation;

/// <summary>
/// Carries planned acts out when their day begins in Viet Nam, each in a transaction of its own, in the name of the account that planned it; also at the start, for days that passed
/// while the program stood still. What can no longer be done stands as stuck, with the reason, until somebody withdraws it or plans anew.
/// </summary>
public sealed class ReorganisationWorker(Database database, IServiceScopeFactory scopes, AreaStore areas, TimeProvider clock, ILogger<ReorganisationWorker> log) : RecurringWork(TimeSpan.FromSeconds(20), "Planned acts on units could not be carried out", clock, log)
{
    protected override Task TurnAsync(CancellationToken ct) => RunAsync(ct);

    private string? book;

    /// <returns>How many were done or found stuck.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        List<(Guid Id, AccountId By)> due;
        await using (var connection = await database.Jobs.OpenConnectionAsync(ct))
        {
            await FollowAsync(connection, ct);
            due = await connection.RowsAsync("SELECT id, entered_by FROM pt.reorganisation_act WHERE state = 1 AND effective_on <= $1 ORDER BY effective_on, entered_at, id", r => (r.GetGuid(0), new AccountId(r.GetGuid(1))), ct, Clock.Today());
        }
        foreach (var (id, by) in due)
            if (await DoAsync(id, by, ct) is { } why) await StickAsync(id, why, ct);
        return due.Count;
    }

    /// <summary>Areas that another instance or the command line has changed are read anew here too.</summary>
    private async Task FollowAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var now = await connection.ValueAsync<string>("SELECT string_agg(id || ':' || state, ',' ORDER BY id) FROM pt.reorganisation_act WHERE kind > 10 AND state IN (2, 4)", ct) ?? "";
        if (book is not null && book != now) await areas.ReadAsync(connection, ct);
        book = now;
    }

    /// <summary>The code of the refusal; null: done, or another instance was faster.</summary>
    private async Task<string?> DoAsync(Guid id, AccountId by, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(by, Roles.With(Permission.ManageUnits), Roles.Faceless, ct) is not { } visitor || !Roles.Opens(visitor.Roles, Permission.ManageUnits)) return "kernel.door-closed";
        var done = await db.WholeAsync<Nothing>(async () =>
        {
            await db.Connection.RunAsync("SELECT 1 FROM pt.reorganisation_act WHERE id = $1 FOR UPDATE", ct, id);
            if (await db.Set<ReorganisationAct>().FirstOrDefaultAsync(one => one.Id == id, ct) is not { } act) return Refusals.NotFound();
            if (act.State != ActState.Planned) return Nothing.Value;
            if (act.Kind >= ActKind.Areas) return await scope.ServiceProvider.GetRequiredService<ReformAreas>().CarryOutAsync(act, ct) is { } hindrance ? hindrance : Nothing.Value;
            var what = UnitAct.Read(act.Content);
            if (await UnitActCheck.FaultsAsync(db, what, act.EffectiveOn, act.Id, ct) is { Count: > 0 } faults) return faults;
            return await PlanUnitAct.DoAsync(db, act, what, ct) is { } problem ? problem : Nothing.Value;
        }, ct);
        if (done.Refused(out var refusal)) return refusal.Code;
        await db.CommitAsync(ct);
        return null;
    }

    private async Task StickAsync(Guid id, string why, CancellationToken ct)
    {
        log.LogWarning("A planned act {Act} could not be carried out: {Why}.", id, why);
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.reorganisation_act SET state = 5, why = $2, ended_at = $3 WHERE id = $1 AND state = 1", ct, id, why, Clock.GetUtcNow());
    }
}
