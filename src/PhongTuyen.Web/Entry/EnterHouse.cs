using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using PhongTuyen.Accounts;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Entry;

/// <summary>
/// The entrance. Before anything else of a request is read: which door is asked for, who is asking, and do their roles open it? The
/// rights come from the database at this very request. A closed door is 403 before any id is looked at.
/// </summary>
public sealed class EnterHouse(RequestDelegate next, SessionCookie cookie, AccountSettings settings)
{
    public async Task InvokeAsync(HttpContext http, Db db, Screen screen)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null)
        {
            await next(http); // nothing there: 404, without a door
            return;
        }
        if (http.Request.QueryString.Value is { } query && query.Contains("%00", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound; // no text of ours holds it, and the database takes none
            return;
        }
        if (endpoint.Metadata.GetMetadata<Door>() is not { } door)
        {
            await Turned.AwayAsync(http, Refusals.DoorClosed()); // a route that nobody put into the table
            return;
        }
        // An act that the route names, were there one, would go before that of the query.
        var permission = door.For(http.Request.Method, http.Request.RouteValues.ContainsKey("handler") ? null : http.Request.Query["handler"].ToString());
        screen.Begin(http);
        if (permission == Permission.Anyone)
        {
            await next(http);
            return;
        }
        var length = HasBody(http) ? http.Request.ContentLength ?? long.MaxValue : 0;
        // On a bad line a body takes minutes to arrive, and nobody waits that long with the database in hand: a form is taken first …
        if (length is > 0 and <= Long) await TakeAsync(http);
        if (await VisitorAsync(http, db, permission) is not { } visitor) return;
        if (MustFirst(visitor, http) is { } first)
        {
            await db.LeaveAsync();
            http.Response.Redirect(first);
            return;
        }
        if (length > Long && (http.Request.ContentLength ?? 0) <= TooLarge.MostOf(http))
        {
            // … and what is longer, or does not say how long it is, only from those who may send it; then it is asked once more who this is.
            await db.StepOutAsync();
            await TakeAsync(http);
            if (await VisitorAsync(http, db, permission) is null) return;
        }
        await next(http);
    }

    // Bytes of a request; more than a form that was typed.
    private const int Long = 64 * 1024;

    private static bool HasBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    private static async Task TakeAsync(HttpContext http)
    {
        http.Request.EnableBuffering(Long);
        await http.Request.Body.DrainAsync(http.RequestAborted);
        http.Request.Body.Position = 0;
    }

    /// <summary>Who is asking, inside; null where they were turned away.</summary>
    private async Task<Visitor?> VisitorAsync(HttpContext http, Db db, Permission permission)
    {
        var visitor = Credential.Of(http, cookie) is { } credential ? await credential.EnterAsync(db, permission, settings, http.RequestAborted) : null;
        if (visitor is null)
        {
            await Turned.ToSignInAsync(http);
            return null;
        }
        http.RequestServices.GetRequiredService<Screen>().Known(visitor);
        if (Roles.Opens(visitor.Roles, permission) && Credential.Opens(visitor, http.GetEndpoint())) return visitor;
        await db.LeaveAsync();
        await Turned.AwayAsync(http, Refusals.DoorClosed());
        return null;
    }

    /// <summary>A first password has to be changed, and a second factor made where the province asks for it, before anything else is opened.</summary>
    private string? MustFirst(Visitor visitor, HttpContext http)
    {
        if (visitor.Doors is not null) return null; // a program has neither
        var page = http.GetEndpoint()?.Metadata.GetMetadata<PageName>()?.Name;
        if (page is "Accounts/Desk/Password" or "Accounts/Desk/SecondFactor" or "Accounts/Desk/Passkeys" or "Accounts/Citizen/SignOut") return null;
        if (visitor.MustChangePassword) return Links.Password;
        return settings.SecondFactorRequired && !visitor.SecondFactor && Roles.Opens(visitor.Roles, Permission.SeePersons) ? Links.SecondFactor : null;
    }
}
