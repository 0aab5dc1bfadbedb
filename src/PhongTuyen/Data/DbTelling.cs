using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data;

/// <summary>What happened is told once, beside the write: it becomes the audit row and reaches the other modules before anything is saved.</summary>
public sealed partial class Db
{
    private readonly Queue<Telling> told = new();
    private bool toldSomething;
    private readonly List<string> counted = [];

    /// <summary>Whether this request has written anything.</summary>
    public bool HasTold => toldSomething;
    private Func<Task>? afterRefusal;

    /// <summary>How many persons an account may open within an hour; null where nobody counts.</summary>
    internal ILookLimit? Looks => looks ??= services.GetService<ILookLimit>();
    private ILookLimit? looks;

    /// <summary>The account is stopped: whom this request would have shown is not to be shown.</summary>
    public bool LooksStopped { get; internal set; }

    /// <summary>Says what happened. Saved with the next <see cref="SaveChangesAsync(CancellationToken)"/>; without it nothing is saved.</summary>
    /// <param name="changes">Rows that plain SQL changed, which the context therefore does not know of.</param>
    public void Tell<TEvent>(TEvent what, string? purpose = null, params IReadOnlyList<RowChange> changes) where TEvent : IEvent =>
        told.Enqueue(new Telling(what, TEvent.Act, purpose, changes, async ct =>
        {
            foreach (var listener in services.GetServices<IHear<TEvent>>()) await listener.HearAsync(what, ct);
        }));

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save asynchronously.");

    public override Task<int> SaveChangesAsync(CancellationToken ct = default) => SaveChangesAsync(true, ct);

    /// <exception cref="OutOfScopeException">A row lies outside of the visitor's scope.</exception>
    /// <exception cref="InvalidOperationException">Rows change and nothing was told in this transaction.</exception>
    /// <exception cref="AuditUnavailableException">No row of the audit, no act.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken ct = default)
    {
        var visitor = Visitor ?? throw new InvalidOperationException("Nobody has entered: nothing is saved without a name.");
        var acts = new List<Telling>();
        // Listeners may change rows and tell more; the order is that of telling.
        while (told.TryDequeue(out var next))
        {
            acts.Add(next);
            await next.Hear(ct);
        }
        // Most pages only tell what was seen: to wake the entities up for that would be a tenth of the program's work for a list.
        var changed = !withEntities ? [] : ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        var toTell = changed.Where(entry => !Attribute.IsDefined(entry.Metadata.ClrType, typeof(UntoldAttribute))).ToList();
        toldSomething |= acts.Count > 0;
        if (toTell.Count > 0 && !toldSomething)
            throw new InvalidOperationException($"{toTell[0].Metadata.ClrType.Name} changes and nothing was told: an act without an audit row.");
        foreach (var entry in changed) Guard(entry, visitor.Scope);
        foreach (var entry in changed.Where(entry => entry.State == EntityState.Modified && entry.Metadata.FindProperty("Version") is not null))
            entry.Property("Version").CurrentValue = (int)entry.Property("Version").OriginalValue! + 1;
        await AuditTrail.WriteAsync(this, services.GetRequiredService<AuditStore>(), visitor, acts, toTell, ct);
        if (Measures.Acts.Enabled) counted.AddRange(acts.Select(act => act.Act));
        var saved = 0;
        if (withEntities)
        {
            Database.AutoTransactionBehavior = AutoTransactionBehavior.Never; // the request's transaction is open
            saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        }
        if (told.Count > 0) await SaveChangesAsync(acceptAllChangesOnSuccess, ct); // by what it saw just now the account is stopped
        return saved;
    }

    private static void Guard(EntityEntry entry, Scope scope)
    {
        if (entry.Entity is IScoped row and not IBetweenUnits && !(entry is { State: EntityState.Modified, Entity: IFollowsPerson }) && !scope.Covers(row)) throw new OutOfScopeException(entry.Metadata.ClrType.Name);
    }

