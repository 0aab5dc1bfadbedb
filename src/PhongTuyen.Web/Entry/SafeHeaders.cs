using System.Net;

namespace PhongTuyen.Web.Entry;

/// <summary>What every answer carries: nothing from another host, no script or style within the page, no frame around it, nothing kept of what is personal.</summary>
public sealed class SafeHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>On a page with a camera to scan by: the browser may run the library that reads codes in pictures (WebAssembly, one of our own files); still nothing from another host.</summary>
    public static void AllowDecoder(HttpContext http) => http.Response.Headers.ContentSecurityPolicy = Policy.Replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        // Browsers keep it for the name whatever the port: said for localhost, it would shut out every other program there.
        if (http.Request.IsHttps && !IsThisMachine(http.Request.Host.Host)) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
