using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>
/// Does in the background what was started on a page, in the name of the account that started it: checks and commits, batch by batch, each
/// in its own transaction. If the program dies, another takes the lease over: a check begins anew, a commit goes on with the rows that are not done.
/// </summary>
public sealed class ImportWorker(Database database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ImportWorker> log) : RecurringWork(TimeSpan.FromMilliseconds(500), "An import could not be worked on", clock, log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected override async Task TurnAsync(CancellationToken ct)
    {
        while (await WorkAsync(ct)) { }
    }

    /// <summary>Takes the oldest run that waits and works it to its end. False when none waits.</summary>
    /// <param name="only">This run and no other.</param>
    public async Task<bool> WorkAsync(CancellationToken ct, ImportId? only = null)
    {
        if (await LeaseNextAsync(only, ct) is not ({ } id, { } account)) return false;
        var (after, check) = (0, new ImportCheck());
        for (var most = ImportEngine.Batch; ;)
        {
            try
            {
                if (await StepAsync(id, account, check, after, most, ct) is not { } last) return true;
                (after, most) = (last, Math.Min(ImportEngine.Batch, most * 2));
            }
            catch (Exception fault) when (fault is PostgresException or DbUpdateException)
            {
                var refusal = fault as PostgresException ?? fault.InnerException as PostgresException;
                log.LogWarning("A batch of {Rows} rows was refused ({State} {Table} {Constraint}); it is split.", most, refusal?.SqlState, refusal?.TableName, refusal?.ConstraintName);
                if (most > 1) most /= 2;
                else if (await RejectAsync(id, account, after, ct) is { } rejected) after = rejected;
                else
                {
                    // Not one row's fault: the check or the end itself does not succeed.
                    await FailAsync(id, "database", ct);
                    return true;
                }
            }
            await LeaseAsync(id, ct);
        }
    }

    private async Task<(ImportId?, AccountId?)> LeaseNextAsync(ImportId? only, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        return await connection.RowAsync("""
            UPDATE pt.import_run SET leased_until = $2 WHERE id = (SELECT id FROM pt.import_run WHERE state IN (2, 7) AND (leased_until IS NULL OR leased_until < $1) AND ($3::uuid IS NULL OR id = $3)
              ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, account_id
            """, r => ((ImportId?)new ImportId(r.GetGuid(0)), (AccountId?)new AccountId(r.GetGuid(1))), ct, Clock.GetUtcNow(), Clock.GetUtcNow() + Lease, only?.Value);
    }

    private async Task LeaseAsync(ImportId id, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET leased_until = $2 WHERE id = $1", ct, id.Value, Clock.GetUtcNow() + Lease);
    }

    /// <summary>One transaction of work. The number of the last row; null when the run is at its end, or its account may not import any more.</summary>
    private async Task<int?> StepAsync(ImportId id, AccountId account, ImportCheck check, int after, int most, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await RunOfAsync(scope.ServiceProvider, id, account, ct) is not { } run)
        {
            await FailAsync(id, "not-allowed", ct);
            return null;
        }
        var engine = scope.ServiceProvider.GetRequiredService<ImportEngine>();
        int? last = null;
        if (run.State == ImportState.Checking && (last = await engine.CheckNextAsync(run, check, after, ct)) is null) await engine.CheckedAsync(run, check, ct);
        else if (run.State == ImportState.Committing && (last = await engine.CommitAsync(run, after, most, ct)) is null) await engine.FinishAsync(run, ct);
        await ReleaseAsync(scope.ServiceProvider, run, last is null, ct);
        return last;
    }

    private async Task<int?> RejectAsync(ImportId id, AccountId account, int after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await RunOfAsync(scope.ServiceProvider, id, account, ct) is not { State: ImportState.Committing } run) return null;
        var rejected = await scope.ServiceProvider.GetRequiredService<ImportEngine>().RejectNextAsync(run, after, ct);
        await scope.ServiceProvider.GetRequiredService<Db>().CommitAsync(ct);
        return rejected;
    }

    private static async Task<ImportRun?> RunOfAsync(IServiceProvider provider, ImportId id, AccountId account, CancellationToken ct)
    {
        var db = provider.GetRequiredService<Db>();
        return await db.ActAsAsync(account, Roles.With(Permission.Import), Roles.Faceless, ct) is null ? null : await db.Set<ImportRun>().FirstOrDefaultAsync(run => run.Id == id, ct);
    }

    /// <summary>
    /// Commits; at the end the lease goes with it, so that the next step (check, then commit) need not wait for it to run out. Before the end nobody is told of anything, and what a power cut takes back is done
    /// again: such a commit need not wait for the disk. The last one does, and with it all before.
    /// </summary>
    private static async Task ReleaseAsync(IServiceProvider provider, ImportRun run, bool ended, CancellationToken ct)
    {
        var db = provider.GetRequiredService<Db>();
        if (ended) await db.Connection.RunAsync("UPDATE pt.import_run SET leased_until = NULL WHERE id = $1", ct, run.Id.Value);
        else await db.Connection.RunAsync("SET LOCAL synchronous_commit = off", ct);
        await db.CommitAsync(ct);
    }

    private async Task FailAsync(ImportId id, string fault, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET state = 6, fault = $2, leased_until = NULL WHERE id = $1", ct, id.Value, fault);
    }
}
