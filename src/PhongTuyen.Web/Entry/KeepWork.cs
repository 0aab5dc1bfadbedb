using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using PhongTuyen.Audit;
using PhongTuyen.Data;
using PhongTuyen.Web.Shared;

namespace PhongTuyen.Web.Entry;

/// <summary>
/// Between a page's handler and its picture: what the handler did is committed, then the page is drawn. So 2xx means committed, a page with
/// persons is never sent without its audit row, and drawing asks the database nothing. An exception leaves nothing behind.
/// </summary>
public sealed class KeepWork(Db db) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // A form that names no act of the page: the framework would draw the page without having asked for anything, or do what the page does by default.
        if (context.HandlerMethod is null || !Names(context))
        {
            context.Result = new Microsoft.AspNetCore.Mvc.NotFoundResult();
            return;
        }
        // An address with something that is no id names nothing.
        if (context.RouteData.Values.Any(part => part.Value is string text && (string.IsNullOrWhiteSpace(text) || context.ModelState.TryGetValue(part.Key, out var read) && read.Errors.Count > 0)))
        {
            context.Result = new Microsoft.AspNetCore.Mvc.NotFoundResult();
            return;
        }
        var executed = await next();
        if (executed.Exception is not null && !executed.ExceptionHandled)
        {
            await db.LeaveAsync();
            // A page that reads the audit where it is gone met it before its own row could.
            if (executed.Exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege } fault && !await context.HttpContext.RequestServices.GetRequiredService<AuditStore>().TakesAsync(now: true))
                executed.Exception = new AuditUnavailableException(fault);
            if (Turned.StatusOf(executed.Exception) is not { } status) return;
            executed.ExceptionHandled = true;
            executed.Result = new Microsoft.AspNetCore.Mvc.StatusCodeResult(status);
            return;
        }
        if (!db.IsOpen) return; // nobody entered, or the page of a refusal that comes after the work was committed or left
        try
        {
            if (executed.Result is null or PageResult && context.HandlerInstance is HousePage page) await page.KeepTraceAsync();
            // What would have been shown is not drawn; what was done before it is kept.
            if (db.LooksStopped) executed.Result = new Microsoft.AspNetCore.Mvc.RedirectResult(Links.LooksStopped);
            await db.CommitAsync(context.HttpContext.RequestAborted);
        }
        catch
        {
            await db.LeaveAsync(); // the page of the fault is drawn by the same request, and has nothing to commit
            throw;
        }
    }

    /// <summary>Whether the act that will run is the one that was asked for. The page of a fault keeps the query of the page that failed: its act is not asked for again.</summary>
    private static bool Names(PageHandlerExecutingContext context)
    {
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null) return true;
        var asked = context.RouteData.Values["handler"] as string ?? context.HttpContext.Request.Query["handler"].ToString();
        return asked.Length == 0 || string.Equals(asked, context.HandlerMethod!.Name, StringComparison.OrdinalIgnoreCase);
    }
}
