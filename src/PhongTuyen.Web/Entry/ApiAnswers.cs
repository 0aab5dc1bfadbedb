using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Entry;

/// <summary>What the framework itself refuses of the API (no such address, no JSON, no header) is a problem in JSON too, and never a page.</summary>
public sealed class ApiAnswers(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!Turned.IsApi(http))
        {
            await next(http);
            return;
        }
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException unread) when (!http.Response.HasStarted)
        {
            await Turned.ProblemAsync(http, unread.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusals.TooLarge(WebHouse.MostMegabytes) : Refusals.Unreadable((unread.InnerException as JsonException)?.Path ?? "$"));
            return;
        }
        catch (Exception between) when (!http.Response.HasStarted && Turned.StatusOf(between) is not null)
        {
            await http.RequestServices.GetRequiredService<Db>().LeaveAsync();
            await Turned.ProblemAsync(http, Turned.StatusOf(between) == StatusCodes.Status404NotFound ? Refusals.NotFound() : Refusals.Changed());
            return;
        }
        catch (AuditUnavailableException) when (!http.Response.HasStarted)
        {
            await http.RequestServices.GetRequiredService<Db>().LeaveAsync();
            await Turned.ProblemAsync(http, PhongTuyen.Audit.Problems.Unavailable());
            return;
        }
        if (http.Response is { HasStarted: false, ContentLength: null, ContentType: null, StatusCode: >= 400 and < 500 and var status })
            await Turned.ProblemAsync(http, status switch
            {
                StatusCodes.Status404NotFound => Refusals.NotFound(),
                StatusCodes.Status413PayloadTooLarge => Refusals.TooLarge(WebHouse.MostMegabytes),
                StatusCodes.Status429TooManyRequests => Refusals.TooMany(),
                _ => Refusals.NoSuchRequest() with { Status = status },
            });
    }
}
