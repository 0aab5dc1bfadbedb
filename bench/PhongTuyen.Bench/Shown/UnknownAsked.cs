using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PhongTuyen.Bench.Rig;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Shown;

/// <summary>
/// A clerk asks for 1,000 records of another district and for 1,000 that nobody ever wrote, one after the other in random order: the answers are the same to the byte, and the
/// two-sample Kolmogorov–Smirnov test cannot tell their times apart.
/// </summary>
internal static partial class UnknownAsked
{
    private const int Each = 1000;
    private const double LeastP = 0.01;

    public static async Task<Figure> MeasureAsync(CancellationToken ct)
    {
        await using var rig = await DemonstrationRig.StartAsync(ct);
        var stranger = await rig.ClientAsync("nhap-lieu-st", ct);
        var persons = new List<Guid>();
        for (var i = 0; i < Each; i++) persons.Add((await rig.PersonAsync(stranger, ct)).Value);
        // Of the same moments as those that are there, so that no index sorts them elsewhere.
        var nobody = persons.Select((_, i) => TimeProvider.System.NewGuid()).ToList();
        var clerk = await rig.SignInAsync("nhap-lieu", ct);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = rig.Program.Address };
        var said = new List<string>();
        var passed = true;
        foreach (var (what, ask) in new (string, Func<Guid, HttpRequestMessage>)[]
        {
            ("page of a person", id => new HttpRequestMessage(HttpMethod.Get, $"/desk/people/person/{new PersonId(id)}")),
            ("admission (API)", id => Json("/api/quarantine/stays", JsonSerializer.Serialize(DemonstrationRig.Admission(new PersonId(id), rig.Units["KCL-HS"]), JsonSerializerOptions.Web))),
        })
        {
            var random = new Random(11);
            var order = persons.Select(id => (Id: id, There: true)).Concat(nobody.Select(id => (Id: id, There: false))).OrderBy(_ => random.Next()).ToList();
            foreach (var (id, _) in order.Take(200)) await AnswerAsync(client, clerk, ask(id), ct); // what is slow only the first times
            var (bodies, there, not) = (new Dictionary<string, int[]>(StringComparer.Ordinal), new List<double>(), new List<double>());
            foreach (var (id, known) in order)
            {
                var since = Stopwatch.GetTimestamp();
                var body = await AnswerAsync(client, clerk, ask(id), ct);
                (known ? there : not).Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                if (!bodies.TryGetValue(body, out var n)) bodies[body] = n = new int[2];
                n[known ? 0 : 1]++;
            }
            var p = KolmogorovSmirnov(there, not);
            passed &= bodies.Count == 1 && p > LeastP;
            said.Add(FormattableString.Invariant($"{what}: {bodies.Count} different answers to {order.Count} ({bodies.First().Key.Length} characters), median {Median(there):0.00} and {Median(not):0.00} ms, KS p = {p:0.000}"));
        }
        return new Figure(string.Join("\n", said), passed);
    }

    private static HttpRequestMessage Json(string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Requested-With", "bench");
        return request;
    }

    /// <summary>Status, headers and body, but for the date.</summary>
    private static async Task<string> AnswerAsync(HttpClient client, SignedIn who, HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            request.Headers.Add("Cookie", who.Cookie);
            using var answer = await client.SendAsync(request, ct);
            if (answer.StatusCode != HttpStatusCode.NotFound) throw new InvalidOperationException($"{request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
            // The number to quote on the telephone and the token of the form for the language are of the request, whatever was asked for.
            return $"{(int)answer.StatusCode}\n{OfTheRequest().Replace(string.Join('\n', headers) + "\n" + await answer.Content.ReadAsStringAsync(ct), "")}";
        }
    }

    [GeneratedRegex("\\b[0-9a-f]{12}\\b|CfDJ8[A-Za-z0-9_-]+")]
    private static partial Regex OfTheRequest();

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);

    /// <summary>The probability of so great a distance between the two samples where both are drawn from one distribution (asymptotic; Press et al., Numerical Recipes, 14.3).</summary>
    internal static double KolmogorovSmirnov(List<double> one, List<double> other)
    {
        var (a, b) = (one.Order().ToArray(), other.Order().ToArray());
        var (i, j, distance) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var least = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= least) i++;
            while (j < b.Length && b[j] <= least) j++;
            distance = Math.Max(distance, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        var n = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        var lambda = (n + 0.12 + 0.11 / n) * distance;
        if (lambda < 0.2) return 1;
        var sum = 0.0;
        for (var k = 1; k <= 100; k++) sum += 2 * (k % 2 == 1 ? 1 : -1) * Math.Exp(-2 * k * k * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }
}
