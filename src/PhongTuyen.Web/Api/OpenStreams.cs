using Npgsql;
using PhongTuyen.Data;

namespace PhongTuyen.Web.Api;

/// <summary>
/// The live streams of this instance: at most ten of one session, and two or three times a second one question for all of them together, whether a session
/// ended or its rights were changed: who is denied something is denied it within a second. While no stream is open nothing is asked.
/// </summary>
internal sealed class OpenStreams(Database database, TimeProvider clock, ILogger<OpenStreams> log)
{
    /// <summary>A browser holds one for each scope that its tabs show.</summary>
    public const int MostOfOneSession = 10;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Watched> sessions = new(StringComparer.Ordinal);
    private bool watching;

    /// <summary>A stream that is open; disposed, it makes room for another.</summary>
    public sealed class Held : IDisposable
    {
        private readonly Action close;
        private readonly Watched watched;

        internal Held(Watched watched, Action close) => (this.watched, this.close) = (watched, close);

        /// <summary>Ends when the session or its rights are not what they were at this moment.</summary>
        public Task Changed => watched.Changed.Task;

        public void Dispose() => close();
    }

    internal sealed class Watched(byte[] token)
    {
        public byte[] Token => token;
        public int Streams { get; set; }
        /// <summary>Null before the first look: that one counts as a change, because between the entrance and it something may have happened.</summary>
        public string? Mark { get; private set; }
        public TaskCompletionSource Changed { get; private set; } = New();

        public void See(string mark)
        {
            if (mark == Mark) return;
            var before = Changed;
            (Mark, Changed) = (mark, New());
            before.TrySetResult();
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Null where the session has as many as it may.</summary>
    public Held? Open(byte[] token)
    {
        var key = Convert.ToHexString(token);
        lock (gate)
        {
            if (!sessions.TryGetValue(key, out var watched)) sessions[key] = watched = new Watched(token);
            if (watched.Streams >= MostOfOneSession) return null;
            watched.Streams++;
            if (!watching) _ = WatchAsync();
            watching = true;
            var open = true;
            return new Held(watched, () =>
            {
                lock (gate)
                {
                    if (open && --watched.Streams == 0) sessions.Remove(key);
                    open = false;
                }
            });
        }
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(Every, clock);
            List<Watched> now;
            lock (gate)
            {
                now = [.. sessions.Values];
                if (now.Count == 0)
                {
                    watching = false;
                    return;
                }
            }
            try
            {
                await LookAsync(now);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or ObjectDisposedException)
            {
                log.LogWarning(fault, "It could not be seen whether sessions of live streams ended; each stream looks by itself every fifteen seconds.");
            }
        }
    }

    private async Task LookAsync(List<Watched> sessionsNow)
    {
        await using var connection = await database.Jobs.OpenConnectionAsync();
        var marks = (await connection.RowsAsync("SELECT token, mark FROM pt.session_marks($1, $2)", r => (Token: r.GetFieldValue<byte[]>(0), Mark: r.GetString(1)), CancellationToken.None, sessionsNow.Select(one => one.Token).ToArray(), clock.GetUtcNow()))
            .ToDictionary(row => Convert.ToHexString(row.Token), row => row.Mark, StringComparer.Ordinal);
        foreach (var one in sessionsNow) one.See(marks.GetValueOrDefault(Convert.ToHexString(one.Token), "ended"));
    }
}
