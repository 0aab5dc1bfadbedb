using System.Diagnostics;
using System.Text.Json;

namespace PhongTuyen.Bench.Shown;

/// <summary>A director's screen takes the stream of the province while a clerk admits: how long from the answer, behind which the commit lies, to the figure.</summary>
internal static class LiveDelay
{
    private const int Admissions = 30;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        await using var rig = await DemonstrationRig.StartAsync(ct);
        var clerk = await rig.ClientAsync("nhap-lieu", ct);
        var director = await rig.SignInAsync("giam-doc", ct);
        using var browser = new HttpClient { BaseAddress = rig.Program.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live?scope=area/900001");
        request.Headers.Add("Cookie", director.Cookie);
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        var (total, random, delays) = (await NextAsync(stream, 0, ct), new Random(3), new List<double>());
        for (var i = 0; i < Admissions; i++)
        {
            var admission = DemonstrationRig.Admission(await rig.PersonAsync(clerk, ct), rig.Units["KCL-HS"]) with { AnyBed = false };
            await Task.Delay(random.Next(0, 1500), ct);
            if (await clerk.SendAsync("/api/quarantine/stays", admission, ct) is { Done: false } refused) throw new InvalidOperationException(refused.Code);
            var since = Stopwatch.GetTimestamp();
            total = await NextAsync(stream, total + 1, ct);
            delays.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
        delays.Sort();
        return new Figure(FormattableString.Invariant($"{Admissions} admissions: median {delays[Admissions / 2]:0.00} s, longest {delays[^1]:0.00} s from the answer to the screen"), delays[^1] <= Most.TotalSeconds);
    }

    /// <summary>Reads messages until the stays of the province are at least so many.</summary>
    private static async Task<long> NextAsync(StreamReader stream, long least, CancellationToken ct)
    {
        while (await stream.ReadLineAsync(ct) is { } line)
        {
            if (!line.StartsWith("data: {\"asOf\"", StringComparison.Ordinal)) continue;
            using var message = JsonDocument.Parse(line["data: ".Length..]);
            if (message.RootElement.GetProperty("values").GetProperty("stays-total").GetInt64() is var total && total >= least) return total;
        }
        throw new InvalidOperationException("The stream ended.");
    }
}
