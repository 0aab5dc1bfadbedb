using System.Text.Json;
using PhongTuyen.Accounts;
using PhongTuyen.Areas;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Reporting;
using PhongTuyen.Web.Entry;
using PhongTuyen.Web.Reporting;

namespace PhongTuyen.Web.Api;

/// <summary>Live figures of one scope: once, or as a stream that goes on for as long as the rights do.</summary>
internal static class FiguresApi
{
    public static WebApplication MapFigures(this WebApplication app)
    {
        app.MapGet("/api/figures", async (string? scope, FigureReader reader, AreaStore areas, Db db, HttpContext http) =>
        {
            if (BoardScope.Read(scope, areas) is not { } of || !await BoardScope.WithinAsync(of, db, http.RequestAborted))
            {
                await Turned.ProblemAsync(http, Refusals.NotFound());
                return Results.Empty;
            }
            var figures = await reader.OfAsync(of, http.RequestAborted);
            await db.CommitAsync(http.RequestAborted);
            return Results.Json(BoardFigures.Message(figures, 0));
        }).WithDoor("Api/Figures").WithSummary("The live figures of an area or a unit.");
        app.MapGet("/api/live", StreamAsync).WithDoor("Api/Figures").WithSummary("The live figures as server-sent events.");
        return app;
    }

    /// <summary>A message at once, then one whenever the counters have moved, at most one a second. The rights are asked for anew before each; when they are gone, "bye".</summary>
    private static async Task StreamAsync(string? scope, HttpContext http, Db first, AreaStore areas, LiveFigures live, SessionCookie cookie, AccountSettings accounts, IServiceScopeFactory scopes, OpenStreams streams, TimeProvider clock)
    {
        if (BoardScope.Read(scope, areas) is not { } of || !await BoardScope.WithinAsync(of, first, http.RequestAborted))
        {
            await Turned.ProblemAsync(http, Refusals.NotFound());
            return;
        }
        await first.LeaveAsync(); // a stream holds no connection while it waits
        using var held = streams.Open(Credential.Of(http, cookie)!.Value.Hash);
        if (held is null)
        {
            await Turned.ProblemAsync(http, Refusals.TooMany());
            return;
        }
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var ct = http.RequestAborted;
        Measures.Streams.Add(1);
        try
        {
            while (true)
            {
                var (version, changed) = (live.Version, held.Changed);
                if (await MessageAsync(of, version, http, scopes, cookie, accounts, ct) is not { } message)
                {
                    await http.Response.WriteAsync("event: bye\ndata: {}\n\n", ct);
                    return;
                }
                await http.Response.WriteAsync($"event: figures\ndata: {message}\n\n", ct);
                await http.Response.Body.FlushAsync(ct);
                await Task.WhenAny(changed, Task.Delay(TimeSpan.FromSeconds(1), clock, ct));
                // The session ended or its rights changed: seen at once. Nothing moved for a while: a message keeps proxies from closing the stream, and the rights are looked at again.
                await Task.WhenAny(live.MovedFromAsync(version), changed, Task.Delay(TimeSpan.FromSeconds(15), clock, ct));
            }
        }
        catch (OperationCanceledException)
        {
            // the browser has gone
        }
        finally
        {
            Measures.Streams.Add(-1);
        }
    }

    private static async Task<string?> MessageAsync(FigureScope of, long version, HttpContext http, IServiceScopeFactory scopes, SessionCookie cookie, AccountSettings accounts, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (Credential.Of(http, cookie) is not { } credential || await credential.EnterAsync(db, Permission.SeeFigures, accounts, ct) is null || !await BoardScope.WithinAsync(of, db, ct)) return null;
        var figures = await scope.ServiceProvider.GetRequiredService<FigureReader>().OfAsync(of, ct);
        await db.CommitAsync(ct);
        return JsonSerializer.Serialize(BoardFigures.Message(figures, version), JsonSerializerOptions.Web);
    }
}