    /// <summary>
    /// Runs a write that the client may send again: the same id and content meets the first answer, the same id with other content is
    /// refused: a lost answer must not do a thing twice. The lock makes a copy that arrives meanwhile wait for the first. What a refused write had done is undone,
    /// and the transaction goes on, so that a page can show its form again. What no input may hold (<see cref="Inputs"/>) is refused first.
    /// </summary>
    /// <param name="more">Faults of the input itself that are said together with those; only asked where nothing is missing.</param>
    public async Task<Outcome<T>> OnceAsync<T>(Guid id, string kind, object content, Func<Task<Outcome<T>>> run, CancellationToken ct, Func<IEnumerable<Problem>>? more = null)
    {
        if (id == Guid.Empty) return Refusals.ClientIdMissing();
        if (Inputs.Faults(content, Clock.Today()) is { Count: > 0 } faults)
            return more is null || faults.Exists(fault => fault.Code == Refusals.Required("").Code) ? faults : [.. faults, .. more()];
        var hash = Intents.Hash(kind, content);
        await Connection.RunAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, id.ToString());
        var first = await Connection.RowAsync("SELECT content, answer FROM pt.intent WHERE id = $1", r => (Content: r.GetFieldValue<byte[]>(0), Answer: r.GetString(1)), ct, id);
        if (first.Content is not null)
            return first.Content.AsSpan().SequenceEqual(hash) ? Intents.Answer<T>(first.Answer) : Refusals.SentDifferently();
        return await WholeAsync(async () =>
        {
            var outcome = await run();
            return outcome.Done ? await KeepAnswerAsync(id, kind, hash, outcome, ct) : outcome;
        }, ct);
    }

    /// <summary>
    /// Runs a write of which a refusal leaves nothing: what it had done is undone, and the transaction goes on. Somebody else's change
    /// met while saving is a refusal too, not a fault. For writes that need no id, because doing them twice comes to the same.
    /// </summary>
    public async Task<Outcome<T>> WholeAsync<T>(Func<Task<Outcome<T>>> run, CancellationToken ct)
    {
        await transaction!.SaveAsync("whole", ct);
        var outcome = await RunKeptAsync(run, ct);
        if (outcome.Done) await transaction.ReleaseAsync("whole", ct);
        else
        {
            await UndoAsync(ct);
            await transaction.ReleaseAsync("whole", ct); // else a write around this one, refused later, would only go back to here
            if (afterRefusal is { } trace) await trace();
        }
        afterRefusal = null;
        return outcome;
    }

    /// <summary>What a refused write leaves behind all the same: the trace that somebody asked.</summary>
    public void AfterRefusal(Func<Task> trace) => afterRefusal = trace;

    private async Task<Outcome<T>> RunKeptAsync<T>(Func<Task<Outcome<T>>> run, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (DbUpdateConcurrencyException)
            {
                return Refusals.Changed();
            }
            catch (Exception clash) when (StateOf(clash) is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
            {
                return Refusals.Changed(); // a row that somebody else wrote or took away in this very moment
            }
            catch (Exception clash) when (attempt < 3 && StateOf(clash) == PostgresErrorCodes.DeadlockDetected)
            {
                // Two acts waited for each other crosswise, and the database let this one go: it begins again, behind the other.
                await UndoAsync(ct);
                afterRefusal = null;
            }
        }
    }

    private static string? StateOf(Exception fault) => ((fault as PostgresException) ?? fault.InnerException as PostgresException)?.SqlState;

    /// <summary>Back to where the write began; its locks are free again.</summary>
    private async Task UndoAsync(CancellationToken ct)
    {
        await transaction!.RollbackAsync("whole", ct);
        if (withEntities) ChangeTracker.Clear();
        told.Clear();
        counted.Clear();
        toldSomething = false;
    }

    /// <summary>What a write of the visitor's own was answered, by the id that it was sent with: from this it can be taken back. Null where there was none.</summary>
    public async Task<T?> AnsweredAsync<T>(Guid id, string kind, CancellationToken ct) where T : class =>
        await Connection.ValueAsync<string>("SELECT answer FROM pt.intent WHERE id = $1 AND kind = $2 AND account_id = $3", ct, id, kind, Visitor!.Account.Value) is { } answer ? Intents.Answer<T>(answer) : null;

    /// <summary>So many acts over many of one kind are offered to be taken back, the newest.</summary>
    private const int MostOwnActs = 5;

    /// <summary>The visitor's own acts over many of one kind that were not taken back, newest first. Kinds have their own index: the name of each stands in it (0078).</summary>
    /// <param name="back">The kind of what takes them back, which is answered with a <see cref="TakenBack"/>.</param>
    /// <param name="count">How many it changed; null: not of these.</param>
    public async Task<List<OwnAct>> OwnActsAsync<T>(string kind, string back, Func<T, int?> count, CancellationToken ct)
    {
        var acts = await Connection.RowsAsync("""
            SELECT i.id, i.at, i.answer FROM pt.intent i WHERE i.account_id = $1 AND i.kind = $2 AND right(i.kind, 5) = '-list'
              AND NOT EXISTS (SELECT 1 FROM pt.intent b WHERE b.account_id = $1 AND b.kind = $3 AND right(b.kind, 5) = '-list' AND b.answer::jsonb ->> 'Of' = i.id::text) ORDER BY i.at DESC LIMIT 50
            """, r => (Id: r.GetGuid(0), At: r.GetFieldValue<DateTimeOffset>(1), Answer: r.GetString(2)), ct, Visitor!.Account.Value, kind, back);
        return [.. acts.Select(act => count(Intents.Answer<T>(act.Answer)) is > 0 and var many ? new OwnAct(act.Id, act.At, many) : null).OfType<OwnAct>().Take(MostOwnActs)];
    }

    private async Task<Outcome<T>> KeepAnswerAsync<T>(Guid id, string kind, byte[] hash, Outcome<T> outcome, CancellationToken ct)
    {
        try
        {
            await Connection.RunAsync("INSERT INTO pt.intent (id, account_id, kind, content, answer, at) VALUES ($1, $2, $3, $4, $5, $6)",
                ct, id, Visitor!.Account.Value, kind, hash, Intents.Answer(outcome.Value), clock.GetUtcNow());
            return outcome;
        }
        catch (PostgresException clash) when (clash.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Refusals.SentDifferently(); // the id is somebody else's
        }
    }
}

/// <summary>One act on its way into the audit.</summary>
internal sealed record Telling(IEvent Event, string Act, string? Purpose, IReadOnlyList<RowChange> Changes, Func<CancellationToken, Task> Hear);

/// <summary>A row that plain SQL changed, as the audit writes it down; fields that stayed as they were are left out.</summary>
/// <param name="Key">The parts of its primary key, separated by commas.</param>
public sealed record RowChange(string Table, string Key, PersonId Person, params IReadOnlyList<(string Column, object? Before, object? After)> Fields);
