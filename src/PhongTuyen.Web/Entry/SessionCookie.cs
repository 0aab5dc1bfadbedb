using PhongTuyen.Accounts;

namespace PhongTuyen.Web.Entry;

/// <summary>The cookie of a session: its secret and nothing else. Its name carries the installation, because cookies ignore ports.</summary>
public sealed class SessionCookie(string name, bool secure)
{
    public string Name => name;

    public string? Read(HttpContext http) => http.Request.Cookies.TryGetValue(name, out var token) && token.Length == 64 ? token : null;

    public void Write(HttpContext http, StartSession.Session session) => http.Response.Cookies.Append(name, session.Token, new CookieOptions
    {
        HttpOnly = true,
        Secure = secure,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
        Expires = session.ExpiresAt,
    });

    public void Remove(HttpContext http) => http.Response.Cookies.Delete(name, new CookieOptions { Path = "/", Secure = secure, HttpOnly = true, SameSite = SameSiteMode.Lax });
}
