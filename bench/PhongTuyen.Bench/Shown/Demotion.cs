using System.Diagnostics;
using PhongTuyen.Bench.Rig;

namespace PhongTuyen.Bench.Shown;

/// <summary>An account is suspended by its manager while it watches a stream: how long from the answer to the manager until the stream says goodbye; then it is let in again, and once more.</summary>
internal static class Demotion
{
    private const int Times = 20;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        await using var rig = await DemonstrationRig.StartAsync(ct);
        var head = await rig.SignInAsync("quan-ly-khu", ct);
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = rig.Program.Address, Timeout = TimeSpan.FromMinutes(1) };
        var account = await FindAsync(browser, head, ct);
        var (delays, random) = (new List<double>(), new Random(5));
        for (var i = 0; i < Times; i++)
        {
            var clerk = await rig.SignInAsync("nhap-lieu", ct);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/live?scope=unit/{rig.Units["KCL-HS"]}");
            request.Headers.Add("Cookie", clerk.Cookie);
            using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            answer.EnsureSuccessStatusCode();
            using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
            await EventAsync(stream, "event: figures", ct);
            await Task.Delay(random.Next(1500, 4000), ct);
            await PostAsync(browser, head, $"{account}?handler=Suspend", ct);
            var since = Stopwatch.GetTimestamp();
            await EventAsync(stream, "event: bye", ct);
            delays.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            await PostAsync(browser, head, $"{account}?handler=Resume", ct);
        }
        delays.Sort();
        return new Figure(FormattableString.Invariant($"{Times} times: median {delays[Times / 2]:0.00} s, longest {delays[^1]:0.00} s"), delays[^1] <= Most.TotalSeconds);
    }

    /// <summary>The page of the clerk's account, as the list of the manager links it.</summary>
    private static async Task<string> FindAsync(HttpClient browser, SignedIn head, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/accounts");
        request.Headers.Add("Cookie", head.Cookie);
        using var answer = await browser.SendAsync(request, ct);
        var page = await answer.Content.ReadAsStringAsync(ct);
        const string Link = "/desk/accounts/account/";
        var row = page.IndexOf("<small>nhap-lieu", StringComparison.Ordinal);
        var from = page.LastIndexOf(Link, row < 0 ? page.Length - 1 : row, StringComparison.Ordinal);
        return from < 0 ? throw new InvalidOperationException("The list does not show the clerk's account.") : page[from..page.IndexOf('"', from)];
    }

    private static async Task PostAsync(HttpClient browser, SignedIn who, string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([KeyValuePair.Create("_form", who.FormToken)]) };
        request.Headers.Add("Cookie", who.Cookie);
        using var answer = await browser.SendAsync(request, ct);
        if ((int)answer.StatusCode is not (>= 300 and < 400)) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
    }

    private static async Task EventAsync(StreamReader stream, string wanted, CancellationToken ct)
    {
        while (await stream.ReadLineAsync(ct) is { } line)
            if (line == wanted) return;
        throw new InvalidOperationException($"The stream ended without '{wanted}'.");
    }
}
