using Npgsql;

namespace PhongTuyen.Data.Keys;

/// <summary>
/// Waits until every program that has a connection to this database has the edition of the keys that it names, and until everything that was under way then is over: a transaction may hold
/// a value of before in its hands. A program that tells nothing of its edition, because it is an older one, or lost its connection just now, is waited for as well.
/// </summary>
internal sealed class KeyBarrier(NpgsqlConnection owner, TimeSpan most, TimeProvider clock)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private const string Programs = "pg_stat_activity a WHERE a.datname = current_database() AND a.usename IN ('pt_app', 'pt_jobs')";

    /// <summary>Empty: passed. Otherwise what is waited for still, when the longest time is over.</summary>
    public async Task<IReadOnlyList<string>> PassAsync(int edition, Action<IReadOnlyList<string>>? waiting, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        var left = await WaitAsync(since, () => BehindAsync(edition, ct), waiting, ct);
        if (left.Count > 0) return left;
        var underWay = await UnderWayAsync(ct);
        return await WaitAsync(since, async () => [.. (await UnderWayAsync(ct)).Intersect(underWay).Select(one => one.Program).Distinct()], waiting, ct);
    }

    private async Task<IReadOnlyList<string>> WaitAsync(long since, Func<Task<IReadOnlyList<string>>> ask, Action<IReadOnlyList<string>>? waiting, CancellationToken ct)
    {
        var told = TimeSpan.Zero;
        while (true)
        {
            var left = await ask();
            var gone = clock.GetElapsedTime(since);
            if (left.Count == 0 || gone > most) return left;
            if (gone - told > TimeSpan.FromSeconds(5)) (told, _) = (gone, Told(waiting, left));
            await Task.Delay(Step, clock, ct);
        }
    }

    private static bool Told(Action<IReadOnlyList<string>>? waiting, IReadOnlyList<string> left)
    {
        waiting?.Invoke(left);
        return true;
    }

    /// <summary>Programs that hold no lock of this edition or a later one, or one of an earlier.</summary>
    private async Task<IReadOnlyList<string>> BehindAsync(int edition, CancellationToken ct) => await owner.RowsAsync($"""
        WITH held AS (
          SELECT a.application_name AS program, min(l.objid::int) AS least FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.classid = {KeyWatch.Lock} AND l.objsubid = 2 AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY 1)
        SELECT DISTINCT coalesce(nullif(a.application_name, ''), a.pid::text) FROM {Programs} AND NOT EXISTS (SELECT 1 FROM held h WHERE h.program = a.application_name AND h.least >= $1) ORDER BY 1
        """, r => r.GetString(0), ct, edition);

    private async Task<List<(string Transaction, string Program)>> UnderWayAsync(CancellationToken ct) => await owner.RowsAsync($"""
        SELECT l.virtualtransaction, coalesce(nullif(a.application_name, ''), a.pid::text) FROM pg_locks l JOIN (SELECT a.pid, a.application_name FROM {Programs}) a ON a.pid = l.pid WHERE l.locktype = 'virtualxid' AND l.granted
        """, r => (r.GetString(0), r.GetString(1)), ct);
}
