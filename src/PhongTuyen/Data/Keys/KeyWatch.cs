using Microsoft.Extensions.Logging;
using Npgsql;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// Keeps the ring of a running program as the database says, and tells which edition the program has: by a shared lock of the session, which ends with
/// the program, however it ends. A change of keys waits until no program has an older edition, so nothing is written that somebody could not find or read.
/// </summary>
public sealed class KeyWatch : IAsyncDisposable
{
    /// <summary>First half of the lock; the second is the edition.</summary>
    internal const int Lock = 7575;

    private readonly Database database;
    private readonly KeyRing ring;
    private readonly ILogger log;
    private readonly CancellationTokenSource over = new();
    private NpgsqlConnection? connection;
    private int held = -1, refused = -1;
    private Task watching = Task.CompletedTask;

    private KeyWatch(Database database, KeyRing ring, ILogger log) => (this.database, this.ring, this.log) = (database, ring, log);

    /// <param name="every">How often it looks.</param>
    public static async Task<KeyWatch> BeginAsync(Database database, KeyRing ring, TimeSpan every, TimeProvider clock, ILogger log, CancellationToken ct)
    {
        var watch = new KeyWatch(database, ring, log);
        await watch.LookAsync(ct);
        watch.watching = watch.WatchAsync(every, clock);
        return watch;
    }

    private async Task WatchAsync(TimeSpan every, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token))
                try
                {
                    await LookAsync(over.Token);
                }
                catch (Exception fault) when (fault is NpgsqlException or DatabaseException or IOException or UnauthorizedAccessException or InvalidOperationException)
                {
                    // The lock went with its connection. As long as it is not held again, a change of keys waits for this program.
                    log.LogWarning(fault, "Whether the keys have changed could not be asked; it is tried again.");
                    await LetGoAsync();
                }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    /// <summary>Follows to the edition that the database names. The lock is taken before the edition is looked at once more: who changes the keys names the edition first and looks for locks behind that.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        connection ??= await database.Jobs.OpenConnectionAsync(ct);
        for (var now = await KeysInUse.ReadAsync(connection, ct); now.Edition != held; now = await KeysInUse.ReadAsync(connection, ct))
        {
            if (ring.Edition != now.Edition && !ring.Take(now.Prints, now.Current, now.Edition))
            {
                if (refused != now.Edition) log.LogError("The key file of this program lacks a key that is in use now. Put the new file of the keys here; until then the change of the keys waits for this program.");
                refused = now.Edition;
                now = now with { Edition = ring.Edition };
                if (held == now.Edition) return;
            }
            await connection.RunAsync("SELECT pg_advisory_lock_shared($1, $2)", ct, Lock, now.Edition);
            if (held >= 0) await connection.RunAsync("SELECT pg_advisory_unlock_shared($1, $2)", ct, Lock, held);
            held = now.Edition;
        }
    }

    private async Task LetGoAsync()
    {
        held = -1;
        if (connection is not { } broken) return;
        connection = null;
        try
        {
            // The pool keeps the session, and the session its locks.
            if (broken.FullState.HasFlag(System.Data.ConnectionState.Open)) await broken.RunAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // It is closed at the other end; the locks are gone.
        }
        await broken.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching;
        await LetGoAsync();
        over.Dispose();
    }
}
