using System.Net;
using System.Text.RegularExpressions;

namespace PhongTuyen.Bench.Rig;

/// <summary>The session of somebody who signed in through the form, as the cookie that a browser would send.</summary>
/// <param name="Cookie">The whole header.</param>
/// <param name="FormToken">For forms that are sent by POST.</param>
public sealed partial record SignedIn(string UserName, string Cookie, string FormToken)
{
    public static async Task<SignedIn> AsAsync(Uri address, string userName, string password, CancellationToken ct)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = address };
        var form = Hidden(await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), ct));
        form["UserName"] = userName;
        form["Password"] = password;
        using var fields = new FormUrlEncodedContent(form);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), fields, ct);
        if (!answer.IsSuccessStatusCode || answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") throw new InvalidOperationException($"{userName} could not sign in ({(int)answer.StatusCode}).");
        var own = Hidden(await client.GetStringAsync(new Uri("/desk/accounts/own", UriKind.Relative), ct));
        return new SignedIn(userName, cookies.GetCookieHeader(address), own.GetValueOrDefault("_form") ?? "");
    }

    private static Dictionary<string, string> Hidden(string html)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Inputs().Matches(html))
            if (Name().Match(input.Value) is { Success: true } name) fields[name.Groups[1].Value] = WebUtility.HtmlDecode(Value().Match(input.Value).Groups[1].Value);
        return fields;
    }

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
