using Microsoft.AspNetCore.Diagnostics;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Help;

/// <summary>
/// A form that could not be done because the audit cannot be written, as its sender sent it: the page that says so holds it, and one press sends it
/// again with its own id. It goes back to whoever typed it and nowhere else; nothing of the database is in it.
/// </summary>
/// <param name="Address">Where it was sent.</param>
public sealed record KeptForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Pages into which somebody types a secret: it is written into no page, they type it again. (A test looks for such fields.)</summary>
    public static readonly IReadOnlySet<string> Secret = new HashSet<string>(StringComparer.Ordinal) { "Accounts/Citizen/SignIn", "Accounts/Citizen/SignInCode", "Accounts/Desk/Password", "Accounts/Desk/SecondFactor", "Accounts/Desk/Passkeys" };

    /// <summary>The form of the request that failed; null where there was none, it holds a secret, or a file, which a page cannot give back.</summary>
    public static async Task<KeptForm?> OfAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Features.Get<IExceptionHandlerPathFeature>() is not { Endpoint: { } endpoint, Path: var path } || !http.Request.HasFormContentType) return null;
        if (endpoint.Metadata.GetMetadata<PageName>() is not { Name: var page } || Secret.Contains(page)) return null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted); // read before it failed, so it can be read
        if (form.Files.Count > 0) return null;
        return new KeptForm(path + http.Request.QueryString, [.. form.Where(field => field.Key != "_form").SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))]);
    }
}
