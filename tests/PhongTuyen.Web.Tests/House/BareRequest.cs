using System.Net.Http.Headers;

namespace PhongTuyen.Web.Tests.House;

/// <summary>One request as somebody writes it by hand: any header, no redirect followed, with the cookies of a browser where one is named.</summary>
public static class BareRequest
{
    public static async Task<HttpResponseMessage> SendAsync(Uri address, HttpMethod method, string path, WebVisitor? of = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (of is not null) request.Headers.Add("Cookie", string.Join("; ", of.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>A header as it was sent, whatever it says.</summary>
    public static string? Said(this HttpResponseHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>The fields of a form as a browser sends them, with these ones changed.</summary>
    public static FormUrlEncodedContent Fields(WebForm form, params (string Name, string Value)[] fields) =>
        new(form.Fields.Where(field => fields.All(given => given.Name != field.Key)).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
}
