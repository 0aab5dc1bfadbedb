using Npgsql;
using PhongTuyen.Kernel;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// Changes the keys of sealed fields and of the blind index while the program is in use. It may be ended at any point, however roughly: called again, it finds out from the database and the key
/// file where it was, and goes on. 1. A new key lies in the file, and the operator copies it. 2. Every program knows it. 3. Every program seals with it. 4. What is under another key is sealed
/// anew, until nothing is. 5. Only then the old key is used no longer. See docs/decisions/0013.
/// </summary>
/// <param name="admin">Connection string of the role that changes the schema.</param>
public sealed class RotateKeys(string admin, DatabaseSettings settings, KeyRotationSettings how, IEnumerable<SealedTable> tables, TimeProvider clock)
{
    // One at a time.
    private const int Lock = 7576;

    private string Folder => KeyCopy.Folder(settings);

    /// <summary>Told of how far it is, behind each batch.</summary>
    public Action<KeyRotation> Progress { get; init; } = _ => { };

    /// <summary>Told which programs it waits for, every five seconds.</summary>
    public Action<IReadOnlyList<string>> Waiting { get; init; } = _ => { };

    /// <summary>Writes its beginning and its end into the audit.</summary>
    public Func<KeyRotation, bool, Task> Tell { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>For tests, which end it there: the name of each point that it comes by.</summary>
    internal Func<string, Task> At { get; init; } = _ => Task.CompletedTask;

    /// <returns>The finished change, or what is to be done first. <see cref="Problems.CopyKeysFirst"/>, <see cref="Problems.RotationRuns"/>, <see cref="Problems.ProgramsBehind"/>, <see cref="Problems.StillUnderOldKey"/>.</returns>
    public async Task<Outcome<KeyRotation>> RunAsync(CancellationToken ct)
    {
        await using var owner = await OwnerAsync(ct);
        if (!await AloneAsync(owner, ct)) return Problems.RotationRuns();
        var change = await BegunAsync(owner, ct);
        if (KeyCopy.At(settings) is null) return Problems.CopyKeysFirst(change.Key, Folder);
        var published = await PublishAsync(owner, change, ct);
        if (!published.Done) return published.As<KeyRotation>();
        if (await ResealAsync(owner, change, ct) is { } left) return left;
        return await RetireAsync(owner, change, ct);
    }

    /// <summary>The server may still be closing the connection of a command that has just ended: another one is told to wait only when that takes longer.</summary>
    private async Task<bool> AloneAsync(NpgsqlConnection owner, CancellationToken ct)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            if (await owner.ValueAsync<bool>("SELECT pg_try_advisory_lock($1)", ct, Lock)) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
        }
        return false;
    }

    private async Task<NpgsqlConnection> OwnerAsync(CancellationToken ct)
    {
        var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false, CommandTimeout = 0, ApplicationName = "phongtuyen keys" }.ConnectionString);
        await owner.OpenAsync(ct);
        await owner.RunAsync("SET ROLE pt_owner; SET jit = off", ct);
        return owner;
    }

    /// <summary>The one that is under way, or a new one. The new key is on the disk, and in no copy yet.</summary>
    private async Task<KeyRotation> BegunAsync(NpgsqlConnection owner, CancellationToken ct)
    {
        var last = await KeyRotation.LastAsync(owner, ct);
        if (last is not { EndedAt: null })
        {
            var (file, used) = (KeyFile.Read(Folder).WithRetired(Folder), await KeysInUse.ReadAsync(owner, ct));
            var key = Math.Max(file.SealKeys.Keys.Max(), last?.Key ?? 0) + 1;
            last = new KeyRotation(key, used.Current ?? file.Current, clock.GetUtcNow(), null, null);
            await Tell(last, false);
            await At("told");
            await owner.RunAsync("INSERT INTO pt.key_rotation (key, old, begun_at) VALUES ($1, $2, $3)", ct, last.Key, last.Old, last.BegunAt);
            await At("begun");
        }
        if (!KeyFile.Read(Folder).SealKeys.ContainsKey(last.Key))
        {
            KeyCopy.Unmark(settings);
            await At("unmarked");
            KeyFile.Add(Folder, last.Key);
            await At("written");
        }
        return last;
    }

    /// <summary>Every program knows the new key before one seals with it, and every one seals with it before anything is sealed anew: so nobody meets a value that they cannot open or find.</summary>
    private async Task<Outcome<Nothing>> PublishAsync(NpgsqlConnection owner, KeyRotation change, CancellationToken ct)
    {
        var (used, file) = (await KeysInUse.ReadAsync(owner, ct), KeyFile.Read(Folder));
        if (!used.Prints.ContainsKey($"s{change.Key}"))
        {
            var fresh = KeyFile.PrintsOf(file.SealKeys, file.IndexKeys).Where(print => print.Key == $"s{change.Key}" || print.Key == $"i{change.Key}");
            used = await used.PublishAsync(owner, used.Prints.Concat(fresh).ToDictionary(), used.Current ?? change.Old, ct);
            await At("known");
        }
        if (used.Current != change.Key)
        {
            if (await PassAsync(owner, used, ct) is { } behind) return behind;
            await At("known to all");
            used = await used.PublishAsync(owner, used.Prints, change.Key, ct);
            await owner.RunAsync("UPDATE pt.key_rotation SET current_at = $2 WHERE key = $1", ct, change.Key, clock.GetUtcNow());
            await At("current");
        }
        if (await PassAsync(owner, used, ct) is { } late) return late;
        await At("current for all");
        return Nothing.Value;
    }

    private async Task<Problem?> PassAsync(NpgsqlConnection owner, KeysInUse used, CancellationToken ct) =>
        await new KeyBarrier(owner, TimeSpan.FromSeconds(how.WaitSeconds), clock).PassAsync(used.Edition, Waiting, ct) is { Count: > 0 } behind ? Problems.ProgramsBehind(string.Join(", ", behind)) : null;

    /// <summary>Goes through the tables until in none of them anything is under another key. Null: so it is.</summary>
    private async Task<Problem?> ResealAsync(NpgsqlConnection owner, KeyRotation change, CancellationToken ct)
    {
        var order = tables.OrderBy(table => table.Name, StringComparer.Ordinal).Select(table => (table.Name, Work: new ResealTable(owner, table, change.Key, how.Rows))).ToList();
        foreach (var (name, work) in order) await owner.RunAsync("INSERT INTO pt.key_rotation_table (key, name, total) SELECT $1, $2, $3 ON CONFLICT DO NOTHING", ct, change.Key, name, await work.LeftAsync(ct));
        await At("counted");
        while (true)
        {
            var (left, done, broken) = (0L, 0L, new List<string>());
            foreach (var (name, work) in order)
            {
                for (var since = clock.GetTimestamp(); await work.NextAsync(broken.Add, ct) is { } rows; since = clock.GetTimestamp())
                {
                    done += rows;
                    var took = clock.GetElapsedTime(since);
                    Progress((await KeyRotation.LastAsync(owner, ct))!);
                    await At($"{name} batch");
                    await Task.Delay(took * how.PausePercent / 100, clock, ct);
                }
                var still = await work.LeftAsync(ct);
                await owner.RunAsync("UPDATE pt.key_rotation_table SET sweeps = sweeps + 1, ended_at = CASE WHEN $3 THEN $4 END WHERE key = $1 AND name = $2", ct, change.Key, name, still == 0, clock.GetUtcNow());
                left += still;
            }
            await At("swept");
            // A whole round in which nothing was to be done: what one round does, the next one proves.
            if (left == 0 && done == 0) return null;
            if (done == 0 && broken.Count > 0) return Problems.StillUnderOldKey(left, string.Join(", ", broken.Take(5)));
            // A transaction of before may have copied what it had read: the round that proves it begins when it is over.
            if (left == 0 && await PassAsync(owner, await KeysInUse.ReadAsync(owner, ct), ct) is { } late) return late;
            // Rows that others hold just now.
            if (done == 0) await Task.Delay(TimeSpan.FromMilliseconds(200), clock, ct);
        }
    }

    /// <summary>Nothing is under the old key: every program forgets it, and it goes from the file into one of its own, for backups from before.</summary>
    private async Task<Outcome<KeyRotation>> RetireAsync(NpgsqlConnection owner, KeyRotation change, CancellationToken ct)
    {
        var used = await KeysInUse.ReadAsync(owner, ct);
        used = await used.PublishAsync(owner, used.Prints.Where(print => print.Key == $"s{change.Key}" || print.Key == $"i{change.Key}").ToDictionary(), change.Key, ct);
        await At("out of use");
        if (await PassAsync(owner, used, ct) is { } behind) return behind;
        KeyFile.Retire(Folder, change.Key);
        await At("retired");
        var ended = (await KeyRotation.LastAsync(owner, ct))! with { EndedAt = clock.GetUtcNow() };
        await Tell(ended, true);
        await owner.RunAsync("UPDATE pt.key_rotation SET ended_at = $2 WHERE key = $1", ct, change.Key, ended.EndedAt);
        return ended;
    }
}
