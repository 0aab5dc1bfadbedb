using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Imports.Contract;
using PhongTuyen.Kernel;

namespace PhongTuyen.Imports;

/// <summary>
/// Does in the background what was started on a page, in the name of the account that started it: checks, commits and large undos. The first two go batch by batch, each in its own transaction, and some at once: while
/// rows are compared with all who are recorded, the next are read or written. If the program dies, another takes the lease over: a check begins anew, a commit goes on with what is not done.
/// </summary>
public sealed class ImportWorker(Database database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ImportWorker> log) : RecurringWork(TimeSpan.FromMilliseconds(500), "An import could not be worked on", clock, log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>What is no single row's fault is tried so often.</summary>
    private const int Tries = 3;

    /// <summary>Comparing is most of a check, and the server's work.</summary>
    private const int ShownAtOnce = 2;

    private sealed record Leased(ImportId Id, AccountId Account, ImportState State);

    protected override async Task TurnAsync(CancellationToken ct)
    {
        while (await WorkAsync(ct)) { }
    }

    /// <summary>Takes the oldest run that waits and works it to its end. False when none waits.</summary>
    /// <param name="only">This run and no other.</param>
    public async Task<bool> WorkAsync(CancellationToken ct, ImportId? only = null)
    {
        if (await LeaseNextAsync(only, ct) is not { } run) return false;
        try
        {
            if (run.State == ImportState.Undoing) await UndoAsync(run, ct);
            else if (!await (run.State == ImportState.Checking ? TriedAsync(() => CheckAsync(run, ct), run, ct) : CommitAsync(run, ct))) await FailAsync(run.Id, "database", ct);
        }
        catch (ImportStoppedException stopped)
        {
            await StepAsync(run, (engine, of) => engine.StopAsync(of, stopped.Fault, ct), ct, ends: true);
        }
        return true;
    }

    private async Task CheckAsync(Leased run, CancellationToken ct)
    {
        var (check, after, shown) = (new ImportCheck(), 0, new Queue<Task>());
        try
        {
            while (await StepAsync(run, (engine, of) => engine.JudgeNextAsync(of, check, after, ct), ct) is { } judged)
            {
                if (shown.Count == ShownAtOnce) await shown.Dequeue();
                shown.Enqueue(StepAsync(run, (engine, of) => engine.ShowAsync(of, check, judged, ct), ct));
                after = judged[^1].Number;
                await LeaseAsync(run, ct);
            }
        }
        finally
        {
            await Task.WhenAll(shown);
        }
        await StepAsync(run, (engine, of) => engine.CheckedAsync(of, check, ct), ct, ends: true);
    }

    /// <summary>False where the database refuses more than single rows.</summary>
    private async Task<bool> CommitAsync(Leased run, CancellationToken ct)
    {
        var (after, most, followed, next) = (0, ImportEngine.Batch, Task.FromResult(true), WaitingAsync(run, 0, ImportEngine.Batch, ct));
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                next = WaitingAsync(run, batch[^1].Number, Math.Min(ImportEngine.Batch, most * 2), ct);
                var taken = false;
                if (await OnceAsync(async () => taken = await StepAsync(run, (engine, of) => engine.CommitAsync(of, batch, ct), ct), batch.Count))
                {
                    if (!taken) return true; // stopped meanwhile
                    (after, most) = (batch[^1].Number, Math.Min(ImportEngine.Batch, most * 2));
                    if (followed.IsCompleted) followed = OnceAsync(() => FollowAsync(run, ct), ImportEngine.Batch);
                }
                else
                {
                    await next;
                    if (most > 1) most /= 2;
                    else if (await StepAsync(run, (engine, of) => engine.RejectNextAsync(of, after, ct), ct) is { } rejected) after = rejected;
                    else return false;
                    next = WaitingAsync(run, after, most, ct);
                }
                await LeaseAsync(run, ct);
            }
        }
        finally
        {
            await Task.WhenAll(followed, next);
        }
        return await TriedAsync(() => FollowAsync(run, ct), run, ct) && await TriedAsync(() => StepAsync(run, (engine, of) => engine.FinishAsync(of, ct), ct, ends: true), run, ct);
    }

    private Task<IReadOnlyList<ImportedRow>?> WaitingAsync(Leased run, int after, int most, CancellationToken ct) => StepAsync(run, (engine, of) => (Task<IReadOnlyList<ImportedRow>?>)engine.WaitingAsync(of, after, most, ct)!, ct);

    /// <summary>Until it has caught up with what is written.</summary>
    private async Task FollowAsync(Leased run, CancellationToken ct)
    {
        while (await StepAsync(run, (engine, of) => engine.FollowAsync(of, ct), ct) is not null) await LeaseAsync(run, ct);
    }

    /// <summary>False where the database refuses it again and again.</summary>
    private async Task<bool> TriedAsync(Func<Task> work, Leased run, CancellationToken ct)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await OnceAsync(work, ImportEngine.Batch)) return true;
            await LeaseAsync(run, ct);
        }
        return false;
    }

    /// <summary>False where something in the rows makes it fail, whatever it is: so the one row is found. A database that is away, or an audit that cannot be written, is no row's fault.</summary>
    private async Task<bool> OnceAsync(Func<Task> work, int rows)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or AuditUnavailableException or ImportStoppedException) && !IsAway(fault))
        {
            var refusal = fault as PostgresException ?? fault.InnerException as PostgresException;
            log.LogWarning("A batch of {Rows} rows was refused ({Fault} {State} {Table} {Constraint}).", rows, fault.GetType().Name, refusal?.SqlState, refusal?.TableName, refusal?.ConstraintName);
            return false;
        }
    }

    /// <summary>The connection was lost, or the server ends.</summary>
    private static bool IsAway(Exception? fault) => fault switch
    {
        null => false,
        PostgresException refusal => refusal.SqlState.StartsWith("57P", StringComparison.Ordinal) || refusal.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => IsAway(fault.InnerException),
    };

    /// <summary>One transaction, however long: whole or not at all. Whoever took the run over after an end finds it as it was.</summary>
    private async Task UndoAsync(Leased run, CancellationToken ct)
    {
        var (later, elsewhere) = ((IReadOnlyList<Later>)[], false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var kept = KeepLeaseAsync(run, over.Token);
        try
        {
            var done = await TriedAsync(async () =>
            {
                try
                {
                    await StepAsync<object>(run, async (engine, of) =>
                    {
                        later = await engine.UndoAsync(of, of.UndoneWhy!, rows => TakenBackAsync(run, rows, ct), ct);
                        return null;
                    }, ct, ends: true);
                }
                catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
                {
                    elsewhere = true; // somebody of another area goes on with one of the persons
                }
            }, run, ct);
            if (!done || elsewhere || later.Count > 0) await StandsAsync(run.Id, done ? "undo-depended" : "undo-refused", later, ct);
        }
        finally
        {
            await over.CancelAsync();
            await kept;
        }
    }

    /// <summary>While one transaction takes longer than a lease. Where the lease cannot be kept it runs out, and the work is begun anew.</summary>
    private async Task KeepLeaseAsync(Leased run, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 3, Clock, ct);
                await LeaseAsync(run, ct);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or NpgsqlException)
        {
            // It is over, or the database is away.
        }
    }

    /// <summary>How far it is, beside the transaction that does it.</summary>
    private async Task TakenBackAsync(Leased run, int rows, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET taken_back = $2 WHERE id = $1", ct, run.Id.Value, rows);
    }

    /// <summary>It could not be undone, and is as it was.</summary>
    private async Task StandsAsync(ImportId id, string why, IReadOnlyList<Later> later, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET state = CASE WHEN finished_at IS NULL THEN 6 ELSE 3 END, fault = $2, later = $3, taken_back = 0, leased_until = NULL WHERE id = $1 AND state = 4", ct, id.Value, why, JsonSerializer.Serialize(later));
    }

    private async Task<Leased?> LeaseNextAsync(ImportId? only, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        return await connection.RowAsync("""
            UPDATE pt.import_run SET leased_until = $2 WHERE id = (SELECT id FROM pt.import_run WHERE state IN (2, 4, 7) AND (leased_until IS NULL OR leased_until < $1) AND ($3::uuid IS NULL OR id = $3)
              ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, CASE state WHEN 4 THEN undone_by ELSE account_id END, state
            """, r => new Leased(new(r.GetGuid(0)), new(r.GetGuid(1)), (ImportState)r.GetInt16(2)), ct, Clock.GetUtcNow(), Clock.GetUtcNow() + Lease, only?.Value);
    }

    private async Task LeaseAsync(Leased run, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET leased_until = $2 WHERE id = $1", ct, run.Id.Value, Clock.GetUtcNow() + Lease);
    }

    /// <summary>
    /// One transaction of work; nothing where the run is no longer in this state, or its account may not import any more. At the end of all the lease goes with it, so that the next (check, then commit) need
    /// not wait for it to run out. Before the end nobody is told of anything, and what a power cut takes back is done again: such a commit need not wait for the disk. The last one does, and with it all before.
    /// </summary>
    private async Task<T?> StepAsync<T>(Leased run, Func<ImportEngine, ImportRun, Task<T?>> step, CancellationToken ct, bool ends = false)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ActAsAsync(run.Account, Roles.With(Permission.Import), Roles.Faceless, ct) is null || await db.Set<ImportRun>().FirstOrDefaultAsync(of => of.Id == run.Id, ct) is not { } found)
        {
            await (run.State == ImportState.Undoing ? StandsAsync(run.Id, "undo-not-allowed", [], ct) : FailAsync(run.Id, "not-allowed", ct));
            return default;
        }
        if (found.State != run.State) return default;
        var done = await step(scope.ServiceProvider.GetRequiredService<ImportEngine>(), found);
        if (ends) await db.Connection.RunAsync("UPDATE pt.import_run SET leased_until = NULL WHERE id = $1", ct, run.Id.Value);
        else await db.Connection.RunAsync("SET LOCAL synchronous_commit = off", ct);
        await db.CommitAsync(ct);
        return done;
    }

    private async Task FailAsync(ImportId id, string fault, CancellationToken ct)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync(ct);
        await connection.RunAsync("UPDATE pt.import_run SET state = 6, fault = $2, leased_until = NULL WHERE id = $1", ct, id.Value, fault);
    }
}
