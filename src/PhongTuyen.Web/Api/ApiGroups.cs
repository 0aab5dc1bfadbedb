using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhongTuyen.Accounts;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;
using PhongTuyen.Web.Entry;

namespace PhongTuyen.Web.Api;

/// <summary>The API: one group a module, each behind its door.</summary>
public static class ApiGroups
{
    public static void MapPhongTuyenApi(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithDoor("Api/Health");
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = SayAsync }).WithDoor("Api/Health");
        app.MapOpenApi("/openapi/{documentName}.json").WithDoor("Api/Description");
        app.MapMethods("/api/noop", [HttpMethods.Get, HttpMethods.Head], () => Noop).WithDoor("Api/Noop").ExcludeFromDescription();
        app.MapGet("/api/entry", async (AuditStore audit, Db db, HttpContext http) =>
        {
            await db.LeaveAsync(); // who is asking is known; to try takes a connection of its own
            if (await audit.TakesAsync()) return Results.NoContent();
            await Turned.ProblemAsync(http, PhongTuyen.Audit.Problems.Unavailable());
            return Results.Empty;
        }).WithDoor("Api/Entry").WithSummary("Whether what is sent now could be kept: asked before a form leaves its page.");
        app.MapAreas().MapUnits().MapFigures().MapImports().MapQuarantine();
    }

    /// <summary>The state in the first line, as ever, and below it what is not well and what follows from it.</summary>
    private static Task SayAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(string.Join('\n', report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"{entry.Key}: {entry.Value.Description}").Prepend($"{report.Status}")), http.RequestAborted);
    }

    /// <summary>The endpoint against which others are measured: answers JSON, does nothing. It is open to everybody, so it reads nothing either.</summary>
    public sealed record NoopAnswer(Guid Id, string Text);

    private static readonly NoopAnswer Noop = new(Guid.Parse("0191e2a0-0000-7000-8000-000000000000"), "không làm gì");

    /// <summary>The door, and where the key of a program can have it, its name there.</summary>
    internal static TBuilder WithDoor<TBuilder>(this TBuilder builder, string door) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(Doors.Of(door) ?? throw new InvalidOperationException($"There is no door {door}."));
        return AccountKeys.Doors.FirstOrDefault(name => door.Equals("Api/" + name, StringComparison.OrdinalIgnoreCase)) is { } key ? builder.WithMetadata(new KeyDoor(key)) : builder;
    }

    /// <summary>A use-case's answer: committed before it is sent, or refused as a problem.</summary>
    internal static async Task<IResult> AnswerAsync<T>(this Task<Outcome<T>> running, Db db, HttpContext http)
    {
        var outcome = await running;
        await db.CommitAsync(http.RequestAborted);
        if (outcome.Done) return Results.Json(outcome.Value);
        await Turned.ProblemAsync(http, outcome.Problems);
        return Results.Empty;
    }
}
