using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>
/// Does in the background what was started on a page, in the name of the account that started it: checks and commits, batch by batch, each
/// in its own transaction. If the program dies, another takes the lease over and goes on with the rows that are not done.
/// </summary>
public sealed class ImportWorker(Database database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        do
        {
            try
            {
                while (await WorkAsync(stoppingToken)) { }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "An import could not be worked on; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes the oldest run that waits and works it to its end. False when none waits.</summary>
    public async Task<bool> WorkAsync(CancellationToken ct)
    {
        if (await LeaseNextAsync(ct) is not ({ } id, { } account)) return false;
        for (var most = ImportEngine.Batch; ;)
        {
            try
            {
                if (!await StepAsync(id, account, most, ct)) return true;
                most = Math.Min(ImportEngine.Batch, most * 2);
            }
            catch (Exception fault) when (fault is PostgresException or DbUpdateException)
            {
                log.LogWarning("A batch of {Rows} rows was refused ({State}); it is split.", most, (fault as PostgresException ?? fault.InnerException as PostgresException)?.SqlState);
                if (most > 1) most /= 2;
                else if (!await RejectAsync(id, account, ct)) return true;
            }
            await LeaseAsync(id, ct);
        }
    }

    private async Task<(ImportId?, AccountId?)> LeaseNextAsync(CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        return await connection.RowAsync("""
            UPDATE pt.import_run SET leased_until = $2 WHERE id = (SELECT id FROM pt.import_run WHERE state IN (2, 7) AND (leased_until IS NULL OR leased_until < $1)
              ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, account_id
            """, r => ((ImportId?)new ImportId(r.GetGuid(0)), (AccountId?)new AccountId(r.GetGuid(1))), ct, clock.GetUtcNow(), clock.GetUtcNow() + Lease);
    }

    private async Task LeaseAsync(ImportId id, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET leased_until = $2 WHERE id = $1", ct, id.Value, clock.GetUtcNow() + Lease);
    }

    /// <summary>One transaction of work. False when the run is at its end, or its account may not import any more.</summary>
    private async Task<bool> StepAsync(ImportId id, AccountId account, int most, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(account, Roles.With(Permission.Import), Roles.Faceless, ct) is null || await db.Set<ImportRun>().FirstOrDefaultAsync(run => run.Id == id, ct) is not { } run)
        {
            await FailAsync(id, "not-allowed", ct);
            return false;
        }
        var engine = scope.ServiceProvider.GetRequiredService<ImportEngine>();
        var more = false;
        if (run.State == ImportState.Checking) await engine.CheckAsync(run, ct);
        else if (run.State == ImportState.Committing && !(more = await engine.CommitAsync(run, most, ct))) await engine.FinishAsync(run, ct);
        await db.CommitAsync(ct);
        return more;
    }

    private async Task<bool> RejectAsync(ImportId id, AccountId account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(account, Roles.With(Permission.Import), Roles.Faceless, ct) is null || await db.Set<ImportRun>().FirstOrDefaultAsync(run => run.Id == id, ct) is not { } run) return false;
        await scope.ServiceProvider.GetRequiredService<ImportEngine>().RejectNextAsync(run, ct);
        await db.CommitAsync(ct);
        return true;
    }

    private async Task FailAsync(ImportId id, string fault, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET state = 6, fault = $2, leased_until = NULL WHERE id = $1", ct, id.Value, fault);
    }
}
