using System.Net;

namespace PhongTuyen.Web.Tests.House;

/// <summary>One browser: keeps cookies (by name only, since the test clock is not the host's), follows redirects, fills forms as they stand on the page.</summary>
public sealed class WebVisitor(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);
    private readonly List<string> setCookies = [];

    /// <summary>Comes through a proxy that speaks HTTPS with the browser.</summary>
    public bool Https { get; init; }

    /// <summary>The key of a program, shown with every request beside whatever cookies there are.</summary>
    public string? Key { get; init; }

    /// <summary>The cookies as they stand: so that a test can carry a session to another browser, or look that one is gone.</summary>
    public IReadOnlyDictionary<string, string> Cookies => cookies;

    /// <summary>Every cookie as the program set it, with what it says about it.</summary>
    public IReadOnlyList<string> SetCookies => setCookies;

    public Task<WebPage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Sends the first form of the page that contains the mark, with all its fields as they stand and these ones changed. A null takes a field out.</summary>
    public Task<WebPage> PostAsync(WebPage page, string mark, params (string Name, string? Value)[] fields)
    {
        var form = page.Form(mark);
        var values = form.Fields.Where(field => fields.All(given => given.Name != field.Key)).Concat(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        return SendAsync(HttpMethod.Post, form.Action, new FormUrlEncodedContent(values), new Uri(address, page.Address));
    }

    /// <summary>The same with a file.</summary>
    public Task<WebPage> SendFileAsync(WebPage page, string mark, string field, string fileName, byte[] bytes, params (string Name, string Value)[] fields) => SendFilesAsync(page, mark, field, [(fileName, bytes)], fields);

    /// <summary>The same of several in one field.</summary>
    public Task<WebPage> SendFilesAsync(WebPage page, string mark, string field, IEnumerable<(string Name, byte[] Bytes)> files, params (string Name, string Value)[] fields)
    {
        var form = page.Form(mark);
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in form.Fields.Where(one => one.Key != field && fields.All(given => given.Name != one.Key)).Select(one => (one.Key, one.Value)).Concat(fields)) parts.Add(new StringContent(value), name);
        foreach (var (name, bytes) in files) parts.Add(new ByteArrayContent(bytes), field, name);
        return SendAsync(HttpMethod.Post, form.Action, parts, new Uri(address, page.Address));
    }

    /// <summary>A file that an address gives.</summary>
    public async Task<byte[]> TakeFileAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Sign(request);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>A file that a form of the page gives.</summary>
    public async Task<byte[]> PostFileAsync(WebPage page, string mark, params (string Name, string Value)[] fields)
    {
        var form = page.Form(mark);
        using var request = new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = new FormUrlEncodedContent(form.Fields.Where(field => fields.All(given => given.Name != field.Key)).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))) };
        Sign(request);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Sends fields without having seen a form: as somebody would who writes the request by hand.</summary>
    public Task<WebPage> PostBareAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>The same with a valid form token, taken from the page of one's own account: only the door and the scope are in the way.</summary>
    public Task<WebPage> PostTokenAsync(string path, params (string Name, string Value)[] fields) => PostTokenAsync(path, parts: false, fields);

    /// <param name="parts">As a browser sends a form with files: each field a part of its own.</param>
    public async Task<WebPage> PostTokenAsync(string path, bool parts, params (string Name, string Value)[] fields)
    {
        var own = await GetAsync(Links.Own);
        var token = own.Forms.SelectMany(form => form.Fields).First(field => field.Key == "_form");
        if (!parts) return await PostBareAsync(path, [.. fields, ("_form", token.Value)]);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        content.Add(new StringContent(token.Value), "_form");
        return await SendAsync(HttpMethod.Post, path, content);
    }

    /// <summary>As the page's script sends a form that is answered on its page (in-place.ts).</summary>
    public Task<WebPage> PostInPlaceAsync(WebPage page, string mark, params (string Name, string? Value)[] fields)
    {
        var form = page.Form(mark);
        var values = form.Fields.Where(field => fields.All(given => given.Name != field.Key)).Concat(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        var content = new FormUrlEncodedContent(values);
        content.Headers.Add("Pt-In-Place", "1");
        return SendAsync(HttpMethod.Post, form.Action, content, new Uri(address, page.Address), follow: false);
    }

    /// <summary>JSON for the API, as a program sends it; with the header that no form of another site can send, or without.</summary>
    public Task<WebPage> PostJsonAsync(string path, string json, bool header = true)
    {
        var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        if (header) content.Headers.Add("X-Requested-With", "test");
        return SendAsync(HttpMethod.Post, path, content);
    }

    /// <summary>Sends a form and does not follow where the answer leads: as a browser whose tab is closed.</summary>
    public Task<WebPage> PostOnlyAsync(WebPage page, string mark, params (string Name, string Value)[] fields)
    {
        var form = page.Form(mark);
        var values = form.Fields.Where(field => fields.All(given => given.Name != field.Key)).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return SendAsync(HttpMethod.Post, form.Action, new FormUrlEncodedContent(values), new Uri(address, page.Address), follow: false);
    }

    private async Task<WebPage> SendAsync(HttpMethod method, string path, HttpContent? content, Uri? from = null, bool follow = true)
    {
        for (var step = 0; step < 6; step++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Referrer = from;
            Sign(request);
            using var answer = await client.SendAsync(request);
            Keep(answer);
            if (follow && answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.Found)
            {
                (method, content) = (HttpMethod.Get, null);
                path = answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString;
                continue;
            }
            var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join('\n', header.Value), StringComparer.OrdinalIgnoreCase);
            return new WebPage(path, answer.StatusCode, await answer.Content.ReadAsStringAsync()) { Headers = headers };
        }
        throw new InvalidOperationException($"Too many redirects, the last to {path}.");
    }

    /// <summary>Says who is asking.</summary>
    public void Sign(HttpRequestMessage request)
    {
        if (Https) request.Headers.Add("X-Forwarded-Proto", "https");
        if (Key is not null) request.Headers.Add("Authorization", "Bearer " + Key);
        if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
    }

    private void Keep(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var set)) return;
        foreach (var cookie in set)
        {
            setCookies.Add(cookie);
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) cookies.Remove(pair[0]);
            else cookies[pair[0]] = pair[1];
        }
    }

    public void Dispose() => client.Dispose();
}
