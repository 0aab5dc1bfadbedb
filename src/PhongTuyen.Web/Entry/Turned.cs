using Microsoft.EntityFrameworkCore;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Kernel;

namespace PhongTuyen.Web.Entry;

/// <summary>Answers for those who do not get in: a page for browsers, a problem in JSON for the API (RFC 9457).</summary>
public static class Turned
{
    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    public static Task ToSignInAsync(HttpContext http)
    {
        if (IsApi(http)) return ProblemAsync(http, Refusals.SignInFirst());
        var back = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : "";
        http.Response.Redirect(Links.SignIn + (back.Length > 1 ? "?back=" + Uri.EscapeDataString(back) : ""));
        return Task.CompletedTask;
    }

    /// <summary>What came between the visitor and the work and is no fault of the program: out of scope, or changed by somebody else meanwhile. Null for all else.</summary>
    public static int? StatusOf(Exception fault) => fault switch { OutOfScopeException => StatusCodes.Status404NotFound, DbUpdateConcurrencyException => StatusCodes.Status409Conflict, _ => null };

    /// <summary>The status of the page that stands for a fault: without its audit nothing is shown for a while; everything else is the program's fault.</summary>
    public static int StatusOfFault(Exception fault) => fault is AuditUnavailableException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;

    public static Task AwayAsync(HttpContext http, Problem problem)
    {
        if (IsApi(http)) return ProblemAsync(http, problem);
        http.Response.StatusCode = problem.Status;
        return Task.CompletedTask; // the page of the status is made by the status middleware
    }

    public static Task ProblemAsync(HttpContext http, params IReadOnlyList<Problem> problems)
    {
        var screen = http.RequestServices.GetRequiredService<Screen>();
        http.Response.StatusCode = problems[0].Status;
        return http.Response.WriteAsJsonAsync(new
        {
            type = "about:blank",
            title = screen.Say(problems[0]),
            status = problems[0].Status,
            code = problems[0].Code,
            problems = problems.Select(problem => new { code = problem.Code, field = problem.Field, sentence = screen.Say(problem), details = problem.Details }),
        }, options: null, contentType: "application/problem+json", http.RequestAborted);
    }
}
