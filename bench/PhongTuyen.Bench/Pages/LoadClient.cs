using System.Diagnostics;
using System.Net;
using PhongTuyen.Bench.Rig;

namespace PhongTuyen.Bench.Pages;

/// <summary>Fifty clients without pause on connections that stay open, in this process; the program is another one. Each client waits for the whole answer before it asks again.</summary>
internal sealed class LoadClient(Uri address) : IDisposable
{
    public const int Clients = 50;

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = Clients, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) });

    /// <summary>Asks <paramref name="requests"/> times. Answers the milliseconds of each and how many were not answered with 200.</summary>
    /// <param name="good">Another status than 200.</param>
    /// <param name="reading">How long each reads an answer before asking again; they begin one after the other then.</param>
    public async Task<(double[] Times, int Failed, TimeSpan Took)> RunAsync(int requests, Func<int, HttpRequestMessage> make, CancellationToken ct, HttpStatusCode good = HttpStatusCode.OK, TimeSpan reading = default)
    {
        var (times, next, failed, since) = (new double[requests], -1, 0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async one =>
        {
            await Task.Yield();
            await Task.Delay(reading * one / Clients, ct);
            for (var n = Interlocked.Increment(ref next); n < requests; n = Interlocked.Increment(ref next))
            {
                (times[n], var bad) = await OneAsync(make(n), ct, good);
                if (bad) Interlocked.Increment(ref failed);
                await Task.Delay(reading, ct);
            }
        }));
        return (times, failed, since.Elapsed);
    }

    /// <summary>One whole answer: its milliseconds, and whether it has another status.</summary>
    public async Task<(double Ms, bool Failed)> OneAsync(HttpRequestMessage asked, CancellationToken ct, HttpStatusCode good = HttpStatusCode.OK)
    {
        var begun = Stopwatch.GetTimestamp();
        using var request = asked;
        using var answer = await client.SendAsync(request, ct);
        await answer.Content.CopyToAsync(Stream.Null, ct);
        return (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, answer.StatusCode != good);
    }

    /// <summary>The first answer of a probe: whether the page is there at all.</summary>
    public async Task<int> StatusAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        using (var answer = await client.SendAsync(request, ct)) return (int)answer.StatusCode;
    }

    public HttpRequestMessage Noop(int n) => new(HttpMethod.Get, new Uri(address, "/api/noop")) { Version = HttpVersion.Version11 };

    public HttpRequestMessage Of(Probe probe, int n, IReadOnlyDictionary<string, SignedIn> sessions)
    {
        var who = sessions[probe.Accounts[n % probe.Accounts.Count]];
        var request = new HttpRequestMessage(probe.Form is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, probe.Path(n)));
        if (probe.Form is { } form) request.Content = new FormUrlEncodedContent([.. form(n).Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("_form", who.FormToken)]);
        request.Headers.TryAddWithoutValidation("Cookie", who.Cookie);
        return request;
    }

    public void Dispose() => client.Dispose();
}
