using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PhongTuyen.Kernel;

namespace PhongTuyen.Bench.Rig;

/// <summary>What the program answered: done with a value, or refused with a code.</summary>
public readonly record struct ApiAnswer(bool Done, string Code);

/// <summary>One clerk's program that writes over the API and, until it has an answer, sends the same again under the same id.</summary>
public sealed class ApiClient(Uri address, SignedIn who) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>How often something had to be sent again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Sends until it is answered: a broken connection, a time-out and a 5xx leave open whether it was done, so the same id goes again.</summary>
    public async Task<ApiAnswer> SendAsync(string path, object input, CancellationToken ct)
    {
        while (true)
        {
            if (await OnceAsync(path, input, ct) is { } answer) return answer;
            Repeats++;
            await Task.Delay(150, ct);
        }
    }

    private async Task<ApiAnswer?> OnceAsync(string path, object input, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(input, input.GetType(), options: JsonSerializerOptions.Web) };
            request.Headers.Add("Cookie", who.Cookie);
            request.Headers.Add("X-Requested-With", "bench");
            using var answer = await client.SendAsync(request, ct);
            if (answer.StatusCode == HttpStatusCode.OK) return new ApiAnswer(true, "");
            if ((int)answer.StatusCode >= 500) return null;
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            // A session is asked for anew at each request; while the database comes back nobody may be known for a moment.
            var code = problem.GetProperty("code").GetString()!;
            return code == Refusals.SignInFirst().Code ? null : new ApiAnswer(false, code);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();
}
